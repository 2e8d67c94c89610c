"""`cnn-explorer train` as a command: what it writes, how it ends, and what it leaves behind."""

import importlib.util
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from cnn_explorer.engine.model_opening import ModelLoader
from cnn_explorer.engine.train_console import bar, clock, summary
from cnn_explorer.engine.train_networks import network_named, slug
from cnn_explorer.files.training_record import read_record
from cnn_explorer.network.document import Document, Image
from cnn_explorer.network.files import write_document
from cnn_explorer.network.network_presets import network_presets
from cnn_explorer.network.sentence import Refused
from cnn_explorer.network.training_progress import Epoch, Progress
from tests.engine.train_setting import network

CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with images of three classes, and a document with a network of 8×8 for them."""
    if importlib.util.find_spec("tensorflow") is None:
        pytest.skip("TensorFlow is not installed")
    from PIL import Image as Picture

    top = tmp_path_factory.mktemp("training")
    rng = np.random.default_rng(0)
    for label, name in enumerate(("left", "middle", "right")):
        (top / "images" / name).mkdir(parents=True)
        for place in range(40):
            pixels = rng.integers(0, 100, (8, 8), np.uint8)
            pixels[:, 3 * label : 3 * label + 2] = 230
            Picture.fromarray(pixels).save(top / "images" / name / f"{place}.png")
    document = Document(Image(np.zeros((8, 8, 1))), network())
    (top / "document.json").write_bytes(write_document(document))
    return top


CODE = "import sys; from cnn_explorer.command_line import main; code = main(sys.argv[1:])"
NOT_LOADED = """
print([name for name in ("PySide6", "cnn_explorer.views", "cnn_explorer.session") if name in sys.modules])"""


def command(*arguments, then=""):
    return [sys.executable, "-c", f"{CODE}{then}\nsys.exit(code)", "train", *map(str, arguments)]


def run(folder, *arguments, out="model.keras", then=""):
    """Runs the command to its end on the folder's images, and then code that may look at what it has loaded."""
    usual = (folder / "document.json", "--data", folder / "images", "--out", folder / out, "--batch-size", 10)
    return subprocess.run(command(*usual, *arguments, then=then), cwd=CHECKOUT, capture_output=True, text=True)


def events(outcome):
    return [json.loads(line) for line in outcome.stdout.splitlines()]


@pytest.fixture(scope="module")
def trained(folder):
    """A run of six epochs, with logs for TensorBoard."""
    return run(folder, "--epochs", 6, "--learning-rate", 0.01, "--json", "--tensorboard", folder / "board")


def test_from_images_to_a_model(folder, trained):
    assert trained.returncode == 0, trained.stderr
    told = events(trained)
    names = [each["event"] for each in told]
    assert names[0] == "started" and names[-1] == "finished" and names.count("epoch") == 6
    assert (told[0]["train"], told[0]["validation"], told[0]["test"]) == (92, 10, 18)
    assert told[0]["classes"] == ["left", "middle", "right"]
    assert told[-1]["test_accuracy"] > 0.8 and told[-1]["ending"] == "done"
    assert np.sum(told[-1]["confusion"]) == 18
    assert f"saved: {folder / 'model.keras'}" in trained.stderr and "test accuracy" in trained.stderr
    assert "cuda" not in trained.stderr.lower()


def test_opened_again_its_classes_have_their_names_and_its_layers_none(folder, trained):
    found = ModelLoader().open(str(folder / "model.keras"), lambda state, seconds: None)
    assert found.network.classes == ("left", "middle", "right")
    assert [layer.label() for layer in found.network.layers] == [layer.label() for layer in network().layers]
    assert {layer.name for layer in found.network.layers} == {""}  # not conv2d and dense_1, as Keras calls them


def test_what_tensorboard_would_draw(folder, trained):
    tf = pytest.importorskip("tensorflow")
    found = {}
    for curve in ("train", "validation"):
        (path,) = (folder / "board" / curve).iterdir()
        for record in tf.data.TFRecordDataset(os.fspath(path)):
            event = tf.compat.v1.Event.FromString(record.numpy())
            for value in event.summary.value:
                number = float(tf.make_ndarray(value.tensor))
                found.setdefault((curve, value.tag), []).append((event.step, number))
    assert [step for step, _ in found["train", "batch_loss"]] == list(range(60))
    assert [step for step, _ in found["validation", "epoch_loss"]] == list(range(6))
    last = [each for each in events(trained) if each["event"] == "epoch"][-1]
    assert found["train", "epoch_accuracy"][-1][1] == pytest.approx(last["accuracy"])


def test_it_goes_on_where_it_was_and_replaces_nothing_by_itself(folder, trained):
    again = run(folder, "--epochs", 6)
    assert again.returncode == 1 and "model.keras is there already" in again.stderr and again.stdout == ""
    resumed = run(folder, "--epochs", 8, "--resume", "--json", then=NOT_LOADED)
    assert resumed.returncode == 0, resumed.stderr
    *told, loaded = map(json.loads, resumed.stdout.splitlines())
    assert [each["epoch"] for each in told if each["event"] == "epoch"] == [6, 7]
    assert loaded == []  # neither Qt nor a window
    record = read_record(folder / "model.keras")
    assert record.with_optimizer and len(record.history.epochs) == 8 and record.classes == ("left", "middle", "right")


def test_ctrl_c_stops_saves_and_tests(folder):
    usual = (
        folder / "document.json",
        "--data",
        folder / "images",
        "--out",
        folder / "stopped.keras",
        "--json",
        "--weights-only",
    )
    process = subprocess.Popen(
        command(*usual, "--epochs", 1000), cwd=CHECKOUT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    with process:
        told = iter(process.stdout.readline, "")
        for line in told:
            if '"epoch"' in line:
                break
        process.send_signal(signal.SIGINT)
        last = [json.loads(line) for line in told][-1]
    assert process.returncode == 130
    assert (last["event"], last["ending"]) == ("finished", "stopped") and last["test_accuracy"] is not None
    record = read_record(folder / "stopped.keras")
    assert record.step == last["step"] > 0 and not record.with_optimizer


def test_what_goes_wrong_is_a_sentence_and_a_code(folder, tmp_path):
    assert run(folder, out="model.txt").returncode == 1
    for arguments, code, sentence in (
        (("--learning-rate", "-1"), 2, "--learning-rate must be a number from"),
        (("--batch-size", "0"), 2, "--batch-size must be a whole number from 1"),
        (("--epochs", "many"), 2, "invalid int value"),
        (("--resume",), 1, "other.keras isn't there, so there is nothing to go on with"),
        (("--optimizer", "Magic"), 2, "--optimizer must be one of: SGD, Adam, RMSprop, AdamW"),
    ):
        outcome = run(folder, *arguments, out="other.keras")
        assert (outcome.returncode, outcome.stdout) == (code, "") and sentence in outcome.stderr
        assert "Traceback" not in outcome.stderr
    broken = run(folder, "--data", tmp_path / "nothing", out="other.keras")
    assert broken.returncode == 1 and "nothing can't be opened: it isn't there" in broken.stderr
    failed = run(folder, "--data", tmp_path, "--json", out="other.keras")
    assert events(failed) == [{"event": "failed", "reason": events(failed)[0]["reason"]}]
    assert not (folder / "other.keras").exists()


def test_help_answers_at_once():
    code = """
import sys
from cnn_explorer.command_line import main
try:
    main(["train", "--help"])
except SystemExit as end:
    print(end.code, [name for name in ("numpy", "tensorflow", "keras", "PySide6") if name in sys.modules])"""
    outcome = subprocess.run([sys.executable, "-c", code], cwd=CHECKOUT, capture_output=True, text=True)
    assert outcome.stdout.endswith("0 []\n") and "--batch-size" in outcome.stdout


def test_presets_are_named_as_they_are_typed():
    names = [slug(preset) for preset in network_presets()]
    assert names[:3] == ["handbook-cnn", "lenet-5", "small-3x3-network"]
    made, shape = network_named("lenet-5")
    assert shape == (28, 28, 1) and made.classes == tuple("0123456789")
    assert network_named("lenet")[0] == made
    with pytest.raises(Refused, match="no preset and no file le-net; the presets are handbook-cnn, lenet-5"):
        network_named("le-net")


def test_documents_and_other_files(folder, tmp_path):
    made, shape = network_named(str(folder / "document.json"))
    assert made == network() and shape == (8, 8, 1)
    np.save(tmp_path / "matrix.npy", np.zeros((3, 3)))
    with pytest.raises(Refused, match=r"matrix\.npy holds no network"):
        network_named(str(tmp_path / "matrix.npy"))


def test_the_bar_and_the_clock():
    told = Progress(1, 5, 540, 1080, 1620, 0.12345, 0.9631, images_per_second=1490.4, seconds_left=83.2)
    assert bar(told) == (
        "epoch 2/5  [############............] 540/1080  loss 0.1235  accuracy 96.31%  1490 images/s  1:23 left"
    )
    assert "left" not in bar(Progress(0, 5, 0, 10, 0, 0.0, 0.0))
    assert (clock(0.4), clock(59.6), clock(3723)) == ("0:00", "1:00", "1:02:03")
    assert summary(Epoch(0, 9, 0.5, 0.75, None, None, 61)) == "epoch 1: loss 0.5000, accuracy 75.00%, 1:01"

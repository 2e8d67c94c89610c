"""SavedModels that are run after a yes: what they give, and what is left of those that hang, fail or write."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from cnn_explorer.engine import model_process, model_program
from cnn_explorer.engine.model_opening import ModelLoader
from cnn_explorer.engine.model_process import ModelProcess
from cnn_explorer.files.saved_program import SavedProgram
from cnn_explorer.network.document import Image
from cnn_explorer.network.sentence import Refused, Sentence

pytestmark = [pytest.mark.timeout(180), pytest.mark.usefixtures("keras")]
PIXELS = np.linspace(0, 1, 16, dtype=np.float32).reshape(1, 4, 4, 1)
IMAGE = Image(PIXELS[0])


def saved(work: Any, path: Path, number_type: str = "float32") -> Path:
    """A SavedModel whose signature does `work` with an image of 4×4."""
    tf = pytest.importorskip("tensorflow")

    class Program(tf.Module):  # type: ignore[misc]
        @tf.function(input_signature=[tf.TensorSpec([None, 4, 4, 1], number_type, name="image")], autograph=False)
        def __call__(self, image):  # type: ignore[no-untyped-def]
            return work(tf, image)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tf.saved_model.save(Program(), str(path))
    return path


def saved_with(path: Path, work: Any, *inputs: Any) -> Path:
    """A SavedModel whose signature does `work` with inputs of these (name, shape, type)."""
    tf = pytest.importorskip("tensorflow")
    specs = [tf.TensorSpec(shape, number_type, name=name) for name, shape, number_type in inputs]
    module = tf.Module()
    module.call = tf.function(lambda *given: work(tf, *given), input_signature=specs, autograph=False)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tf.saved_model.save(module, str(path), signatures=module.call)
    return path


def given(path: Path) -> dict[str, Any]:
    run = ModelLoader().run(str(path), found(path), IMAGE, lambda state, seconds: None)
    return {each.name: (each.shape, each.values) for each in run.outputs} | {"notes": list(map(str, run.notes))}


def test_a_row_of_pixels(tmp_path: Path) -> None:
    path = saved_with(tmp_path / "net", lambda tf, row: {"twice": row * 2}, ("row", [None, 16], "float32"))
    ran = given(path)
    assert ran["twice"] == ((1, 16), tuple((2 * PIXELS.ravel()).tolist()))
    assert ran["notes"] == ["It takes a row of numbers: the image's pixels, row by row."]


def test_a_fixed_batch_and_what_else_it_takes(tmp_path: Path) -> None:
    def work(tf: Any, image: Any, training: Any, keep_prob: Any) -> Any:
        return {"sum": tf.reduce_sum(image, [1, 2, 3]) + keep_prob + 100 * tf.cast(training, "float32"),
                "single": keep_prob}  # fmt: skip

    inputs = ("image", [3, 4, 4, 1], "float32"), ("training", [], "bool"), ("keep_prob", [1], "float32")
    ran = given(saved_with(tmp_path / "net", work, *inputs))
    assert ran["sum"] == ((1,), (pytest.approx(9.0),))
    assert ran["single"] == ((1,), (1.0,))
    assert len(ran["notes"]) == 2


def found(path: Path) -> SavedProgram:
    program = ModelLoader().open(str(path), lambda state, seconds: None)
    assert isinstance(program, SavedProgram)
    return program


def reason(path: Path, **options: Any) -> str:
    with pytest.raises(Refused) as caught:
        ModelProcess().run(path, PIXELS, **options)
    assert path.name in str(caught.value.sentence)
    return str(caught.value.sentence)


def test_opening_one_starts_no_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = saved(lambda tf, image: {"twice": image * 2}, tmp_path / "net")
    monkeypatch.setattr("cnn_explorer.engine.model_opening.ModelProcess", None)
    assert found(path).shape == (None, 4, 4, 1)


def test_what_it_gives_and_what_is_heard_meanwhile(tmp_path: Path, temporary: Path) -> None:
    path = saved(
        lambda tf, image: {"twice": image * 2, "sum": tf.reduce_sum(image, [1, 2, 3]), "many": tf.zeros([1, 200, 60])},
        tmp_path / "net",
    )
    heard: list[str] = []
    run = ModelLoader().run(str(path), found(path), IMAGE, lambda state, seconds: heard.append(state))
    assert run.shape == (4, 4, 1)
    many, total, twice = run.outputs
    assert (twice.name, twice.number_type, twice.shape) == ("twice", "float32", (1, 4, 4, 1))
    np.testing.assert_allclose(twice.values, PIXELS.ravel() * 2, rtol=1e-6)
    assert (twice.least, twice.greatest) == (0, 2)
    assert total.values == pytest.approx([8])
    assert (many.shape, many.values) == ((1, 200, 60), ())
    assert heard == ["starting", "running"]


def test_whole_numbers(tmp_path: Path, temporary: Path) -> None:
    path = saved(lambda tf, image: {"same": image}, tmp_path / "net", "uint8")
    (same,) = ModelLoader().run(str(path), found(path), IMAGE, lambda state, seconds: None).outputs
    assert (same.number_type, same.values) == ("uint8", tuple(np.rint(PIXELS.ravel() * np.float32(255))))


def test_one_that_hangs_is_ended_at_its_limit(tmp_path: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forever(tf: Any, image: Any) -> Any:
        body = lambda step, values: (step + 1, values * 1.0)  # noqa: E731
        return {"never": tf.while_loop(lambda step, _: step < 2_000_000_000, body, [tf.constant(0), image])[1]}

    path = saved(forever, tmp_path / "slow")
    monkeypatch.setattr(model_process, "_BYTES_A_SECOND", 1e15)  # no time for its memory
    assert "it took more than 1 seconds, and was stopped" in reason(path, seconds=1)


def test_one_that_fails(tmp_path: Path, temporary: Path) -> None:
    def fails(tf: Any, image: Any) -> Any:
        with tf.control_dependencies([tf.debugging.assert_greater(image, 5.0, "too dark")]):
            return {"same": tf.identity(image)}

    text = reason(saved(fails, tmp_path / "dark"))
    assert text.startswith("dark failed when it was run:") and "too dark" in text
    assert len(text) <= 300


def test_one_that_writes_gets_no_byte_into_a_file(tmp_path: Path, temporary: Path) -> None:
    """By an operation that is on no list."""
    target = tmp_path / "written"

    def writes(tf: Any, image: Any) -> Any:
        with tf.control_dependencies([tf.print("x" * 100, output_stream=f"file://{target}")]):
            return {"same": tf.identity(image)}

    path = saved(writes, tmp_path / "writer")
    assert reason(path).startswith("writer failed when it was run:")
    assert not target.exists() or target.read_bytes() == b""


def test_one_that_became_another_meanwhile_is_not_run(tmp_path: Path, temporary: Path) -> None:
    written = tmp_path / "written"

    def writes(tf: Any, image: Any) -> Any:
        with tf.control_dependencies([tf.io.write_file(str(written), "x")]):
            return {"same": tf.identity(image)}

    assert "It reads or writes files: WriteFile" in reason(saved(writes, tmp_path / "net"))
    assert not written.exists()


def test_files_that_are_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = saved(lambda tf, image: {"same": image}, tmp_path / "net")
    assert model_program.memory_for(str(path)) > model_program.RUN_MEMORY
    monkeypatch.setattr(model_program, "LARGEST_VARIABLES", 10)
    with pytest.raises(Refused) as caught:
        model_program.memory_for(str(path))
    assert isinstance(caught.value.sentence, Sentence) and "too large" in str(caught.value.sentence)

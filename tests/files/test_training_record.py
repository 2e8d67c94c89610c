"""What is saved beside the weights comes back as it was, and is not believed where it was tampered with."""

import json
import math
import zipfile

import pytest

from cnn_explorer.files.training_record import MEMBER, TrainingRecord, read_record, record_bytes
from cnn_explorer.network.sentence import Refused
from cnn_explorer.network.training import TrainingSettings
from cnn_explorer.network.training_progress import Epoch, History

HISTORY = History(
    (Epoch(0, 20, 0.5, 0.75, None, None, 3.5), Epoch(1, 40, 0.25, 0.875, 0.3, 0.8, 3.25)),
    (0, 1, 2), (2.5, 1.5, 0.5), (0.1, 0.2, 0.3),
)  # fmt: skip
RECORD = TrainingRecord(
    TrainingSettings("SGD", 0.01, epochs=7),
    "folder",
    "animals",
    1000,
    ("ants", "蜜蜂"),
    2,
    5,
    45,
    0.5,
    0.75,
    True,
    HISTORY,
)


def packed(tmp_path, data):
    path = tmp_path / "model.keras"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("metadata.json", "{}")
        if data is not None:
            archive.writestr(MEMBER, data)
    return path


def test_it_comes_back_as_it_was(tmp_path):
    assert read_record(packed(tmp_path, record_bytes(RECORD))) == RECORD


def test_a_model_of_somebody_else_has_none(tmp_path):
    assert read_record(packed(tmp_path, None)) is None


def test_a_loss_that_was_no_number(tmp_path):
    record = TrainingRecord(history=History((), (0, 1), (1.0, math.inf), (0.5, math.nan)))
    data = record_bytes(record)
    json.loads(data, parse_constant=lambda name: pytest.fail(f"{name} is no JSON"))
    back = read_record(packed(tmp_path, data)).history
    assert back.losses[0] == 1 and math.isnan(back.losses[1]) and math.isnan(back.accuracies[1])


def changed(**changes):
    values = json.loads(record_bytes(RECORD))
    for name, value in changes.items():
        *folders, last = name.split("__")
        inner = values
        for each in folders:
            inner = inner[each]
        inner[last] = value
    return json.dumps(values).encode()


TAMPERED = {
    "no JSON": b"{",
    "a list": b"[]",
    "another format": changed(format="else"),
    "a later version": changed(version=2),
    "an unknown optimizer": changed(settings__optimizer="os.system"),
    "a rate out of range": changed(settings__learning_rate=-1),
    "a negative count": changed(step=-1),
    "a count that is no whole number": changed(images=1.5),
    "a huge count": changed(epoch=2**70),
    "a kind of data that is none": changed(data_kind="shell"),
    "classes that are none": changed(classes="ants"),
    "a class that is a number": changed(classes=[1]),
    "a loss that is text": changed(history__losses=["a", "b", "c"]),
    "lengths that differ": changed(history__losses=[1.0]),
    "an epoch without a loss": changed(history__epochs=[{"epoch": 0}]),
    "deeply nested": b"[" * 100_000 + b"]" * 100_000,
    "very many values": b"[" + b"1," * 500_000 + b"1]",
    "very long": b" " * 9_000_000 + b"{}",
}


@pytest.mark.parametrize("data", TAMPERED.values(), ids=TAMPERED)
def test_what_was_tampered_with_is_refused_in_a_sentence(tmp_path, data):
    with pytest.raises(Refused, match=r"model\.keras"):
        read_record(packed(tmp_path, data))


def test_what_is_no_archive_is_refused(tmp_path):
    path = tmp_path / "model.keras"
    path.write_bytes(b"PK\3\4 not really")
    with pytest.raises(Refused):
        read_record(path)

"""SavedModel folders: their signatures are read, nothing of them is run."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cnn_explorer.files.model_look_saved import SAVED_MODEL, SavedModelLook, TensorLook, look_at_saved_model
from cnn_explorer.network.sentence import Refused


def varint(value: int) -> bytes:
    value &= 2**64 - 1
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes([*out, value])


def number(field: int, value: int) -> bytes:
    return varint(field << 3) + varint(value)


def message(field: int, *parts: bytes | str) -> bytes:
    """A field with a length: a text, or a message of these parts."""
    content = b"".join(part.encode() if isinstance(part, str) else part for part in parts)
    return varint(field << 3 | 2) + varint(len(content)) + content


def tensor(field: int, name: str, *shape: int) -> bytes:
    dims = [message(2, number(1, length)) for length in shape]
    return message(field, message(1, name), message(2, message(1, f"{name}:0"), number(2, 1), message(3, *dims)))


def saved_model(*operations: str, hidden: str = "Relu") -> bytes:
    """A model for images of 28×28 with ten outputs, whose graph has these operations."""
    nodes = [message(1, message(1, f"n{place}"), message(2, each)) for place, each in enumerate(operations)]
    function = message(1, message(1, message(1, "f")), message(3, message(1, "inner"), message(2, hidden)))
    graph = message(2, *nodes, message(2, function))
    signature = message(1, "serving_default") + message(
        2, tensor(1, "image", -1, 28, 28, 1), tensor(2, "scores", -1, 10), message(3, "tensorflow/serving/predict")
    )
    return number(1, 1) + message(2, graph, message(5, signature))


def folder(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "model"
    path.mkdir(exist_ok=True)
    (path / SAVED_MODEL).write_bytes(content)
    return path


def test_what_a_model_takes_and_gives(tmp_path: Path) -> None:
    look = look_at_saved_model(folder(tmp_path, saved_model("Conv2D", "SaveV2")))
    (signature,) = look.signatures
    assert signature.name == "serving_default"
    assert signature.inputs == (TensorLook("image", "float32", (None, 28, 28, 1)),)
    assert signature.outputs == (TensorLook("scores", "float32", (None, 10)),)
    assert look.touches_files == ()


@pytest.mark.parametrize("hidden", ["WriteFile", "Relu"])
def test_operations_that_touch_files_are_named(hidden: str, tmp_path: Path) -> None:
    look = look_at_saved_model(folder(tmp_path, saved_model("ReadFile", hidden=hidden)))
    assert look.touches_files == tuple(sorted({"ReadFile", hidden} - {"Relu"}))


def test_tensorflow_s_own_is_read_alike(tmp_path: Path) -> None:
    tf = pytest.importorskip("tensorflow")

    class Doubled(tf.Module):  # type: ignore[misc]
        @tf.function(input_signature=[tf.TensorSpec([None, 4, 4, 3], tf.float32, name="image")])
        def __call__(self, image):  # type: ignore[no-untyped-def]
            tf.io.write_file(str(tmp_path / "written"), "x")
            return {"twice": image * 2}

    tf.saved_model.save(Doubled(), str(tmp_path / "model"))
    look = look_at_saved_model(tmp_path / "model")
    named = {each.name: each for each in look.signatures}["serving_default"]
    assert named.inputs == (TensorLook("image", "float32", (None, 4, 4, 3)),)
    assert named.outputs == (TensorLook("twice", "float32", (None, 4, 4, 3)),)
    assert look.touches_files == ("WriteFile",)
    assert not (tmp_path / "written").exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"\xff" * 40, "damaged"),
        (saved_model()[:-3], "damaged"),
        (number(1, 1), "no signature"),
        (number(1, 1) * 500_000, "fields"),
        (message(2, *[message(5, message(1, f"s{n}")) for n in range(70)]), "signatures"),
    ],
)
def test_what_is_refused(content: bytes, words: str, tmp_path: Path) -> None:
    with pytest.raises(Refused) as caught:
        look_at_saved_model(folder(tmp_path, content))
    assert words in str(caught.value.sentence)
    assert "SavedModel" in str(caught.value.sentence)


def test_a_folder_without_one(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="SavedModel"):
        look_at_saved_model(tmp_path)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], database=None)
@given(data=st.data())
def test_bytes_that_were_changed(data: st.DataObject, tmp_path: Path) -> None:
    content = bytearray(saved_model("Conv2D", "WriteFile"))
    for place, value in data.draw(
        st.lists(st.tuples(st.integers(0, len(content) - 1), st.integers(0, 255)), max_size=4)
    ):
        content[place] = value
    try:
        assert isinstance(look_at_saved_model(folder(tmp_path, bytes(content))), SavedModelLook)
    except Refused as refused:
        assert len(str(refused.sentence)) <= 300

"""The look at HDF5 files: what leads elsewhere, lies about its size or holds something else than numbers is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

h5py = pytest.importorskip("h5py")

from cnn_explorer.engine.model_hdf5 import DEEPEST_GROUP, MOST_ATTRIBUTES, config_in, look_at_hdf5  # noqa: E402
from cnn_explorer.files.model_look_words import Unfit  # noqa: E402

ONES = np.ones((40, 50), np.float32)


def written(path: Path, fill: Callable[[Any], None]) -> str:
    with h5py.File(path, "w") as file:
        fill(file)
    return str(path)


def soft_link(file: Any) -> None:
    file["a"] = ONES
    file["b"] = h5py.SoftLink("/a")


def external_link(file: Any) -> None:
    file["b"] = h5py.ExternalLink("/etc/passwd", "/x")


def external_storage(file: Any) -> None:
    file.create_dataset("a", (10,), "f4", external=[("/etc/passwd", 0, 40)])


def virtual(file: Any) -> None:
    layout = h5py.VirtualLayout((10,), "f4")
    layout[:] = h5py.VirtualSource("/etc/passwd", "x", (10,))
    file.create_virtual_dataset("a", layout)


def loop(file: Any) -> None:
    file.create_group("a")["b"] = file["/"]


def twice(file: Any) -> None:
    file.create_group("a").create_group("inner")
    file["b"] = file["a"]


def deep(file: Any) -> None:
    group = file
    for _ in range(DEEPEST_GROUP + 1):
        group = group.create_group("g")


def undeclared(file: Any) -> None:
    file.create_dataset("a", (10**8,), "f4", chunks=(1000,))


def packed_bomb(file: Any) -> None:
    data = file.create_dataset("a", (10**9,), "f4", chunks=(10**6,), compression="gzip")
    data[:1000] = 1


def other_packing(file: Any) -> None:
    created = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    created.set_chunk((10,))
    created.set_scaleoffset(h5py.h5z.SO_INT, 0)
    h5py.h5d.create(file.id, b"a", h5py.h5t.STD_I32LE, h5py.h5s.create_simple((10,)), created)


def texts(file: Any) -> None:
    file.create_dataset("a", (3,), h5py.string_dtype())


def lists(file: Any) -> None:
    file.create_dataset("a", (3,), h5py.vlen_dtype(np.float32))


def compounds(file: Any) -> None:
    file["a"] = np.zeros(3, [("x", "f4"), ("y", "f4")])


def references(file: Any) -> None:
    file["a"] = ONES
    file.attrs["to"] = file["a"].ref


def types(file: Any) -> None:
    file["a"] = np.dtype("f4")


def attributes(file: Any) -> None:
    for number in range(MOST_ATTRIBUTES + 1):
        file.attrs[f"a{number}"] = number


def square_attribute(file: Any) -> None:
    file.attrs["a"] = np.zeros((10, 10))


CASES: dict[Callable[[Any], None], str] = {
    soft_link: "b is a link", external_link: "b is a link to something outside",
    external_storage: "outside of the file", virtual: "other files",
    loop: "contains itself", twice: "in it twice", deep: "too deeply",
    undeclared: "declares 400.0 MB but stores 0.0 MB", packed_bomb: "declares 4000.0 MB",
    other_packing: "packed in a way", texts: "plain numbers", lists: "plain numbers", compounds: "plain numbers",
    references: "not supported", types: "neither a group", attributes: "attributes", square_attribute: "too large",
}  # fmt: skip


@pytest.mark.parametrize("fill", CASES, ids=lambda fill: fill.__name__)
def test_what_is_refused(fill: Callable[[Any], None], tmp_path: Path) -> None:
    with pytest.raises(Unfit) as caught:
        look_at_hdf5(written(tmp_path / "file.h5", fill))
    assert CASES[fill] in str(caught.value.reason)
    assert len(str(caught.value.reason)) < 200


def plain(file: Any) -> None:
    file["layers/conv/vars/0"] = ONES
    file["layers/conv/vars/1"] = np.zeros((), np.int64)
    file["empty"] = np.zeros((0, 3), np.float16)
    file.create_dataset("packed", data=ONES, compression="gzip", shuffle=True, fletcher32=True)
    file.create_dataset("quick", data=ONES, compression="lzf")
    file.create_dataset("zeros", data=np.zeros(10**6, np.float32), compression="gzip")
    file.attrs["layer_names"] = [b"conv", b"pool"]
    file.attrs["none"] = np.zeros(0, "S1")


def test_what_is_plain_passes(tmp_path: Path) -> None:
    look_at_hdf5(written(tmp_path / "file.h5", plain))


@pytest.mark.parametrize("part", [0.001, 0.5, 0.99])
def test_a_part_of_a_file(part: float, tmp_path: Path) -> None:
    path = Path(written(tmp_path / "file.h5", plain))
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * part)])
    with pytest.raises(Unfit, match="cut short"):
        look_at_hdf5(str(path))


def test_something_else(tmp_path: Path) -> None:
    (tmp_path / "file.h5").write_bytes(b"\x89HDF\r\n\x1a\n" + bytes(1000))
    with pytest.raises(Unfit, match="damaged"):
        look_at_hdf5(str(tmp_path / "file.h5"))


def test_the_configuration_of_a_whole_model(tmp_path: Path) -> None:
    def fill(file: Any) -> None:
        file.attrs["model_config"] = '{"class_name": "größer"}'

    assert config_in(written(tmp_path / "text.h5", fill)) == '{"class_name": "größer"}'.encode()
    with pytest.raises(Unfit, match="weights only"):
        config_in(written(tmp_path / "weights.h5", plain))
    with pytest.raises(Unfit, match="not a text"):
        config_in(written(tmp_path / "number.h5", lambda file: file.attrs.update(model_config=3)))

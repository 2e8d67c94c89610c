"""MNIST in all the ways it is stored, what is picked from it, and the ways such files are broken."""

from __future__ import annotations

import gzip
import io
import struct
import threading
import time
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from cnn_explorer.files.datasets import holds_mnist, read_mnist
from cnn_explorer.files.digits import Digits
from cnn_explorer.network.sentence import Refused

RANDOM = np.random.default_rng(11)
TRAIN = RANDOM.integers(0, 256, (6, 28, 28), dtype=np.uint8)
TEST = RANDOM.integers(0, 256, (4, 28, 28), dtype=np.uint8)
TRAIN_LABELS = np.array([0, 1, 2, 1, 9, 1], np.uint8)
TEST_LABELS = np.array([1, 0, 1, 5], np.uint8)
ARRAYS: dict[str, Any] = {"x_train": TRAIN, "y_train": TRAIN_LABELS, "x_test": TEST, "y_test": TEST_LABELS}


def idx(array: np.ndarray) -> bytes:
    return struct.pack(f">HBB{array.ndim}I", 0, 8, array.ndim, *array.shape) + array.tobytes()


def write_idx(folder: Path, dot: str = "-", packed: bool = False) -> None:
    for name, array in (("train", (TRAIN, TRAIN_LABELS)), ("t10k", (TEST, TEST_LABELS))):
        for part, dimensions, values in (("images", 3, array[0]), ("labels", 1, array[1])):
            path = folder / f"{name}-{part}{dot}idx{dimensions}-ubyte{'.gz' if packed else ''}"
            path.write_bytes(gzip.compress(idx(values)) if packed else idx(values))


def npz(folder: Path, **changes: Any) -> Path:
    path = folder / "mnist.npz"
    arrays = {name: array for name, array in {**ARRAYS, **changes}.items() if array is not None}
    np.savez(path, **arrays)
    return path


def refused(path: Path) -> Refused:
    with pytest.raises(Refused) as caught:
        read_mnist(path)
    assert len(str(caught.value.sentence)) <= 300
    return caught.value


def assert_whole(digits: Digits) -> None:
    np.testing.assert_array_equal(digits.images, np.concatenate([TRAIN, TEST]))
    assert digits.labels is not None
    assert digits.labels.tolist() == [*TRAIN_LABELS, *TEST_LABELS]
    assert digits.labels.dtype == np.uint8
    assert digits.train_count == len(TRAIN)
    assert not digits.images.flags.writeable


def test_digits_are_picked_by_what_they_show_and_by_split(tmp_path: Path) -> None:
    digits = read_mnist(npz(tmp_path))
    assert_whole(digits)
    assert digits.matching(1).tolist() == [1, 3, 5, 6, 8]
    assert digits.matching(1, "train").tolist() == [1, 3, 5]
    assert digits.matching(1, "test").tolist() == [6, 8]
    assert digits.matching(None, "test").tolist() == [6, 7, 8, 9]
    assert digits.matching().tolist() == list(range(10))
    assert digits.matching(7).size == 0


def test_the_archive_may_be_packed_and_its_labels_of_any_whole_type(tmp_path: Path) -> None:
    np.savez_compressed(tmp_path / "packed.npz", **{**ARRAYS, "y_train": TRAIN_LABELS.astype(">i8")})
    assert_whole(read_mnist(tmp_path / "packed.npz"))


@pytest.mark.parametrize("dot", ["-", "."])
@pytest.mark.parametrize("packed", [False, True])
def test_any_idx_file_finds_the_others(dot: str, packed: bool, tmp_path: Path) -> None:
    write_idx(tmp_path, dot, packed)
    for path in [*tmp_path.iterdir(), tmp_path]:
        digits = read_mnist(path)
        assert_whole(digits)
        assert (digits.kind, digits.note) == ("idx", None)


def test_folders_with_and_without_mnist(tmp_path: Path) -> None:
    assert not holds_mnist(tmp_path)
    assert "has no MNIST files in it" in str(refused(tmp_path).sentence)
    inner = tmp_path / "MNIST" / "raw"
    inner.mkdir(parents=True)
    write_idx(inner)
    assert holds_mnist(tmp_path)
    assert read_mnist(tmp_path).kind == "idx"
    npz(tmp_path)
    assert read_mnist(tmp_path).kind == "dataset"


def test_images_alone_are_read_without_labels(tmp_path: Path) -> None:
    lone = tmp_path / "mine-images-idx3-ubyte"
    lone.write_bytes(idx(TRAIN))
    digits = read_mnist(lone)
    assert (digits.labels, digits.train_count) == (None, 6)
    assert digits.matching(3).size == 0
    renamed = tmp_path / "any.gz"
    renamed.write_bytes(gzip.compress(idx(TEST)[:1000]) + gzip.compress(idx(TEST)[1000:]))
    np.testing.assert_array_equal(read_mnist(renamed).images, TEST)
    tests_only = tmp_path / "t10k-images-idx3-ubyte"
    tests_only.write_bytes(idx(TEST))
    assert read_mnist(tests_only).train_count == 0


def test_a_split_without_labels_is_left_out_and_named(tmp_path: Path) -> None:
    write_idx(tmp_path)
    (tmp_path / "t10k-labels-idx1-ubyte").unlink()
    digits = read_mnist(tmp_path)
    assert (len(digits.images), digits.train_count) == (6, 6)
    assert str(digits.note) == "t10k-images-idx3-ubyte is left out: its labels are not beside it."
    for name in ("train-images-idx3-ubyte", "t10k-images-idx3-ubyte"):
        (tmp_path / name).unlink()
    assert "images is not beside it" in str(refused(tmp_path / "train-labels-idx1-ubyte").sentence)


@pytest.mark.parametrize(
    ("changes", "words", "field"),
    [
        ({"x_test": None}, "has no x_test", "x_test"),
        ({"x_train": TRAIN.astype(np.float32)}, "x_train has the type float32", "x_train"),
        ({"x_train": np.asfortranarray(TRAIN)}, "x_train has the type", "x_train"),
        ({"x_train": TRAIN[:, :14]}, "x_train has the shape (6, 14, 28)", "x_train"),
        ({"x_train": TRAIN[:0], "y_train": TRAIN_LABELS[:0]}, "x_train has the shape (0, 28, 28)", "x_train"),
        ({"y_train": np.eye(10)[TRAIN_LABELS].astype(np.uint8)}, "y_train has the shape (6, 10)", "y_train"),
        ({"y_test": TEST_LABELS.astype(float)}, "y_test has the type float64", "y_test"),
        ({"y_test": TEST_LABELS[:3]}, "x_test has 4 images, but y_test has 3 labels", "y_test"),
        ({"y_test": np.array([1, 2, -1, 11])}, "label 2 of y_test is -1", "y_test"),
        ({"y_test": np.array([None] * 4)}, "pickled", "y_test"),
    ],
)
def test_arrays_that_do_not_fit(changes: dict[str, Any], words: str, field: str, tmp_path: Path) -> None:
    refusal = refused(npz(tmp_path, **changes))
    assert words in str(refusal.sentence)
    assert "mnist.npz" in str(refusal.sentence)
    assert refusal.field == field


def archive(folder: Path, members: list[tuple[str, bytes]], **options: Any) -> Path:
    path = folder / "mnist.npz"
    with zipfile.ZipFile(path, "w", **options) as made:
        for name, data in members:
            made.writestr(name, data)
    return path


def test_archives_that_are_no_archives_of_arrays(tmp_path: Path) -> None:
    few = [("x_train.npy", b"data")]
    assert "packed in a way" in str(refused(archive(tmp_path, few, compression=zipfile.ZIP_BZIP2)).sentence)
    assert "x_train in mnist.npz is not a .npy file" in str(
        refused(archive(tmp_path, [(name + ".npy", b"data" * 9) for name in ARRAYS])).sentence
    )
    assert "1000 members" in str(refused(archive(tmp_path, [(f"{n}", b"") for n in range(1000)])).sentence)
    with pytest.warns(UserWarning, match="Duplicate"):
        twice = archive(tmp_path, few * 2)
    assert "the same name" in str(refused(twice).sentence)
    path = tmp_path / "mnist.npz"
    path.write_bytes(b"text")
    assert "is not an .npz archive" in str(refused(path).sentence)


def test_damage_to_the_archive_is_found(tmp_path: Path) -> None:
    data = npz(tmp_path).read_bytes()
    path = tmp_path / "mnist.npz"
    for length in (len(data) // 2, len(data) - 10):
        path.write_bytes(data[:length])
        assert "cut short or damaged" in str(refused(path).sentence)
    place = data.index(TRAIN_LABELS.tobytes())
    path.write_bytes(data[:place] + b"\2" + data[place + 1 :])
    assert "a checksum in it is wrong" in str(refused(path).sentence)
    encrypted = bytearray(data)
    directory = encrypted.index(b"PK\1\2")
    encrypted[directory + 8] |= 1
    path.write_bytes(encrypted)
    assert "encrypted" in str(refused(path).sentence)


def test_members_that_declare_too_much(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    header = {"descr": "|u1", "fortran_order": False, "shape": (100_001, 28, 28)}
    np.lib.format.write_array_header_1_0(buffer, header)
    members = [(name + ".npy", buffer.getvalue()) for name in ARRAYS]
    assert "100001 images, and the limit is 100000" in str(refused(archive(tmp_path, members)).sentence)
    zeros = archive(tmp_path, [("x_train.npy", bytes(90_000_000))], compression=zipfile.ZIP_DEFLATED)
    assert "expands to 90 MB" in str(refused(zeros).sentence)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (idx(TRAIN)[:-1], "less in it than its header declares"),
        (idx(TRAIN) + b"\0", "longer than its header declares"),
        (idx(TRAIN)[:9], "header is cut off"),
        (idx(TRAIN[:, 1:]), "has the shape (6, 27, 28)"),
        (struct.pack(">HBB3I", 0, 8, 3, 10**9, 28, 28), "too large"),
        (struct.pack(">HBB3I", 0, 13, 3, 1, 28, 28), "begins with 00 00 0d 03"),
        (b"text", "is not an IDX file"),
        (gzip.compress(idx(TRAIN))[:-900], "packed data ends too early"),
        (gzip.compress(idx(TRAIN))[:-3], "packed data ends too early"),
        (gzip.compress(idx(TRAIN))[:-8] + bytes(8), "can't be unpacked"),
        (gzip.compress(idx(TRAIN) + bytes(5_000_000)), "longer than its header declares"),
        (gzip.compress(b"", mtime=0), "is not an IDX file"),
    ],
)
def test_idx_files_that_are_broken(data: bytes, words: str, tmp_path: Path) -> None:
    path = tmp_path / "train-images-idx3-ubyte"
    path.write_bytes(data)
    assert words in str(refused(path).sentence)
    write_idx(tmp_path)
    path.write_bytes(data)
    assert "train-images-idx3-ubyte" in str(refused(tmp_path / "t10k-labels-idx1-ubyte").sentence)


def test_counts_that_differ_are_both_named(tmp_path: Path) -> None:
    write_idx(tmp_path)
    (tmp_path / "t10k-labels-idx1-ubyte").write_bytes(idx(TEST_LABELS[:2]))
    assert "has 4 images, but t10k-labels-idx1-ubyte has 2 labels" in str(refused(tmp_path).sentence)
    (tmp_path / "t10k-labels-idx1-ubyte").write_bytes(idx(TEST_LABELS + 5))
    assert "label 3 of labels is 10" in str(refused(tmp_path).sentence)


def test_all_of_mnist_is_read_on_a_thread_in_under_a_second(mnist_npz: Path) -> None:
    read: list[Digits] = []
    worker = threading.Thread(target=lambda: read.append(read_mnist(mnist_npz)))
    start = time.perf_counter()
    worker.start()
    worker.join()
    assert time.perf_counter() - start < 1
    digits = read[0]
    assert digits.images.shape == (70000, 28, 28)
    assert digits.train_count == 60000
    assert digits.labels is not None
    assert digits.labels[:5].tolist() == [5, 0, 4, 1, 9]
    assert len(digits.matching(7, "test")) == 1028
    assert digits.matching(None, "test")[0] == 60000

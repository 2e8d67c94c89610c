"""What is learnt from: MNIST and folders of images, judged, fitted to the network's input, and split by a seed."""

import os
import shutil

import numpy as np
import pytest

from cnn_explorer.files.image_folder import list_images, read_pixels
from cnn_explorer.files.training_data import check, read_training_data
from cnn_explorer.network.sentence import Refused
from cnn_explorer.network.training import DataSpec

CLASSES = ("ants", "bees", "cats")


@pytest.fixture
def folder(tmp_path):
    """Three classes of ten grey images of 12×10, whose brightness tells the class and the place."""
    from PIL import Image

    for label, name in enumerate(CLASSES):
        (tmp_path / "set" / name).mkdir(parents=True)
        for place in range(10):
            pixels = np.full((12, 10), label * 80 + place, np.uint8)
            Image.fromarray(pixels).save(tmp_path / "set" / name / f"{place:02}.png")
    return tmp_path / "set"


@pytest.fixture
def digits(tmp_path):
    """An mnist.npz of 60 and 20 images."""
    rng = np.random.default_rng(0)
    images = rng.integers(0, 256, (80, 28, 28), np.uint8)
    labels = np.arange(80, dtype=np.uint8) % 10
    path = tmp_path / "mnist.npz"
    np.savez(path, x_train=images[:60], y_train=labels[:60], x_test=images[60:], y_test=labels[60:])
    return path


def read(path, kind="folder", shape=(8, 8, 1), share=0.2, seed=1, tell=lambda *told: None):
    return read_training_data(DataSpec(kind, str(path)), shape, share, seed, tell)


def test_mnist_keeps_its_test_images_and_splits_the_others(digits):
    data = read(digits, "mnist", (28, 28, 1), 0.1)
    assert (len(data.train), len(data.validation)) == (54, 6)
    np.testing.assert_array_equal(data.test, np.arange(60, 80))
    np.testing.assert_array_equal(np.sort([*data.train, *data.validation]), np.arange(60))
    assert data.images.dtype == np.uint8 and data.shape == (28, 28, 1)
    assert data.classes == tuple("0123456789")


def test_the_seed_decides_the_split(digits):
    one, same, other = (read(digits, "mnist", (28, 28, 1), 0.5, seed).validation for seed in (1, 1, 2))
    np.testing.assert_array_equal(one, same)
    assert not np.array_equal(one, other)


@pytest.mark.parametrize("shape", [(14, 14, 1), (28, 28, 3), (10, 20, 3)])
def test_digits_are_fitted_to_the_network_s_input(digits, shape):
    told = []
    data = read(digits, "mnist", shape, tell=lambda *each: told.append(each))
    assert data.shape == shape
    assert told[-1][1:] == (80, 80)
    if shape[2] == 3:
        np.testing.assert_array_equal(data.images[..., 0], data.images[..., 2])
    if shape[1] == 20:
        assert (data.images[:, :, :5] == 0).all()  # beside a digit is paper


def test_a_folder_has_a_class_for_each_subfolder_sorted_by_name(folder):
    (folder / "notes.txt").write_text("not a class")
    (folder / "bees" / "Thumbs.db").write_text("not an image")
    (folder / ".hidden").mkdir()
    listed = list_images(folder)
    assert listed.classes == CLASSES
    assert listed.labels == (0,) * 10 + (1,) * 10 + (2,) * 10
    assert os.path.basename(listed.files[11]) == "01.png"
    data = read(folder)
    assert (len(data.train), len(data.validation), len(data.test)) == (21, 5, 4)
    for place in range(30):
        assert data.images[place].min() == data.labels[place] * 80 + place % 10  # beside it is white paper
    assert set(data.labels[data.test]) == {0, 1, 2}
    np.testing.assert_array_equal(data.numbers, np.arange(30))


def test_grey_and_colour_become_what_the_network_wants(folder):
    from PIL import Image

    path = folder / "ants" / "00.png"
    Image.fromarray(np.full((8, 8, 3), (255, 0, 0), np.uint8)).save(path)
    grey, colour = read_pixels(path, (8, 8, 1)), read_pixels(path, (8, 8, 3))
    assert grey.shape == (8, 8, 1) and grey[0, 0, 0] == pytest.approx(0.299, abs=1e-3)
    np.testing.assert_allclose(colour[0, 0], [1, 0, 0])


def test_a_few_broken_images_are_left_out_and_told(folder):
    (folder / "bees" / "03.png").write_bytes(b"no picture")
    data = read(folder)
    assert len(data.images) == len(data.labels) == 29
    assert 13 not in data.numbers
    assert "1 of 30 images are left out" in str(data.notes[0]) and "03.png" in str(data.notes[0])


def test_many_broken_images_are_refused(folder):
    for place in range(4):
        (folder / "bees" / f"0{place}.png").write_bytes(b"no picture")
    with pytest.raises(Refused, match=r"set: 4 of 30 images can't be read.*00\.png"):
        read(folder)


def test_a_folder_that_vanishes_while_it_is_read(folder):
    def tell(what, done, total):
        shutil.rmtree(folder, ignore_errors=True)

    with pytest.raises(Refused, match="set can't be opened: it isn't there any more"):
        read(folder, tell=tell)


def test_reading_ends_where_whoever_is_told_raises(folder):
    def tell(what, done, total):
        raise InterruptedError

    with pytest.raises(InterruptedError):
        read(folder, tell=tell)


def broken_folders(folder):
    """What is wrong with a folder, and the sentence."""
    yield folder / "ants" / "00.png", "is a file; choose a folder"
    yield folder / "nowhere", "isn't there"
    yield folder / "ants", "has 0 subfolders"
    (folder / "deep").mkdir()
    shutil.copytree(folder / "ants", folder / "deep" / "train" / "ants")
    shutil.copytree(folder / "bees", folder / "deep" / "test" / "bees")
    yield folder / "deep", "choose the folder whose subfolders hold the images"
    shutil.rmtree(folder / "deep")
    (folder / "dogs").mkdir()
    yield folder, "dogs has no images"


def test_folders_that_can_not_be_learnt_from(folder):
    for path, reason in broken_folders(folder):
        with pytest.raises(Refused, match=reason):
            read(path)


def test_a_network_with_another_number_of_channels_takes_no_images(folder):
    with pytest.raises(Refused, match="2 channels"):
        read(folder, shape=(8, 8, 2))


def test_a_set_that_needs_too_much_memory_is_refused_before_it_is_read(folder):
    with pytest.raises(Refused, match="need 7.5 GB"):
        read(folder, shape=(5000, 50000, 1))


def images(count=6):
    return np.zeros((count, 4, 4, 1), np.float32)


LABELS = np.array([0, 1, 2, 0, 1, 2])


def test_what_can_be_learnt_from_passes():
    check(images(), LABELS, 3)
    check(images().astype(np.uint8), LABELS, 3)


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_a_value_that_is_no_number_is_found(value):
    wrong = images()
    wrong[4, 2, 1, 0] = value
    with pytest.raises(Refused, match="Image 4 has the value .* in row 3, column 2"):
        check(wrong, LABELS, 3)


@pytest.mark.parametrize("label", [3, -1, 255])
def test_a_label_out_of_range_is_found(label):
    wrong = LABELS.copy()
    wrong[5] = label
    with pytest.raises(Refused, match=f"Label 5 is {label}; with 3 classes, labels must be 0 to 2"):
        check(images(), wrong, 3)


def test_counts_that_differ_and_empty_sets():
    with pytest.raises(Refused, match="6 images, but 5 labels"):
        check(images(), LABELS[:5], 3)
    with pytest.raises(Refused, match="no images to learn from"):
        check(images(0), LABELS[:0], 3)

"""Pictures and matrices as input images: what becomes of their values and their size."""

from __future__ import annotations

import numpy as np
import pytest

from cnn_explorer.files.arrays import Matrix
from cnn_explorer.files.images import Picture
from cnn_explorer.files.importing import (
    MOST_MADE,
    MOST_ORIGINALS,
    OWN_SIZE,
    Choices,
    Made,
    MadeImages,
    image_of,
    original_of,
    original_of_image,
    size_of,
)
from cnn_explorer.network.document import Image

HANDBOOK = np.array([[0, 1, 2], [2, 1, 0]], np.float32)


def matrix(values: np.ndarray) -> Matrix:
    values = np.asarray(values, np.float32)
    return Matrix(values[:, :, np.newaxis], "m.csv", values.shape, (float(values.min()), float(values.max())))


def photo(rows: int, columns: int) -> Picture:
    return Picture(np.random.default_rng(1).random((rows, columns, 3), np.float32), "p.png")


def test_a_matrix_keeps_its_values_and_its_size() -> None:
    original = original_of(matrix(HANDBOOK))
    choices = original.first_choices(Choices(side=64, inverted=True))
    image = image_of(original, choices)
    np.testing.assert_array_equal(image.pixels[:, :, 0], HANDBOOK)
    assert (image.source, image.name, image.light) == ("file", "m.csv", False)
    assert original.scalable


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([[0, 51], [102, 255]], [[0, 0.2], [0.4, 1]]),
        ([[0, 51], [102, 204]], [[0, 0.2], [0.4, 0.8]]),
        ([[-1, 0], [1, 3]], [[0, 0.25], [0.5, 1]]),
        ([[5, 5], [5, 5]], [[0, 0], [0, 0]]),
    ],
)
def test_scaling_divides_by_the_white_of_a_picture_or_by_the_range(values: list, expected: list) -> None:
    image = image_of(original_of(matrix(np.array(values))), Choices(OWN_SIZE, scaled=True))
    np.testing.assert_allclose(image.pixels[:, :, 0], expected, atol=1e-6)


def test_inverting_swaps_the_ends_of_the_range() -> None:
    inverted = image_of(original_of(matrix(HANDBOOK)), Choices(OWN_SIZE, inverted=True))
    np.testing.assert_array_equal(inverted.pixels[:, :, 0], 2 - HANDBOOK)
    picture = original_of(photo(4, 4))
    sums = image_of(picture, Choices(4)).pixels + image_of(picture, Choices(4, inverted=True)).pixels
    np.testing.assert_allclose(sums, 1, atol=1e-6)


def test_a_picture_in_colour_stays_in_colour_on_white_paper() -> None:
    original = original_of(photo(10, 20))
    assert original.coloured
    image = image_of(original, original.first_choices(Choices(side=28)))
    assert image.shape == (28, 28, 3) and image.light
    assert np.all(image.pixels[:7] == 1) and np.all(image.pixels[7:21] < 1)
    assert not original.scalable
    assert np.all(image_of(original, Choices(28, inverted=True)).pixels[:7] == 0)


def test_the_planes_of_a_picture_are_its_own() -> None:
    picture = photo(10, 20)
    np.testing.assert_allclose(image_of(original_of(picture), Choices(OWN_SIZE)).pixels, picture.pixels, atol=1e-6)


def test_a_picture_in_colour_can_be_one_channel_of_brightness_and_the_next_one_is_too() -> None:
    picture = photo(10, 20)
    original = original_of(picture)
    image = image_of(original, Choices(OWN_SIZE, colour=False))
    assert image.shape == (10, 20, 1)
    np.testing.assert_allclose(image.pixels[..., 0], picture.pixels @ [0.299, 0.587, 0.114], atol=1e-6)
    assert not original.first_choices(Choices(colour=False)).colour


def test_three_planes_that_are_the_same_are_one() -> None:
    grey = np.repeat(np.random.default_rng(1).random((5, 4, 1), np.float32), 3, axis=2)
    original = original_of(Picture(grey, "g.png"))
    assert not original.coloured and original.pixels.shape == (5, 4, 1)
    assert image_of(original, Choices(OWN_SIZE)).shape == (5, 4, 1)


def test_a_matrix_of_three_channels_keeps_them() -> None:
    values = np.arange(24, dtype=np.float32).reshape(2, 4, 3)
    original = original_of(Matrix(values, "m.npy", values.shape, (0, 23)))
    image = image_of(original, original.first_choices(Choices()))
    np.testing.assert_array_equal(image.pixels, values)
    assert not image.light


def test_the_own_size_is_at_most_512() -> None:
    assert size_of(original_of(photo(30, 40)), Choices(OWN_SIZE)) == (30, 40)
    assert size_of(original_of(photo(600, 1200)), Choices(OWN_SIZE)) == (256, 512)
    assert size_of(original_of(photo(30, 40)), Choices(64)) == (64, 64)


def test_a_loaded_image_stands_for_itself() -> None:
    image = Image(np.ones((5, 6, 3), np.float32) * 0.5, "file", "kept.png", True)
    again = image_of(original_of_image(image), Choices(OWN_SIZE))
    assert again.shape == (5, 6, 3) and again.light and again.name == "kept.png"
    np.testing.assert_allclose(again.pixels, 0.5, atol=1e-6)


def test_an_image_is_known_by_itself_and_not_by_its_values() -> None:
    made = MadeImages()
    original = original_of(photo(8, 8))
    first, second = (Made(image_of(original, choices), original, choices) for choices in (Choices(4), Choices(4)))
    made.add(first)
    made.add(second)
    assert made.of(first.image) is first and made.of(second.image) is second
    stranger = made.of(Image(first.image.pixels, "file"))
    assert stranger.original is not original and stranger.choices == Choices(OWN_SIZE)


def test_only_the_newest_originals_are_kept() -> None:
    made = MadeImages()
    originals = [original_of(photo(8, 8)) for _ in range(MOST_ORIGINALS + 1)]
    all_made = [Made(image_of(original, Choices(4)), original, Choices(4)) for original in originals]
    for each in all_made:
        made.add(each)
    assert made.of(all_made[0].image).original is not originals[0]
    assert [made.of(each.image).original for each in all_made[1:]] == originals[1:]
    for _ in range(MOST_MADE + 1):
        made.add(Made(image_of(originals[-1], Choices(4)), originals[-1], Choices(4)))
    assert made.of(all_made[-1].image) is not all_made[-1]

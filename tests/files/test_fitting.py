"""Fitting a picture to a size: means are kept, aspects too, and nothing leaves the range of the values."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cnn_explorer.files.fitting import FITS, fit, luminance, own_size

RANDOM = np.random.default_rng(7)


def picture(rows: int, columns: int) -> np.ndarray:
    return RANDOM.random((rows, columns, 1), np.float32)


def test_luminance_is_rec_601_and_leaves_one_channel_alone() -> None:
    colours = np.array([[[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 1], [0.5, 0.5, 0.5]]], np.float32)
    assert luminance(colours).shape == (1, 5, 1)
    np.testing.assert_allclose(luminance(colours)[0, :, 0], [0.299, 0.587, 0.114, 1, 0.5], atol=1e-6)
    assert luminance(colours).max() <= 1
    grey = picture(3, 4)
    assert luminance(grey) is grey


@pytest.mark.parametrize("how", FITS)
def test_the_same_size_keeps_every_value(how: str) -> None:
    pixels = picture(7, 9)
    np.testing.assert_array_equal(fit(pixels, 7, 9, how), pixels)


@pytest.mark.parametrize("how", FITS)
@pytest.mark.parametrize("size", [(7, 7), (40, 13), (64, 28)])
def test_each_plane_of_a_colour_picture_is_fitted_as_it_would_be_alone(how: str, size: tuple[int, int]) -> None:
    colours = RANDOM.random((31, 20, 3), np.float32)
    colours[0, 0], colours[1, 1] = 0, 1
    fitted = fit(colours, *size, how, paper=1.0)
    assert fitted.shape == (*size, 3) and fitted.dtype == np.float32
    for plane in range(3):
        alone = fit(colours[..., plane : plane + 1], *size, how, paper=1.0)
        np.testing.assert_allclose(fitted[..., plane : plane + 1], alone, atol=1e-6)


@pytest.mark.parametrize("size", [(1, 1), (7, 7), (13, 50), (64, 28)])
def test_shrinking_keeps_the_mean(size: tuple[int, int]) -> None:
    pixels = picture(131, 97)
    assert fit(pixels, *size, "stretched").mean() == pytest.approx(pixels.mean(), abs=2e-5)


def test_shrinking_by_a_whole_number_averages_blocks() -> None:
    pixels = picture(12, 8)
    blocks = pixels[:, :, 0].reshape(4, 3, 4, 2).mean(axis=(1, 3))
    np.testing.assert_allclose(fit(pixels, 4, 4, "stretched")[:, :, 0], blocks, atol=1e-6)


def test_enlarging_an_edge_does_not_ring_and_runs_evenly() -> None:
    edge = np.zeros((8, 8, 1), np.float32)
    edge[:, 4:] = 1
    large = fit(edge, 64, 64, "stretched")
    assert large.min() == 0 and large.max() == 1
    assert np.all(np.diff(large[10, :, 0]) >= 0)
    np.testing.assert_array_equal(large, large[:1].repeat(64, axis=0))


def test_padding_shows_the_whole_picture_between_bars_of_paper() -> None:
    pixels = 0.25 + 0.5 * picture(20, 40)
    padded = fit(pixels, 28, 28, "padded", paper=1.0)
    assert np.all(padded[:7] == 1) and np.all(padded[-7:] == 1)
    np.testing.assert_allclose(padded[7:21], fit(pixels, 14, 28, "stretched"))
    upright = fit(pixels.swapaxes(0, 1), 28, 28, "padded", paper=1.0)
    np.testing.assert_allclose(upright, padded.swapaxes(0, 1), atol=1e-6)


def test_cropping_fills_the_size_with_the_middle() -> None:
    pixels = np.zeros((20, 60, 1), np.float32)
    pixels[:, 20:40] = 1
    assert np.all(fit(pixels, 10, 10, "cropped") == 1)
    np.testing.assert_allclose(
        fit(picture_of_columns(40), 10, 20, "cropped")[:, :, 0],
        fit(picture_of_columns(40)[10:30], 10, 20, "stretched")[:, :, 0],
        atol=1e-6,
    )


def picture_of_columns(side: int) -> np.ndarray:
    return np.linspace(0, 1, side * side, dtype=np.float32).reshape(side, side, 1)


def test_a_line_of_pixels_stays_a_picture() -> None:
    thin = picture(1, 900)
    assert fit(thin, 28, 28, "padded").shape == (28, 28, 1)
    assert fit(thin, 28, 28, "cropped").shape == (28, 28, 1)
    assert own_size(1, 900, 512) == (1, 512)


def test_own_size_keeps_the_aspect_and_never_enlarges() -> None:
    assert own_size(300, 400, 512) == (300, 400)
    assert own_size(3000, 4000, 512) == (384, 512)
    assert own_size(4000, 3000, 512) == (512, 384)


@settings(max_examples=60, deadline=None)
@given(
    st.tuples(st.integers(1, 40), st.integers(1, 40)),
    st.tuples(st.integers(1, 40), st.integers(1, 40)),
    st.sampled_from(sorted(FITS)),
    st.integers(0, 2**31),
)
def test_no_value_leaves_the_range(before: tuple[int, int], after: tuple[int, int], how: str, seed: int) -> None:
    pixels = (np.random.default_rng(seed).random((*before, 1)) * 5 - 2).astype(np.float32)
    fitted = fit(pixels, *after, how, paper=float(pixels.min()))
    assert fitted.shape == (*after, 1) and fitted.dtype == np.float32
    assert fitted.min() >= pixels.min() and fitted.max() <= pixels.max()
    constant = np.full((*before, 1), 0.3, np.float32)
    np.testing.assert_array_equal(fit(constant, *after, how, paper=0.3), np.full((*after, 1), 0.3, np.float32))

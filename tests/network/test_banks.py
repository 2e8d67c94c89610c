"""Banks of filters: the properties that their formulas promise, for every size of kernel."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnn_explorer.network.arrays import Floats, frozen
from cnn_explorer.network.banks import BANKS, Bank, edges, gabor, glorot_weights, he_weights, preset_banks
from cnn_explorer.network.kernels import flipped180, rotated90, transposed
from cnn_explorer.network.layers import Conv2D
from cnn_explorer.network.presets import kernel_presets, texts

BY_NAME = {str(bank.name): bank for bank in BANKS}
ZERO_SUMS = ("Edges", "Gabor", "Spots (DoG)")
DRAWN = (*ZERO_SUMS, "Gaussians", "Named kernels")
sides = st.integers(3, 7)


def fill(name: str, rows: int = 3, columns: int = 3, channels: int = 1, filters: int = 8, seed: int = 0) -> Floats:
    kernels = BY_NAME[name].fill(rows, columns, channels, filters, np.random.default_rng(seed))
    assert kernels.shape == (rows, columns, channels, filters)
    assert kernels.dtype == np.float32
    return kernels


def test_the_banks_that_were_asked_for_are_there_and_say_what_they_do() -> None:
    assert list(BY_NAME) == [
        "Edges", "Gabor", "Gaussians", "Spots (DoG)", "Random (He)", "Random (Glorot)", "Named kernels",
    ]  # fmt: skip
    for bank in (*BANKS, *preset_banks()):
        assert str(bank.does).endswith(".")
        assert len(str(bank.does)) <= 130


@given(st.sampled_from(ZERO_SUMS), sides, sides, st.integers(1, 5), st.integers(1, 20))
def test_a_flat_area_gives_0_and_the_positive_weights_add_up_to_1(
    name: str, rows: int, columns: int, channels: int, filters: int
) -> None:
    kernels = fill(name, rows, columns, channels, filters).astype(float)
    np.testing.assert_allclose(kernels.sum((0, 1, 2)), 0, atol=1e-6)
    np.testing.assert_allclose(np.clip(kernels, 0, None).sum((0, 1, 2)), 1, rtol=1e-5)


@given(sides, sides, st.integers(1, 5), st.integers(1, 20))
def test_gaussians_add_up_to_1_over_all_channels_and_grow(rows: int, columns: int, channels: int, filters: int) -> None:
    kernels = fill("Gaussians", rows, columns, channels, filters)
    np.testing.assert_allclose(kernels.astype(float).sum((0, 1, 2)), 1, rtol=1e-5)
    assert (kernels > 0).all()
    middles = kernels.max((0, 1, 2))
    assert (np.diff(middles) < 0).all()


@given(st.sampled_from(DRAWN), st.integers(2, 6))
def test_drawn_patterns_are_the_same_on_every_channel(name: str, channels: int) -> None:
    one, several = fill(name), fill(name, channels=channels)
    for channel in range(channels):
        np.testing.assert_allclose(several[:, :, channel] * channels, one[:, :, 0], rtol=1e-5)


@given(sides, st.sampled_from(range(8)))
def test_edges_turn_with_their_number(side: int, number: int) -> None:
    kernels = fill("Edges", side, side)[:, :, 0]
    here = frozen(kernels[..., number])
    np.testing.assert_allclose(kernels[..., (number + 2) % 8], rotated90(here), atol=1e-6)
    np.testing.assert_allclose(kernels[..., (number + 4) % 8], flipped180(here), atol=1e-6)


def test_the_first_edges_are_sobels() -> None:
    kernels, presets = fill("Edges")[:, :, 0], {str(each.name): each.weights for each in kernel_presets()}
    np.testing.assert_allclose(kernels[..., 0] * 4, presets["Sobel x"], atol=1e-6)
    np.testing.assert_allclose(kernels[..., 2] * 4, presets["Sobel y"], atol=1e-6)
    np.testing.assert_allclose(kernels[..., 2], transposed(frozen(kernels[..., 0])), atol=1e-6)
    assert (kernels[..., 0] == 0).sum() == 3


@pytest.mark.parametrize(("number", "right", "down"), [(0, 1, 0), (2, 0, 1), (4, -1, 0), (6, 0, -1)])
def test_an_edge_gives_1_for_a_step_in_its_direction(number: int, right: int, down: int) -> None:
    layer = Conv2D(kernel=frozen(fill("Edges")), bias=frozen(np.zeros(8)))
    for window, expected in ((np.array([[0, 1, 1]] * 3), right), (np.array([[0, 1, 1]] * 3).T, down)):
        output = layer.forward(frozen(window)[:, :, None])[0, 0]
        assert output[number] == pytest.approx(expected, abs=1e-6)
        assert output.max() == pytest.approx(1, abs=1e-6)


def test_a_diagonal_edge_is_found_by_the_filter_of_its_direction() -> None:
    layer = Conv2D(kernel=frozen(fill("Edges")), bias=frozen(np.zeros(8)))
    rows, columns = np.mgrid[:3, :3]
    for number, wall in ((1, rows + columns > 2), (3, rows - columns > 0), (5, rows + columns < 2)):
        assert layer.forward(frozen(wall)[:, :, None])[0, 0].argmax() == number


@given(st.sampled_from(("Edges", "Gabor")), st.integers(3, 7))
def test_64_filters_are_64_different_ones(name: str, side: int) -> None:
    kernels = fill(name, side, side, 1, 64).reshape(-1, 64)
    assert len({tuple(kernels[:, number].round(5)) for number in range(64)}) == 64


@given(sides, sides)
def test_gabors_come_in_pairs_for_lines_and_for_edges(rows: int, columns: int) -> None:
    kernels = fill("Gabor", rows, columns)[:, :, 0]
    for number in range(8):
        turned = kernels[::-1, ::-1, number]
        np.testing.assert_allclose(turned, kernels[..., number] * (-1) ** number, atol=1e-6)


def test_a_gabor_responds_most_to_lines_in_its_direction() -> None:
    line = np.zeros((5, 5))
    line[:, 2] = 1
    rows, columns = np.mgrid[:5, :5]
    layer = Conv2D(kernel=frozen(fill("Gabor", 5, 5)), bias=frozen(np.zeros(8)))
    for number, picture in ((0, line), (2, rows + columns == 4), (4, line.T), (6, rows == columns)):
        assert layer.forward(frozen(picture)[:, :, None])[0, 0].argmax() == number


def test_a_spot_is_found_by_the_difference_of_its_sign() -> None:
    kernels = fill("Spots (DoG)", 5, 5)[:, :, 0]
    assert (kernels[2, 2, ::2] > 0).all()
    np.testing.assert_array_equal(kernels[..., 1::2], -kernels[..., ::2])
    np.testing.assert_allclose(kernels, kernels.swapaxes(0, 1), atol=1e-6)


@pytest.mark.parametrize(("name", "variance"), [("Random (He)", 2 / 75), ("Random (Glorot)", 2 / (75 + 25 * 64))])
def test_random_weights_have_the_variance_that_their_inventors_gave_them(name: str, variance: float) -> None:
    kernels = fill(name, 5, 5, 3, 64)
    assert kernels.mean() == pytest.approx(0, abs=3 * (variance / kernels.size) ** 0.5)
    assert kernels.var() == pytest.approx(variance, rel=0.05)


def test_random_weights_keep_within_their_bounds() -> None:
    rng = np.random.default_rng(1)
    limit = (6 / (9 * (2 + 16))) ** 0.5
    uniform = glorot_weights(3, 3, 2, 16, rng)
    assert 0.95 * limit < np.abs(uniform).max() <= limit
    deviation = (2 / 18) ** 0.5 / 0.87962566103423978
    assert np.abs(he_weights(3, 3, 2, 16, rng)).max() <= 2 * deviation


def test_the_same_generator_gives_the_same_weights_and_another_others() -> None:
    for name in ("Random (He)", "Random (Glorot)"):
        assert np.array_equal(fill(name, seed=4), fill(name, seed=4))
        assert not np.array_equal(fill(name, seed=4), fill(name, seed=5))


def test_named_kernels_follow_the_gallery_and_begin_again() -> None:
    presets = kernel_presets()
    kernels = fill("Named kernels", filters=len(presets) + 2)[:, :, 0]
    for number in range(len(presets) + 2):
        assert np.array_equal(kernels[..., number], presets[number % len(presets)].weights)
    larger = fill("Named kernels", 5, 5)[:, :, 0]
    assert np.array_equal(larger[1:4, 1:4, 5], presets[5].weights)
    assert np.abs(larger[..., 5]).sum() == np.abs(presets[5].weights).sum()


def test_one_kernel_in_every_filter() -> None:
    for bank, preset in zip(preset_banks(), kernel_presets(), strict=True):
        kernels = bank.fill(3, 3, 2, 4, np.random.default_rng())
        assert (bank.name, bank.does) == (preset.name, preset.does)
        np.testing.assert_allclose(kernels, np.broadcast_to(preset.weights[:, :, None, None] / 2, (3, 3, 2, 4)))


@given(st.sampled_from([*BANKS, preset_banks()[0]]), st.integers(1, 7), st.integers(1, 7))
def test_every_size_gives_finite_weights_and_small_kernels_are_told(bank: Bank, rows: int, columns: int) -> None:
    kernels = bank.fill(rows, columns, 2, 9, np.random.default_rng(0))
    assert np.isfinite(kernels).all()
    assert bank.suits(rows, columns) == (min(rows, columns) >= bank.smallest)
    if bank.suits(rows, columns) and bank.fill in (edges, gabor):
        assert (np.abs(kernels).sum((0, 1, 2)) > 0).all()


def test_the_gallerys_texts_are_collected_already() -> None:
    assert {str(bank.does) for bank in preset_banks()} <= set(texts())

"""The nearest textbook kernel: over sign and scale, with the values of a cosine."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnn_explorer.network.arrays import Floats, frozen
from cnn_explorer.network.textbook import BY_CHANCE, nearest, textbook

BY_NAME = {str(preset.name): preset.weights for preset in textbook()}
SOBEL_Y = BY_NAME["Sobel y"]
PRESETS = st.sampled_from(sorted(BY_NAME))
SCALES = st.floats(1e-3, 1e3)


def test_the_worked_example_is_no_textbook_kernel() -> None:
    assert "Handbook" not in BY_NAME
    assert {"Identity", "Box blur", "Sobel x", "Sobel y", "Laplacian 4", "Emboss"} <= set(BY_NAME)


@given(PRESETS, SCALES)
def test_every_textbook_kernel_is_itself_at_any_scale(name: str, scale: float) -> None:
    found = nearest(frozen(BY_NAME[name] * scale))
    assert found is not None
    assert (str(found.preset.name), found.opposite) == (name, False)
    assert found.similarity == pytest.approx(1, abs=1e-6)
    assert found.scale == pytest.approx(scale, rel=1e-4)
    assert str(found.sentence()) == f"100 % {name}"


def test_the_other_sign_is_said() -> None:
    found = nearest(frozen(-0.3 * SOBEL_Y))
    assert found is not None and found.opposite
    assert str(found.sentence()) == "100 % Sobel y, with every sign turned"
    assert np.allclose(found.weights, -0.3 * SOBEL_Y)


def test_an_outline_is_an_outline_and_not_a_turned_laplacian() -> None:
    """The two are each other's opposite: that with the same sign is told."""
    for name in ("Outline", "Laplacian 8"):
        found = nearest(BY_NAME[name])
        assert found is not None and (str(found.preset.name), found.opposite) == (name, False)


def test_a_sobel_on_a_pedestal_is_92_percent_of_one() -> None:
    """Σ a·b = 12, Σ a² = 12 + 9/4, Σ b² = 12: 12 / √(14.25 · 12) = 0.918."""
    found = nearest(frozen(SOBEL_Y + 0.5))
    assert found is not None
    assert found.similarity == pytest.approx(12 / np.sqrt(14.25 * 12))
    assert str(found.sentence()) == "92 % Sobel y"
    assert found.scale == pytest.approx(1.0)


def test_without_the_mean_only_the_pattern_counts() -> None:
    found = nearest(frozen(SOBEL_Y + 0.5), centred=True)
    assert found is not None
    assert str(found.preset.name) == "Sobel y" and found.similarity == pytest.approx(1)
    assert nearest(frozen(np.ones((3, 3))), centred=True) is None  # nothing is left of a box


def test_a_saddle_is_like_no_textbook_kernel() -> None:
    """It stands at right angles to all but the diagonal: Σ a·b = 2/3, Σ a² = 4, Σ b² = 1/3."""
    found = nearest(frozen([[1, 0, -1], [0, 0, 0], [-1, 0, 1]]))
    assert found is not None and str(found.preset.name) == "Motion blur"
    assert found.similarity == pytest.approx(2 / 3 / np.sqrt(4 / 3))
    assert found.by_chance


@given(st.integers(0, 10_000))
def test_the_measure_does_not_see_scale_or_sign(seed: int) -> None:
    kernel = np.random.default_rng(seed).standard_normal((3, 3)).astype(np.float32)
    one, other = nearest(kernel), nearest(kernel * np.float32(-7))
    assert one is not None and other is not None
    assert one.similarity == pytest.approx(other.similarity, rel=1e-5)
    assert 0 < one.similarity <= 1


def test_how_near_chance_comes() -> None:
    """The 95th percentile of what the sentence calls chance, and that it then says so."""
    kernels = np.random.default_rng(0).standard_normal((4000, 3, 3)).astype(np.float32)
    found = [nearest(kernel) for kernel in kernels]
    near = np.array([each.similarity for each in found if each is not None])
    assert np.percentile(near, 95) == pytest.approx(BY_CHANCE, abs=0.015)
    assert np.median(near) == pytest.approx(0.58, abs=0.015)
    weak = next(each for each in found if each is not None and each.by_chance)
    assert str(weak.sentence()).startswith("Like no textbook kernel")


@pytest.mark.parametrize("kernel", [np.zeros((3, 3)), np.ones((5, 5)), np.ones((3, 1))])
def test_what_can_not_be_compared(kernel: Floats) -> None:
    assert nearest(frozen(kernel)) is None

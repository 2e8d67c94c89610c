"""Finding a kernel: the gradient is that of the loss, descent finds the kernel where the picture tells it, and the
largest learning rate is where it begins to fly apart."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnn_explorer.network.arrays import Floats, frozen
from cnn_explorer.network.kernel_search import (
    Search,
    hidden_kernel,
    largest_rate,
    map_of,
    weights_told,
)
from cnn_explorer.network.layers import Conv2D
from cnn_explorer.network.presets import image_presets


def picture(seed: int = 0) -> Floats:
    return frozen(np.random.default_rng(seed).integers(0, 3, (7, 7)))


def search(seed: int = 0) -> tuple[Search, Floats]:
    wanted = hidden_kernel(np.random.default_rng(seed))
    return Search(picture(), map_of(picture(), wanted), frozen(np.zeros((3, 3)))), wanted


def test_the_map_is_that_of_a_convolution() -> None:
    kernel = frozen(np.random.default_rng(1).normal(size=(3, 3)))
    layer = Conv2D(kernel=kernel[:, :, np.newaxis, np.newaxis])
    np.testing.assert_allclose(
        map_of(picture(), kernel), layer.forward(picture()[..., np.newaxis])[..., 0], rtol=1e-5, atol=1e-5
    )


@given(st.integers(0, 1000))
def test_the_gradient_is_that_of_the_loss(seed: int) -> None:
    rng = np.random.default_rng(seed)
    found = Search(picture(seed), frozen(rng.normal(size=(5, 5))), frozen(rng.normal(size=(3, 3))))
    row, column = rng.integers(0, 3, 2)
    step = np.zeros((3, 3))
    step[row, column] = 1e-2
    slope = (found.loss_of(found.kernel + step) - found.loss_of(found.kernel - step)) / 2e-2  # type: ignore[arg-type]
    assert slope == pytest.approx(found.gradient[row, column], rel=1e-3, abs=1e-3)


def test_descent_finds_the_hidden_kernel() -> None:
    found, wanted = search()
    rate = largest_rate(found.image) * 0.9
    after = found.stepped(rate, 3000)
    np.testing.assert_allclose(after.kernel, wanted, atol=0.01)
    assert after.steps == 3000 and len(after.losses) == 3001
    assert after.loss < 1e-4 < found.loss


@given(st.integers(0, 200), st.floats(0.05, 0.95))
def test_below_the_largest_rate_every_step_makes_the_loss_smaller(seed: int, part: float) -> None:
    found, _ = search(seed)
    losses = found.stepped(part * largest_rate(found.image), 30).losses
    assert all(after <= before * (1 + 1e-5) + 1e-9 for before, after in zip(losses, losses[1:], strict=False))


def test_beyond_it_the_numbers_grow_and_end_at_the_last_that_can_be_shown() -> None:
    found, _ = search()
    after = found.stepped(largest_rate(found.image) * 1.3, 5000)
    assert after.losses[-1] > found.loss
    assert after.steps < 5000 and np.isfinite(after.kernel).all()


def test_a_picture_with_little_in_it_tells_few_weights() -> None:
    assert weights_told(frozen(np.zeros((7, 7)))) == 0
    assert weights_told(frozen(np.ones((7, 7)))) == 1
    assert weights_told(picture()) == 9
    assert largest_rate(frozen(np.zeros((7, 7)))) == float("inf")
    assert any(weights_told(preset.pixels[..., 0]) == 9 for preset in image_presets())


def test_a_kernel_chosen_by_hand_has_a_loss_of_its_own() -> None:
    found, wanted = search()
    by_hand = found.stepped(0.01, 3).with_kernel(wanted)
    assert by_hand.loss == pytest.approx(0, abs=1e-9) and len(by_hand.losses) == 5
    assert found.restarted(wanted).losses == (by_hand.loss,)

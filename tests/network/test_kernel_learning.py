"""Gradient descent on one kernel: the gradient is the loss's slope, and the search finds a known kernel."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnn_explorer.network.kernel_learning import begin, best_rate, correlate, curvatures, largest_rate, undecided
from cnn_explorer.network.sentence import Refused

SOBEL = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]], np.float32)
seeds = st.integers(0, 2**32 - 1)


def picture(seed=0, rows=7, columns=7):
    return np.random.default_rng(seed).uniform(0, 1, (rows, columns)).astype(np.float32)


def test_the_map_is_the_cross_correlation():
    image = np.arange(16, dtype=np.float32).reshape(4, 4)
    expected = [[(image[i : i + 3, j : j + 3] * SOBEL).sum() for j in range(2)] for i in range(2)]
    np.testing.assert_allclose(correlate(image, SOBEL), expected)


@given(seeds)
def test_the_gradient_is_the_slope_of_the_loss(seed):
    rng = np.random.default_rng(seed)
    image, kernel = picture(seed), rng.uniform(-1, 1, (3, 3)).astype(np.float32)
    step = begin(image, rng.uniform(-1, 1, (5, 5)).astype(np.float32), kernel)
    for place in np.ndindex(3, 3):
        moved = [kernel.astype(np.float64) for _ in range(2)]
        moved[0][place] -= 1e-2
        moved[1][place] += 1e-2
        low, high = (begin(image, step.target, each.astype(np.float32)).loss for each in moved)
        assert step.gradient[place] == pytest.approx((high - low) / 2e-2, abs=1e-3)


@pytest.mark.parametrize("seed", range(5))
def test_it_finds_the_hidden_kernel(seed):
    image = picture(seed)
    step = begin(image, correlate(image, SOBEL), np.zeros((3, 3), np.float32))
    rate = best_rate(image, (3, 3))
    losses = [step.loss]
    for _ in range(40):
        step = step.after(rate, 50)
        losses.append(step.loss)
    assert step.number == 2000
    assert losses == sorted(losses, reverse=True) or losses[-1] < 1e-10
    np.testing.assert_allclose(step.kernel, SOBEL, atol=0.02)
    assert step.loss < 1e-5 * losses[0]


def test_each_step_is_the_old_kernel_minus_rate_times_gradient():
    image = picture()
    first = begin(image, correlate(image, SOBEL), np.zeros((3, 3), np.float32))
    second = first.next(0.1)
    np.testing.assert_array_equal(second.kernel, first.kernel - np.float32(0.1) * first.gradient)
    np.testing.assert_array_equal(second.error, second.output - second.target)
    assert second.number == 1 and not second.kernel.flags.writeable


@given(seeds)
def test_above_the_largest_rate_it_overshoots_and_below_it_comes_nearer(seed):
    image = picture(seed)
    first = begin(image, correlate(image, SOBEL), np.zeros((3, 3), np.float32))
    limit = largest_rate(image, (3, 3))
    assert first.after(0.95 * limit, 60).loss < first.loss
    assert first.after(1.2 * limit, 60).loss > first.loss
    assert best_rate(image, (3, 3)) <= limit


def test_an_image_that_does_not_decide_says_so():
    flat = np.ones((7, 7), np.float32)
    assert undecided(picture(), (3, 3)) is None
    assert "8 combinations" in str(undecided(flat, (3, 3)))
    empty = np.zeros((7, 7), np.float32)
    assert "9 combinations" in str(undecided(empty, (3, 3)))
    assert best_rate(empty, (3, 3)) == 0 and largest_rate(empty, (3, 3)) == np.inf
    assert (curvatures(flat, (3, 3)) >= 0).all()


def test_sizes_that_do_not_go_together_are_refused():
    with pytest.raises(Refused, match="map of 5×5 cells.*target has 4×4"):
        begin(picture(), np.zeros((4, 4), np.float32), SOBEL)
    with pytest.raises(Refused):
        begin(picture(rows=2), np.zeros((1, 1), np.float32), SOBEL)

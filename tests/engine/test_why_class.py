"""The reasons of a class, where they are known: linear networks, one that reads one pixel, and gradients by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from cnn_explorer.network.arrays import frozen
from cnn_explorer.network.layers import Activation, Add, Conv2D, Dense, Flatten, GlobalAveragePooling2D, MaxPooling2D
from cnn_explorer.network.layers.layer import Shape
from tests.engine.paths import found_by, path_of

RNG = np.random.default_rng(5)


@pytest.fixture
def why(forward: Any) -> Any:
    from cnn_explorer.engine import why_class

    return why_class


def image(rows: int = 6, columns: int = 5, channels: int = 1) -> np.ndarray:
    return np.asarray(RNG.uniform(-1, 1, (1, rows, columns, channels)), np.float32)


def linear(shape: Shape, classes: int = 3, softmax: bool = True) -> tuple[np.ndarray, Any]:
    """Weights (pixels, classes) and the network that multiplies with them."""
    kernel = RNG.uniform(-1, 1, (int(np.prod(shape)), classes)).astype(np.float32)
    dense = Dense(kernel=frozen(kernel), bias=frozen(RNG.uniform(-1, 1, classes)))
    end = (Activation(activation="softmax"),) if softmax else ()
    return kernel, path_of(shape, Flatten(), dense, *end)


def convolutional(shape: Shape) -> Any:
    kernel = frozen(RNG.uniform(-1, 1, (3, 3, shape[2], 4)))
    layers = (Conv2D(kernel=kernel, bias=frozen(RNG.uniform(-0.5, 0.5, 4)), padding="same"), Activation(), Flatten())
    dense = Dense(kernel=frozen(RNG.uniform(-1, 1, (shape[0] * shape[1] * 4, 3))), bias=frozen([0, 0.5, 1]))
    return path_of(shape, *layers, dense, Activation(activation="softmax"))


@pytest.mark.parametrize("softmax", [True, False])
@pytest.mark.parametrize("channels", [1, 3])
def test_integrated_gradients_of_a_linear_network_are_weight_times_pixel(
    why: Any, softmax: bool, channels: int
) -> None:
    x = image(channels=channels)
    kernel, path = linear(x.shape[1:], softmax=softmax)
    heat = found_by(why.integrated_gradients(x, path, 1, steps=7))
    products = x[0] * kernel[:, 1].reshape(x.shape[1:])
    assert np.allclose(heat.values, products.sum(2), atol=1e-5)
    assert heat.total == pytest.approx(heat.score - heat.baseline, abs=1e-4)
    assert heat.baseline == pytest.approx(float(path.layers[1].bias[1]), abs=1e-6)  # type: ignore[attr-defined]


def test_integrated_gradients_are_complete(why: Any) -> None:
    """They add up to the score minus that of the empty image. A ReLU's bends leave an error, and more steps less."""
    x = image(8, 8)
    path = convolutional((8, 8, 1))
    few, many = (found_by(why.integrated_gradients(x, path, 2, steps=steps)) for steps in (4, 256))
    gaps = [abs(heat.total - (heat.score - heat.baseline)) for heat in (few, many)]
    assert gaps[1] < 0.02 < abs(many.score - many.baseline)
    assert gaps[1] < gaps[0]


def test_the_score_is_what_stands_before_the_softmax(why: Any) -> None:
    from cnn_explorer.engine.stepwise import run

    x = image()
    _, path = linear(x.shape[1:])
    heat = found_by(why.occlusion(x, path, 2))
    assert heat.score == pytest.approx(float(run(x, path.upto(2))[0, 0, 0, 2]), abs=1e-6)


@pytest.mark.parametrize("pixel", [(0, 0), (3, 2), (5, 4)])
def test_occlusion_finds_the_one_pixel_that_is_read(why: Any, pixel: tuple[int, int]) -> None:
    x = np.full((1, 6, 5, 1), 0.5, np.float32)
    kernel = np.zeros((6, 5, 2), np.float32)
    kernel[pixel][1] = 4.0
    path = path_of((6, 5, 1), Flatten(), Dense(kernel=frozen(kernel.reshape(30, 2)), bias=frozen([0, 1])))
    heat = found_by(why.occlusion(x, path, 1, size=1, stride=1))
    expected = np.zeros((6, 5))
    expected[pixel] = 4.0 * 0.5
    assert np.allclose(heat.values, expected)
    assert found_by(why.occlusion(x, path, 0, size=1, stride=1)).values.any() == np.False_


def test_larger_squares_are_averaged_where_they_overlap(why: Any) -> None:
    """A square of 2×2 moved by 1 over 1×4 pixels of which the second is read: the fall is seen at both its sides."""
    x = np.ones((1, 2, 4, 1), np.float32)
    kernel = np.zeros((2, 4, 2), np.float32)
    kernel[0, 1, 0] = 1.0
    path = path_of((2, 4, 1), Flatten(), Dense(kernel=frozen(kernel.reshape(8, 2)), bias=frozen([0, 0])))
    heat = found_by(why.occlusion(x, path, 0, size=2, stride=1))
    # Squares begin at columns 0, 1 and 2; the first two cover the pixel that is read.
    assert heat.values.tolist() == [[1.0, 1.0, 0.5, 0.0]] * 2


def test_the_last_square_stands_at_the_border(why: Any) -> None:
    x = np.ones((1, 7, 7, 1), np.float32)
    kernel = np.zeros((7, 7, 2), np.float32)
    kernel[6, 6, 0] = 1.0
    path = path_of((7, 7, 1), Flatten(), Dense(kernel=frozen(kernel.reshape(49, 2)), bias=frozen([0, 0])))
    heat = found_by(why.occlusion(x, path, 0, size=4, stride=4))
    assert heat.values[6, 6] == 1.0 and heat.values[2, 2] == 0.0


def test_a_square_may_be_larger_than_the_image_and_filled_with_something_else(why: Any) -> None:
    x = np.ones((1, 2, 2, 1), np.float32)
    path = path_of((2, 2, 1), Flatten(), Dense(kernel=frozen(np.ones((4, 2))), bias=frozen([0, 0])))
    assert found_by(why.occlusion(x, path, 0, size=9, fill=0.25)).values.tolist() == [[3.0, 3.0], [3.0, 3.0]]


def test_grad_cam_of_a_mean_is_the_weighted_sum_of_the_maps(why: Any) -> None:
    """score = Σ w_k · mean(A_k) + b, so ∂score/∂A_k is w_k / cells everywhere: the heat is ReLU(Σ w_k A_k) / cells."""
    x = image(4, 4, 3)
    kernel = np.array([[1.0, 0], [-2, 1], [0.5, 3]], np.float32)
    same = Conv2D(kernel=frozen(np.eye(3)[np.newaxis, np.newaxis]), bias=frozen([0, 0, 0]))
    dense = Dense(kernel=frozen(kernel), bias=frozen([0, 0]))
    path = path_of((4, 4, 3), same, GlobalAveragePooling2D(), dense, Activation(activation="softmax"))
    heat = found_by(why.grad_cam(x, path, 0, 1))
    assert np.allclose(heat.values, np.maximum(x[0] @ kernel[:, 0], 0) / 16, atol=1e-6)
    assert heat.score == pytest.approx(float((x[0].mean((0, 1)) @ kernel)[0]), abs=1e-6)


def test_grad_cam_is_stretched_to_the_image(why: Any) -> None:
    x = np.zeros((1, 8, 8, 1), np.float32)
    x[0, :4, :4] = 1.0
    layers = (MaxPooling2D(pool_size=(4, 4), strides=(4, 4)), GlobalAveragePooling2D())
    dense = Dense(kernel=frozen([[1.0, -1.0]]), bias=frozen([0, 0]))
    heat = found_by(why.grad_cam(x, path_of((8, 8, 1), *layers, dense), 0, 1))
    assert heat.values.shape == (8, 8)
    assert heat.values[0, 0] == pytest.approx(0.25) and heat.values[7, 7] == 0
    assert (np.diff(heat.values[0]) <= 0).all()


def test_it_can_be_stopped_between_two_steps(why: Any) -> None:
    steps = why.integrated_gradients(image(8, 8), convolutional((8, 8, 1)), 0, steps=1000)
    assert next(steps).done < 1000
    steps.close()
    with pytest.raises(StopIteration):
        next(steps)


def residual(channels: int = 2) -> Any:
    """A convolution whose output goes on through another one and past it; both are added, pooled and told apart."""
    kernels = [frozen(RNG.uniform(-1, 1, (3, 3, before, channels))) for before in (1, channels)]
    first, second = (Conv2D(kernel=each, bias=frozen(np.zeros(channels)), padding="same") for each in kernels)
    dense = Dense(kernel=frozen(RNG.uniform(-1, 1, (channels, 3))), bias=frozen([0, 0, 0]))
    layers = (first, second, Add(), GlobalAveragePooling2D(), dense, Activation(activation="softmax"))
    return path_of((6, 6, 1), *layers, sources=((0,), (1,), (1, 2), (3,), (4,), (5,)))


def test_in_a_network_with_branches_the_gradient_takes_both_ways(why: Any) -> None:
    """The map before the branches: score = Σ w_k mean(A_k + conv(A)_k), by finite differences along one cell."""
    from cnn_explorer.engine.stepwise import run, without_softmax

    x, path = image(6, 6), residual()
    heat = found_by(why.grad_cam(x, path, 1, 1))

    def score(change: Any) -> float:
        return float(run(x, without_softmax(path), {1: lambda y: y + change})[0, 0, 0, 1])

    slopes = []
    for channel in range(2):  # the mean of all cells' gradients: all of them moved together
        step = np.zeros((1, 6, 6, 2), np.float32)
        step[..., channel] = 0.5
        slopes.append((score(step) - score(-step)) / 36)
    maps = np.asarray(run(x, path.upto(1)))[0]
    assert np.allclose(heat.values, np.maximum(maps @ np.array(slopes, np.float32), 0), atol=1e-4)


def test_integrated_gradients_of_a_linear_network_with_branches_are_complete_in_one_step(why: Any) -> None:
    heat = found_by(why.integrated_gradients(image(6, 6), residual(), 2, steps=1))
    assert heat.total == pytest.approx(heat.score - heat.baseline, abs=1e-4)

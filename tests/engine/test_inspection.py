"""What filters are for, where it is known: planted patches, linear filters, networks that lean on one filter."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from cnn_explorer.network.arrays import Floats, frozen
from cnn_explorer.network.findings import ImageSet
from cnn_explorer.network.layers import (
    Activation,
    BatchNormalization,
    Concatenate,
    Conv2D,
    Conv2DTranspose,
    Dense,
    Flatten,
    GlobalMaxPooling2D,
    MaxPooling2D,
    SeparableConv2D,
    UpSampling2D,
)
from tests.engine.paths import found_by, path_of

RNG = np.random.default_rng(11)
PATTERN = np.array([[0, 255, 0], [255, 255, 255], [0, 255, 0]], np.uint8)
CROSS = (PATTERN / 255.0 * 2 - 1).astype(np.float32)


@pytest.fixture
def inspection(forward: Any) -> Any:
    from cnn_explorer.engine import inspection

    return inspection


def convolution(*kernels: np.ndarray, **fields: Any) -> Conv2D:
    """Filters for one channel."""
    kernel = np.stack(kernels, -1)[:, :, np.newaxis]
    return Conv2D(kernel=frozen(kernel), bias=frozen(np.zeros(len(kernels))), **fields)


def planted(count: int = 40, side: int = 12) -> tuple[ImageSet, dict[int, tuple[int, int]]]:
    """Images of faint noise, and where in some of them the cross stands: less and less bright."""
    images = RNG.integers(0, 25, (count, side, side)).astype(np.uint8)
    places = {7: (0, 0), 31: (9, 9), 3: (4, 6)}
    for fainter, (index, (row, column)) in enumerate(places.items()):
        images[index, row : row + 3, column : column + 3] = PATTERN - (PATTERN > 0) * np.uint8(40 * fainter)
    return ImageSet(images, None), places


def test_planted_patches_are_found_strongest_first(inspection: Any) -> None:
    data, places = planted()
    path = path_of((12, 12, 1), convolution(np.ones((3, 3)), CROSS), Activation())
    found = found_by(inspection.excite(data, path, 2, 1, most=3))
    assert found.indices == tuple(places)
    assert found.cells == tuple(places.values())
    assert found.looked_at == 40
    assert found.values[0] == pytest.approx(5.0)
    assert list(found.values) == sorted(found.values, reverse=True)
    for region, (row, column) in zip(found.regions, places.values(), strict=True):
        assert region.rows == (row, row + 1, row + 2) and region.columns == (column, column + 1, column + 2)


def test_behind_a_pooling_the_patch_is_as_large_as_the_field(inspection: Any) -> None:
    data, places = planted()
    path = path_of((12, 12, 1), convolution(CROSS), Activation(), MaxPooling2D())
    found = found_by(inspection.excite(data, path, 3, 0, most=1))
    assert found.cells == ((0, 0),)
    assert found.regions[0].rows == (0, 1, 2, 3)  # 2×2 windows of 3×3


def test_of_equal_images_the_first_comes_first_and_there_may_be_few(inspection: Any) -> None:
    data = ImageSet(np.zeros((3, 4, 4), np.uint8))
    path = path_of((4, 4, 1), convolution(np.ones((3, 3))))
    found = found_by(inspection.excite(data, path, 1, 0, most=16))
    assert found.indices == (0, 1, 2) and found.values == (0.0, 0.0, 0.0)


def test_it_does_not_matter_how_many_images_are_taken_at_once(inspection: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from cnn_explorer.engine import stepwise

    data, _ = planted()
    path = path_of((12, 12, 1), convolution(CROSS))
    found = []
    for largest in (1, 7, 256):
        monkeypatch.setattr(stepwise, "LARGEST_BATCH", largest)
        monkeypatch.setattr(inspection, "Pace", lambda size=largest: stepwise.Pace(size))
        found.append(found_by(inspection.excite(data, path, 1, 0)))
    assert found[0].indices == found[1].indices == found[2].indices


def test_grey_images_are_the_same_on_every_channel(inspection: Any) -> None:
    from cnn_explorer.engine.stepwise import as_input

    images = np.array([[[0, 51], [102, 255]]], np.uint8)
    values = np.asarray(as_input(images, (2, 2, 3)))
    assert values.shape == (1, 2, 2, 3)
    for channel in range(3):
        assert np.allclose(values[0, :, :, channel], [[0, 0.2], [0.4, 1]])


def test_activity_tells_the_dead_from_those_that_only_rest(inspection: Any) -> None:
    data, _ = planted()
    path = path_of((12, 12, 1), convolution(CROSS, -np.ones((3, 3)), np.ones((3, 3))), Activation())
    found = found_by(inspection.activity(data, path, 2))
    assert found.images == 40
    assert found.largest[1] == 0 and found.share[1] == 0  # minus a sum of ink is never above 0
    assert found.share[2] == 1.0 and found.mean[2] > found.mean[0] > 0
    assert found.largest[0] == pytest.approx(5.0)


def test_a_linear_filter_likes_the_signs_of_its_weights(inspection: Any) -> None:
    kernel = np.asarray(RNG.choice([-1, 1], (5, 5)) * RNG.uniform(0.2, 1, (5, 5)), np.float32)
    path = path_of((5, 5, 1), convolution(kernel))
    found = found_by(inspection.like(path, 1, 0, steps=100, smooth=0, fade=0, cell=(0, 0)))
    assert np.array_equal(found.picture[..., 0], (kernel > 0).astype(np.float32))
    assert found.value == pytest.approx(float(kernel[kernel > 0].sum()), rel=1e-5)
    assert found.value > found.begun
    assert found.steps == 100


def test_only_what_the_cell_sees_is_drawn(inspection: Any) -> None:
    path = path_of((9, 9, 1), convolution(np.ones((3, 3))))
    found = found_by(inspection.like(path, 1, 0, steps=200, smooth=0, cell=(2, 2)))
    picture = found.picture[..., 0].copy()
    assert (picture[2:5, 2:5] > 0.9).all()
    picture[2:5, 2:5] = 0
    assert picture.max() < 0.1  # what nothing asks for fades away


def test_an_edge_filter_draws_edges_that_no_noise_has(inspection: Any) -> None:
    """The mean of a linear map would be flat inside: its edges come from what a ReLU lets through."""
    sobel = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]], np.float32)
    path = path_of((16, 16, 1), convolution(sobel), Activation())
    found = found_by(inspection.like(path, 2, 0))
    assert found.value > 3 * found.begun
    across, down = (np.abs(np.diff(found.picture[..., 0], axis=axis)).mean() for axis in (1, 0))
    assert across > 3 * down
    assert found.picture.min() >= 0 and found.picture.max() <= 1


def test_a_class_is_climbed_by_its_score(inspection: Any) -> None:
    """A probability of 1 has no slope; the score goes on."""
    kernel = np.zeros((9, 2), np.float32)
    kernel[:, 1] = np.array([30, -30, 0, 30, -30, 0, 30, -30, 0])
    dense = Dense(kernel=frozen(kernel), bias=frozen([0, 100]))
    path = path_of((3, 3, 1), Flatten(), dense, Activation(activation="softmax"))
    found = found_by(inspection.like(path, 3, 1, steps=60, smooth=0, fade=0))
    assert found.picture[:, 0].min() == 1 and found.picture[:, 1].max() == 0
    assert found.value == pytest.approx(190, rel=1e-4)


def test_the_same_seed_draws_the_same(inspection: Any) -> None:
    path = path_of((6, 6, 1), convolution(CROSS))
    first, again = (found_by(inspection.like(path, 1, 0, steps=5)) for _ in range(2))
    assert np.array_equal(first.picture, again.picture)


def ink_counter() -> Any:
    """Class 1 where there is ink, class 0 else: all of it through filter 1."""
    layers = (convolution(np.zeros((3, 3)), np.ones((3, 3))), Activation(), GlobalMaxPooling2D())
    dense = Dense(kernel=frozen([[0, 0], [0, 10]]), bias=frozen([5, 0]))
    return path_of((6, 6, 1), *layers, dense, Activation(activation="softmax"))


def ink_data() -> ImageSet:
    images = np.zeros((30, 6, 6), np.uint8)
    labels = np.zeros(30, np.uint8)
    images[::3, 1:4, 1:4] = 255
    labels[::3] = 1
    return ImageSet(images, labels)


def test_without_the_filter_that_counts_ink_no_ink_is_seen(inspection: Any) -> None:
    data = ink_data()
    x = (data.images[:1, ..., np.newaxis] / np.float32(255)).astype(np.float32)
    found = found_by(inspection.ablate(x, ink_counter(), 1, 1, data))
    assert found.before[1] > 0.99 and found.after[0] > 0.99
    assert found.counts == (20, 10)
    assert found.right_before == (20, 10) and found.right_after == (20, 0)
    assert found.accuracies == (1.0, pytest.approx(2 / 3))
    assert found.images == 30


def test_a_filter_that_does_nothing_is_not_missed(inspection: Any) -> None:
    data = ink_data()
    x = (data.images[:1, ..., np.newaxis] / np.float32(255)).astype(np.float32)
    found = found_by(inspection.ablate(x, ink_counter(), 1, 0, data))
    assert np.array_equal(found.before, found.after)
    assert found.right_before == found.right_after


def test_an_ablation_is_the_layer_with_that_filter_s_weights_and_bias_at_0(inspection: Any) -> None:
    from cnn_explorer.engine.stepwise import run

    kernel, bias = RNG.uniform(-1, 1, (3, 3, 1, 3)), RNG.uniform(-1, 1, 3)
    dense = Dense(kernel=frozen(RNG.uniform(-1, 1, (48, 4))), bias=frozen(np.zeros(4)))

    def path(kernel: Floats, bias: Floats) -> Any:
        return path_of((6, 6, 1), Conv2D(kernel=frozen(kernel), bias=frozen(bias)), Activation(), Flatten(), dense)

    x = RNG.uniform(0, 1, (1, 6, 6, 1)).astype(np.float32)
    found = found_by(inspection.ablate(x, path(kernel, bias), 1, 2, None))
    kernel[..., 2] = bias[2] = 0
    assert np.allclose(found.after, np.asarray(run(x, path(kernel, bias)))[0, 0, 0], atol=1e-5)
    assert found.images == 0 and found.accuracies == (0.0, 0.0)


def test_many_images_at_once_are_what_each_is_alone(inspection: Any) -> None:
    """Every kind of layer takes a batch: those that shape their output themselves, too."""
    from cnn_explorer.engine.stepwise import run

    normal = BatchNormalization(
        gamma=frozen([1, 2]), beta=frozen([0, 1]), moving_mean=frozen([0.1, 0]), moving_variance=frozen([1, 4])
    )
    transposed = Conv2DTranspose(kernel=frozen(RNG.uniform(-1, 1, (3, 3, 2, 2))), bias=frozen([0, 1]), strides=(2, 2))
    separable = SeparableConv2D(
        depthwise_kernel=frozen(RNG.uniform(-1, 1, (3, 3, 2, 1))),
        pointwise_kernel=frozen(RNG.uniform(-1, 1, (1, 1, 2, 2))),
        bias=frozen([0, 0]),
    )
    layers = (
        convolution(RNG.uniform(-1, 1, (3, 3)), CROSS, padding="same"), normal, transposed, separable, UpSampling2D(),
        MaxPooling2D(), Flatten(),
    )  # fmt: skip
    path = path_of((5, 5, 1), *layers)
    x = RNG.uniform(0, 1, (3, 5, 5, 1)).astype(np.float32)
    together = np.asarray(run(x, path))
    for at in range(3):
        assert np.allclose(together[at], np.asarray(run(x[at : at + 1], path))[0], atol=1e-5)


def branched() -> Any:
    """Two convolutions side by side on the image, concatenated; and one layer that nothing of it depends on."""
    one, other, unused = convolution(CROSS), convolution(np.ones((3, 3)), CROSS), convolution(-CROSS)
    layers = (one, unused, other, Concatenate(), Flatten(), dense_for(300))
    return path_of((12, 12, 1), *layers, sources=((0,), (0,), (0,), (1, 3), (4,), (5,)))


def dense_for(inputs: int) -> Dense:
    return Dense(kernel=frozen(RNG.uniform(-1, 1, (inputs, 2))), bias=frozen([0, 0]))


def test_a_branch_is_computed_without_those_that_it_does_not_need() -> None:
    path = branched().upto(4)
    assert len(path) == 3 and path.sources == ((0,), (0,), (1, 2))
    assert len(branched().upto(2)) == 1 and branched().upto(3).sources == ((0,),)
    assert [len(branched().cut(place)) for place in (0, 3, 6)] == [0, 3, 6]


def test_patches_are_found_in_a_network_with_branches(inspection: Any) -> None:
    data, places = planted()
    found = found_by(inspection.excite(data, branched(), 4, 2, most=3))  # the second branch's second filter
    assert found.indices == tuple(places) and found.cells == tuple(places.values())
    assert found.regions[0].rows == (0, 1, 2)


def test_a_filter_is_missed_in_the_branch_that_it_is_in(inspection: Any) -> None:
    from cnn_explorer.engine.stepwise import run

    x = RNG.uniform(0, 1, (1, 12, 12, 1)).astype(np.float32)
    path = branched()
    found = found_by(inspection.ablate(x, path, 3, 0, None))
    maps = np.array(run(x, path.upto(4)))
    maps[..., 1] = 0
    dense: Any = path.layers[-1]
    assert np.allclose(found.after, maps.reshape(1, -1) @ dense.kernel, atol=1e-4)
    assert not np.allclose(found.before, found.after, atol=1e-3)

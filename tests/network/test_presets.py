"""The presets: what their sentences say about numbers holds, and the handbook's example comes first."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

from cnn_explorer.network.arrays import frozen
from cnn_explorer.network.layers import Conv2D
from cnn_explorer.network.presets import (
    KernelPreset,
    default_document,
    image_presets,
    kernel_presets,
    network_presets,
    texts,
)
from cnn_explorer.network.results import evaluate

KERNELS = {preset.name.template: preset for preset in kernel_presets()}
FLAT = np.ones((3, 3))
TO_THE_RIGHT = np.array([[0, 1, 1]] * 3)
DOWNWARDS = TO_THE_RIGHT.T
DOT = np.array([[0, 0, 0], [0, 1, 0], [0, 0, 0]])
SLOPE = np.array([[0, 1, 2], [2, 3, 4], [4, 5, 6]])


def response(name: str, window: np.ndarray) -> float:
    """What the kernel gives for one window, computed as TensorFlow does: without flipping the kernel."""
    preset = KERNELS[name]
    layer = Conv2D(kernel=frozen(preset.weights[:, :, None, None]), bias=frozen([preset.bias]))
    return float(layer.forward(frozen(window)[:, :, None])[0, 0, 0])


def test_every_preset_that_was_asked_for_is_there() -> None:
    assert list(KERNELS) == [
        "Handbook", "Identity", "Box blur", "Gaussian blur", "Sharpen", "Sobel x", "Sobel y", "Prewitt x", "Prewitt y",
        "Scharr x", "Scharr y", "Laplacian 4", "Laplacian 8", "Emboss", "Outline", "Motion blur",
    ]  # fmt: skip
    assert [preset.name.template for preset in image_presets()] == [
        "Handbook", "Vertical edge", "Horizontal edge", "Diagonal edge", "Box", "Cross", "Checkerboard", "Gradient",
        "Seven",
    ]  # fmt: skip


def test_the_handbook_comes_first(handbook: dict[str, Any]) -> None:
    kernel, image = kernel_presets()[0], image_presets()[0]
    assert kernel.weights.tolist() == handbook["kernel"]
    assert kernel.bias == handbook["bias"]
    assert image.pixels[:, :, 0].tolist() == handbook["image"]


def test_the_default_document_shows_the_handbooks_results(handbook: dict[str, Any]) -> None:
    evaluation = evaluate(default_document())
    assert evaluation.problems == ()
    assert evaluation.maps[1][:, :, 0].tolist() == handbook["valid_stride_1"]
    assert [layer.label() for layer in evaluation.document.network.layers] == ["Conv2D 3×3", "ReLU", "MaxPool 2×2"]
    assert evaluation.maps[3][:, :, 0].tolist() == [[6, 3], [4, 2]]


@pytest.mark.parametrize("name", ["Identity", "Box blur", "Gaussian blur", "Sharpen", "Emboss", "Motion blur"])
def test_kernels_that_leave_a_flat_area_as_it_is(name: str) -> None:
    assert KERNELS[name].weights.astype(float).sum() == pytest.approx(1, abs=1e-6)
    assert response(name, 2 * FLAT) == pytest.approx(2, abs=1e-6)


EDGES = ("Sobel x", "Sobel y", "Prewitt x", "Prewitt y", "Scharr x", "Scharr y")


@pytest.mark.parametrize("name", [*EDGES, "Laplacian 4", "Laplacian 8", "Outline", "Handbook"])
def test_kernels_that_give_nothing_but_the_bias_in_a_flat_area(name: str) -> None:
    assert KERNELS[name].weights.sum() == 0
    assert response(name, 2 * FLAT) == KERNELS[name].bias


@pytest.mark.parametrize(
    ("name", "right", "down"),
    [
        ("Sobel x", 4, 0), ("Sobel y", 0, 4), ("Prewitt x", 3, 0), ("Prewitt y", 0, 3), ("Scharr x", 16, 0),
        ("Scharr y", 0, 16),
    ],
)  # fmt: skip
def test_edge_kernels_are_positive_where_values_rise(name: str, right: int, down: int) -> None:
    assert (response(name, TO_THE_RIGHT), response(name, DOWNWARDS)) == (right, down)
    assert (response(name, TO_THE_RIGHT[:, ::-1]), response(name, DOWNWARDS[::-1])) == (-right, -down)
    step = re.search(r"step of 1(?: to the right| downwards)? gives (\d+), a flat area 0", KERNELS[name].does.template)
    assert step is not None
    assert int(step[1]) == max(right, down)


@pytest.mark.parametrize(("name", "neighbours"), [("Laplacian 4", 4), ("Laplacian 8", 8)])
def test_laplacians(name: str, neighbours: int) -> None:
    assert response(name, SLOPE) == 0
    assert response(name, DOT) == -neighbours
    assert f"The {neighbours} neighbours minus {neighbours} times the cell" in KERNELS[name].does.template
    assert KERNELS[name].does.template.endswith(f"a single cell of 1 gives −{neighbours}.")
    assert (KERNELS[name].weights == 1).sum() == neighbours


def test_outline_has_a_sign_for_each_side_of_an_edge() -> None:
    assert response("Outline", TO_THE_RIGHT) > 0
    assert response("Outline", np.array([[0, 0, 1]] * 3)) < 0
    assert response("Outline", DOT) == 8


def test_identity_gives_back_the_input() -> None:
    assert response("Identity", SLOPE) == SLOPE[1, 1]


def test_blurs_make_edges_gradual() -> None:
    for name in ("Box blur", "Gaussian blur"):
        assert 0 < response(name, np.array([[0, 0, 1]] * 3)) < response(name, TO_THE_RIGHT) < 1
    assert response("Box blur", SLOPE) == pytest.approx(SLOPE.mean())
    weights = KERNELS["Gaussian blur"].weights
    assert weights[1, 1] > weights[0, 1] > weights[0, 0] > 0


def test_sharpen_adds_the_differences_from_the_neighbours() -> None:
    window = np.array([[9, 1, 9], [2, 7, 3], [9, 4, 9]])
    assert response("Sharpen", window) == 7 + (7 - 1) + (7 - 2) + (7 - 3) + (7 - 4)
    assert response("Sharpen", TO_THE_RIGHT) > 1


def test_emboss_raises_what_rises_towards_the_bottom_right() -> None:
    assert response("Emboss", SLOPE) > SLOPE[1, 1] > response("Emboss", SLOPE[::-1, ::-1])


def test_motion_blur_is_the_mean_of_the_diagonal() -> None:
    window = np.array([[3, 9, 9], [9, 6, 9], [9, 9, 0]])
    assert response("Motion blur", window) == pytest.approx(3)


@pytest.mark.parametrize("preset", kernel_presets(), ids=lambda preset: preset.name.template)
def test_a_kernel_says_what_it_does_in_few_words(preset: KernelPreset) -> None:
    assert preset.weights.shape == (3, 3)
    assert not preset.weights.flags.writeable
    assert preset.bias == (1 if preset.name.template == "Handbook" else 0)
    assert str(preset.does).endswith(".")
    assert len(str(preset.does)) <= 130


def test_images_are_7_by_7_and_drawn_with_few_values() -> None:
    for preset in image_presets():
        assert preset.pixels.shape == (7, 7, 1)
        values = set(preset.pixels.ravel().tolist())
        assert values <= ({0, 1, 2, 3, 4, 5, 6} if preset.name.template == "Gradient" else {0, 1, 2})
        assert len(values) > 1


def test_texts_are_all_that_needs_translation() -> None:
    found = texts()
    assert len(found) == len(set(found))
    shown = {str(p.name) for p in (*image_presets(), *kernel_presets(), *network_presets())}
    shown |= {str(p.does) for p in (*kernel_presets(), *network_presets())}
    assert set(found) == shown
    assert not any("{" in text or "}" in text for text in found)

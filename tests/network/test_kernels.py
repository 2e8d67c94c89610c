"""What can be done to a kernel or a drawn image, and kernels as text."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cnn_explorer.network.arrays import Floats, equal, frozen
from cnn_explorer.network.images import inverted, random_image, shifted
from cnn_explorer.network.kernels import (
    flipped180,
    kernel_from_text,
    kernel_to_text,
    negated,
    normalised,
    random_kernel,
    resized,
    rotated90,
    transposed,
    zeroed,
)
from cnn_explorer.network.layers import Conv2D
from cnn_explorer.network.presets import kernel_presets
from cnn_explorer.network.sentence import Refused
from tests.network.strategies import arrays, kernel_sides

SOBEL_X = frozen([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
COUNTED = frozen([[1, 2, 3], [4, 5, 6]])

kernels = st.tuples(kernel_sides, kernel_sides).flatmap(arrays)


def test_turning_and_negating() -> None:
    assert transposed(COUNTED).tolist() == [[1, 4], [2, 5], [3, 6]]
    assert rotated90(COUNTED).tolist() == [[4, 1], [5, 2], [6, 3]]
    assert flipped180(COUNTED).tolist() == [[6, 5, 4], [3, 2, 1]]
    assert negated(COUNTED).tolist() == [[-1, -2, -3], [-4, -5, -6]]
    assert zeroed(COUNTED).tolist() == [[0, 0, 0], [0, 0, 0]]
    assert transposed(SOBEL_X).tolist() == [[-1, -2, -1], [0, 0, 0], [1, 2, 1]]


@given(kernels)
def test_every_operation_can_be_taken_back(kernel: Floats) -> None:
    assert equal(negated(negated(kernel)), kernel)
    assert equal(transposed(transposed(kernel)), kernel)
    assert equal(flipped180(flipped180(kernel)), kernel)
    assert equal(rotated90(rotated90(kernel)), flipped180(kernel))
    for result in (negated(kernel), transposed(kernel), rotated90(kernel), flipped180(kernel), zeroed(kernel)):
        assert not result.flags.writeable


def test_negating_makes_no_minus_zero() -> None:
    assert not np.signbit(negated(frozen([[0.0]]))).any()


def test_normalising_makes_the_sum_1() -> None:
    assert normalised(frozen([[1, 2, 1]])).tolist() == [[0.25, 0.5, 0.25]]
    assert normalised(frozen(np.full((3, 3), -3))).sum() == pytest.approx(1)


@pytest.mark.parametrize("kernel", [SOBEL_X, frozen([[0]]), frozen([[0.1, 0.2, -0.3]])])
def test_a_sum_of_0_cannot_be_made_1(kernel: Floats) -> None:
    with pytest.raises(Refused, match="The weights add up to 0") as refused:
        normalised(kernel)
    assert refused.value.field == "kernel"


@given(kernel_sides, kernel_sides, st.integers(0, 1000))
def test_random_kernels_are_small_whole_numbers(rows: int, columns: int, seed: int) -> None:
    kernel = random_kernel(rows, columns, np.random.default_rng(seed))
    assert kernel.shape == (rows, columns)
    assert set(kernel.ravel().tolist()) <= {-2, -1, 0, 1, 2}
    assert kernel.any()


def test_resizing_keeps_the_centre() -> None:
    kernel = frozen([[1, 2, 3], [4, 5, 6], [7, 8, 9]])
    assert resized(kernel, 5, 5)[1:4, 1:4].tolist() == kernel.tolist()
    assert resized(kernel, 5, 5).sum() == kernel.sum()
    assert resized(kernel, 1, 1).tolist() == [[5]]
    assert resized(kernel, 2, 2).tolist() == [[5, 6], [8, 9]]
    assert resized(kernel, 1, 4).tolist() == [[4, 5, 6, 0]]


@given(kernels, st.integers(0, 2), st.integers(0, 2))
def test_growing_and_shrinking_back_loses_nothing(kernel: Floats, rows: int, columns: int) -> None:
    height, width = kernel.shape
    assert equal(resized(resized(kernel, height + rows, width + columns), height, width), kernel)


@given(kernel_sides, kernel_sides)
def test_the_centre_is_the_tap_over_the_outputs_own_cell(rows: int, columns: int) -> None:
    kernel = resized(frozen([[1]]), rows, columns)
    image = np.arange(64, dtype=np.float32).reshape(8, 8, 1)
    assert equal(Conv2D(kernel=frozen(kernel[:, :, None, None]), padding="same").forward(image), image)


@given(kernels)
def test_text_reads_back_exactly(kernel: Floats) -> None:
    text = kernel_to_text(kernel)
    assert equal(kernel_from_text(text), kernel)
    assert [line.count("\t") + 1 for line in text.split("\n")] == [kernel.shape[1]] * kernel.shape[0]


def test_text_is_what_a_spreadsheet_takes() -> None:
    assert kernel_to_text(frozen([[1, -2.5], [0, 0.1]])) == "1\t-2.5\n0\t0.1"
    assert kernel_to_text(frozen([[-0.0]])) == "0"


@pytest.mark.parametrize("preset", kernel_presets(), ids=lambda preset: preset.name.template)
def test_presets_survive_the_clipboard(preset: object) -> None:
    weights = preset.weights  # type: ignore[attr-defined]
    assert equal(kernel_from_text(kernel_to_text(weights)), weights)


@pytest.mark.parametrize(
    ("text", "kernel"),
    [
        ("1\t2\r\n3\t4\r\n", [[1, 2], [3, 4]]),
        ("0,5\t-1,25\n", [[0.5, -1.25]]),
        ("0,5;1\n.5;2.\n", [[0.5, 1], [0.5, 2]]),
        ("1, 2, 3", [[1, 2, 3]]),
        ("1,2\n3,4", [[1, 2], [3, 4]]),
        ("  1   -2 \n\n +3 4e-1 \n", [[1, -2], [3, 0.4]]),
        ("1/4 -1/2", [[0.25, -0.5]]),
        ("1 / 4\t1", [[0.25, 1]]),
        ("−1\t−0.5", [[-1, -0.5]]),
        ("\ufeff1\t2", [[1, 2]]),
        ("7", [[7]]),
        ("1e9 -1e9", [[1e9, -1e9]]),
    ],
)
def test_text_as_people_and_programs_write_it(text: str, kernel: list[list[float]]) -> None:
    assert kernel_from_text(text).tolist() == frozen(kernel).tolist()


@pytest.mark.parametrize(
    ("text", "field", "words"),
    [
        ("1\t2\n3\tx", "kernel[1][1]", "Row 2, column 2: “x” is not a number"),
        ("1\t\n3\t4", "kernel[0][1]", "Row 1, column 2: nothing is there"),
        ("1 nan", "kernel[0][1]", "“nan” is not a number"),
        ("inf", "kernel[0][0]", "“inf” is not a number"),
        ("1_000", "kernel[0][0]", "“1_000” is not a number"),
        ("١", "kernel[0][0]", "“١” is not a number"),
        ("0,5 1,5", "kernel[0][1]", "“5 1” is not a number"),
        ("1/0", "kernel[0][0]", "nothing can be divided by 0"),
        ("1e10", "kernel[0][0]", "the number is too large"),
        ("1e999", "kernel[0][0]", "the number is too large"),
        ("9" * 5000, "kernel[0][0]", "the number is too large"),
        ("1/1e-300", "kernel[0][0]", "the number is too large"),
        ("1 2\n3", "kernel", "Row 2 has the length 1, but row 1 has the length 2"),
        ("1 2 3 4 5 6 7 8", "kernel", "at most 7 rows and 7 columns"),
        ("1\n" * 8, "kernel", "at most 7 rows and 7 columns"),
        ("1" + "\n" * 20_000, "kernel", "at most 7 rows and 7 columns"),
        ("", "kernel", "There are no numbers in the text"),
        (" \n\t\n", "kernel", "There are no numbers in the text"),
    ],
)
def test_what_is_no_kernel_is_refused_by_row_and_column(text: str, field: str, words: str) -> None:
    with pytest.raises(Refused) as refused:
        kernel_from_text(text)
    assert words in str(refused.value)
    assert refused.value.field == field
    assert len(str(refused.value)) <= 300


@settings(max_examples=300)
@given(st.text(st.sampled_from("0123456789.,;/-−+eE \t\n x")) | st.text())
def test_any_text_is_a_kernel_or_refused(text: str) -> None:
    try:
        kernel = kernel_from_text(text)
    except Refused as refused:
        assert len(str(refused)) <= 300
    else:
        assert kernel.ndim == 2
        assert max(kernel.shape) <= 7
        assert np.all(np.abs(kernel) <= 1e9)


def test_shifting_lets_paper_in() -> None:
    image = frozen([[[1], [2]], [[3], [4]]])
    assert shifted(image, 1, 0)[:, :, 0].tolist() == [[0, 0], [1, 2]]
    assert shifted(image, 0, -1)[:, :, 0].tolist() == [[2, 0], [4, 0]]
    assert shifted(image, -1, 1)[:, :, 0].tolist() == [[0, 3], [0, 0]]
    assert equal(shifted(image, 0, 0), image)


@given(st.integers(-9, 9), st.integers(-9, 9))
def test_shifting_far_leaves_an_empty_image(rows: int, columns: int) -> None:
    moved = shifted(frozen(np.ones((3, 4, 2))), rows, columns)
    assert moved.shape == (3, 4, 2)
    assert moved.sum() == max(0, 3 - abs(rows)) * max(0, 4 - abs(columns)) * 2


def test_inverting_swaps_ink_and_paper() -> None:
    assert inverted(frozen([[[0], [1], [2]]])).ravel().tolist() == [2, 1, 0]
    assert inverted(frozen(np.zeros((2, 2, 1)))).ravel().tolist() == [1, 1, 1, 1]
    image = frozen([[[0], [0.25], [1]]])
    assert equal(inverted(inverted(image)), image)


def test_random_images_use_the_drawn_values() -> None:
    image = random_image((7, 7, 1), np.random.default_rng(1))
    assert image.shape == (7, 7, 1)
    assert set(image.ravel().tolist()) == {0, 1, 2}
    assert not image.flags.writeable

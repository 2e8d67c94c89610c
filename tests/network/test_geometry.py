"""The window along one axis, against counting by hand and against numpy's own padding."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cnn_explorer.network.geometry import FILLS, Axis, full_padding, largest_fill, same_padding
from tests.network.strategies import axes, kernel_sides, steps


@pytest.mark.parametrize(
    ("axis", "output"),
    [
        (Axis(7, 3), 5),
        (Axis(7, 3, stride=2), 3),
        (Axis(7, 3, before=1, after=1), 7),
        (Axis(7, 3, dilation=2), 3),
        (Axis(7, 3, dilation=3), 1),
        (Axis(7, 3, dilation=4), 0),
        (Axis(16, 2, stride=2), 8),
        (Axis(28, 5, before=2, after=2), 28),
        (Axis(3, 5), 0),
        (Axis(1, 1, stride=4), 1),
    ],
)
def test_known_output_sizes(axis: Axis, output: int) -> None:
    assert axis.output == output


@given(axes())
def test_output_counts_the_windows_that_fit(axis: Axis) -> None:
    fitting = [start for start in range(0, axis.padded, axis.stride) if start + axis.extent <= axis.padded]
    assert axis.output == len(fitting)


@given(axes())
def test_extent_and_padded_count_cells(axis: Axis) -> None:
    window = axis.window(0)
    assert axis.extent == window[-1] - window[0] + 1
    assert axis.padded == axis.before + axis.size + axis.after
    assert len(window) == axis.kernel


@given(axes())
def test_windows_start_at_the_padding_and_move_by_the_stride(axis: Axis) -> None:
    windows = [axis.window(output) for output in range(axis.output)]
    assert [window[0] for window in windows] == [output * axis.stride - axis.before for output in range(axis.output)]
    assert all(second - first == axis.dilation for w in windows for first, second in zip(w, w[1:], strict=False))
    assert all(-axis.before <= position < axis.size + axis.after for window in windows for position in window)


@given(axes())
def test_source_is_what_numpy_pads_with(axis: Axis) -> None:
    most = largest_fill(axis.fill, axis.size)
    assume(most is None or max(axis.before, axis.after) <= most)
    width = (axis.before, axis.after)
    cells = np.arange(axis.size)
    how = {"constant_values": -1} if axis.fill == "zero" else {"mode": axis.fill}
    padded = np.pad(cells, width, **how)  # type: ignore[call-overload]
    sources = [axis.source(position) for position in range(-axis.before, axis.size + axis.after)]
    assert [-1 if source is None else source for source in sources] == padded.tolist()


@pytest.mark.parametrize(
    ("fill", "expected"),
    [
        ("zero", [None, None, 0, 1, 2, None, None]),
        ("reflect", [2, 1, 0, 1, 2, 1, 0]),
        ("symmetric", [1, 0, 0, 1, 2, 2, 1]),
    ],
)
def test_the_three_fills_of_three_cells(fill: str, expected: list[int | None]) -> None:
    axis = Axis(3, 1, before=2, after=2, fill=fill)
    assert [axis.source(position) for position in range(-2, 5)] == expected


@given(axes())
def test_readers_are_the_inverse_of_window(axis: Axis) -> None:
    forwards = {
        (axis.source(position), output, tap)
        for output in range(axis.output)
        for tap, position in enumerate(axis.window(output))
        if axis.source(position) is not None
    }
    backwards = [(cell, output, tap) for cell in range(axis.size) for output, tap in axis.readers(cell)]
    assert len(backwards) == len(set(backwards))
    assert set(backwards) == forwards


def test_readers_include_mirror_images() -> None:
    axis = Axis(3, 3, before=1, after=1, fill="symmetric")
    assert axis.readers(0) == [(0, 0), (0, 1), (1, 0)]
    assert axis.readers(1) == [(0, 2), (1, 1), (2, 0)]


def test_a_cell_outside_the_image_has_no_readers() -> None:
    axis = Axis(3, 3, before=1, after=1)
    assert axis.readers(-1) == []
    assert axis.readers(3) == []


@given(axes())
def test_unvisited_by_brute_force(axis: Axis) -> None:
    read = {axis.source(axis.window(output)[tap]) for output in range(axis.output) for tap in range(axis.kernel)}
    assert axis.unvisited() == [cell for cell in range(axis.size) if cell not in read]


@pytest.mark.parametrize(
    ("axis", "cells"),
    [
        (Axis(7, 3), []),
        (Axis(8, 3, stride=2), [7]),
        (Axis(7, 1, stride=3), [1, 2, 4, 5]),
        (Axis(6, 2, dilation=4), [2, 3]),
        (Axis(2, 3), [0, 1]),
    ],
)
def test_known_unvisited_cells(axis: Axis, cells: list[int]) -> None:
    assert axis.unvisited() == cells


@given(axes())
def test_tap_positions_are_the_windows_read_the_other_way(axis: Axis) -> None:
    for tap in range(axis.kernel):
        assert axis.tap_positions(tap) == [axis.window(output)[tap] for output in range(axis.output)]


@given(st.integers(1, 16), kernel_sides, steps, steps)
def test_same_gives_size_over_stride_and_the_odd_cell_after(size: int, kernel: int, stride: int, dilation: int) -> None:
    before, after = same_padding(size, kernel, stride, dilation)
    assert Axis(size, kernel, stride, dilation, before, after).output == -(-size // stride)
    assert after - before in (0, 1)
    if before + after:  # no less would do
        assert Axis(size, kernel, stride, dilation, before, after - 1).output < -(-size // stride)


@pytest.mark.parametrize(
    ("size", "kernel", "stride", "padding"),
    [(7, 3, 1, (1, 1)), (7, 2, 1, (0, 1)), (28, 5, 1, (2, 2)), (7, 4, 1, (1, 2)), (6, 3, 2, (0, 1)), (7, 1, 3, (0, 0))],
)
def test_known_same_paddings(size: int, kernel: int, stride: int, padding: tuple[int, int]) -> None:
    assert same_padding(size, kernel, stride) == padding


@given(st.integers(1, 16), kernel_sides, steps)
def test_full_counts_every_overlap_of_at_least_one_tap(size: int, kernel: int, dilation: int) -> None:
    axis = Axis(size, kernel, 1, dilation, *full_padding(kernel, dilation))
    starts = range(-size - axis.extent, size + axis.extent)
    overlapping = [start for start in starts if start <= size - 1 and start + axis.extent - 1 >= 0]
    assert axis.output == len(overlapping)
    assert axis.window(0)[-1] == 0
    assert axis.window(axis.output - 1)[0] == size - 1


@given(st.integers(1, 16), st.sampled_from(FILLS))
def test_a_fill_reaches_as_far_as_largest_fill_says(size: int, fill: str) -> None:
    most = largest_fill(fill, size)
    if most is None:
        return
    axis = Axis(size, 1, before=most + 1, after=most + 1, fill=fill)
    inside = range(-most, size + most)
    assert all(axis.source(position) is not None for position in inside)
    assert axis.source(-most - 1) is None
    assert axis.source(size + most) is None


def some(count: int) -> st.SearchStrategy[tuple[int, ...]]:
    """A few of so many cells, sorted."""
    return st.sets(st.integers(0, count - 1), max_size=4).map(sorted).map(tuple) if count else st.just(())


@given(axes(), st.data())
@settings(max_examples=60)
def test_several_cells_read_what_each_of_them_reads(axis: Axis, data: Any) -> None:
    outputs, cells = data.draw(some(axis.output)), data.draw(some(axis.size))
    read = {axis.source(position) for output in outputs for position in axis.window(output)} - {None}
    assert axis.sources(outputs) == tuple(sorted(read))
    assert axis.outputs(cells) == tuple(sorted({output for cell in cells for output, _ in axis.readers(cell)}))

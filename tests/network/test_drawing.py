"""Strokes without gaps, and drawings placed as MNIST places its digits."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnn_explorer.network.drawing import (
    MNIST_BOX,
    Stroke,
    cells_between,
    centre_like_mnist,
    distance_to_segment,
    is_painted_by_cell,
    mass_centre,
)

places = st.tuples(st.floats(-5, 33), st.floats(-5, 33))


def blank(side=28, channels=1):
    return np.zeros((side, side, channels), np.float32)


def drawn(*points, radius=1.4, side=28, channels=1):
    stroke = Stroke(blank(side, channels), 1.0, radius)
    for start, end in zip(points[:-1], points[1:], strict=True):
        stroke.extend(start, end)
    return stroke.pixels()


@given(places, places)
def test_cells_of_a_line_touch_each_other(start, end):
    cells = cells_between(start, end)
    assert cells[0] == (int(np.floor(start[0])), int(np.floor(start[1])))
    assert cells[-1] == (int(np.floor(end[0])), int(np.floor(end[1])))
    for (row, column), (next_row, next_column) in zip(cells[:-1], cells[1:], strict=True):
        assert max(abs(next_row - row), abs(next_column - column)) == 1


def test_a_click_fills_one_cell_and_only_inside():
    assert cells_between((2.5, 3.5), (2.5, 3.5)) == [(2, 3)]
    stroke = Stroke(blank(7), 2.0)
    stroke.extend((-1.0, 2.5), (1.5, 2.5))
    assert np.argwhere(stroke.pixels()[..., 0]).tolist() == [[0, 2], [1, 2]]
    assert stroke.pixels().max() == 2.0


@given(places, places, st.integers(1, 9))
def test_distance_is_to_the_nearest_of_many_points_on_the_segment(start, end, seed):
    place = np.random.default_rng(seed).uniform(0, 28, 2)
    along = np.linspace(0, 1, 2001)[:, None]
    points = np.array(start) + along * (np.array(end) - np.array(start))
    nearest = np.hypot(*(points - place).T).min()
    exact = float(distance_to_segment(np.array(place[0]), np.array(place[1]), start, end))
    assert exact == pytest.approx(nearest, abs=0.02)


def test_one_far_jump_covers_what_many_small_moves_cover():
    far = drawn((3.0, 3.0), (25.0, 20.0))
    path = [(3 + 22 * t, 3 + 17 * t) for t in np.linspace(0, 1, 200)]
    assert np.allclose(far, drawn(*path), atol=1e-4)
    for t in np.linspace(0, 1, 100):
        assert far[int(3 + 22 * t), int(3 + 17 * t), 0] > 0.5


def test_going_over_a_place_again_does_not_harden_the_edge():
    once = drawn((14.0, 5.0), (14.0, 20.0))
    often = drawn(*[(14.0, 5.0), (14.0, 20.0)] * 20)
    assert np.array_equal(once, often)
    assert np.unique(once[:, 12, 0]).size > 2  # there is a soft edge
    assert once.min() == 0.0
    assert once.max() == 1.0


def test_erasing_takes_away_and_leaves_the_rest():
    stroke = Stroke(drawn((14.0, 5.0), (14.0, 20.0)), 0.0, 1.4)
    stroke.extend((0.0, 12.0), (28.0, 12.0))
    erased = stroke.pixels()[..., 0]
    assert erased[14, 12] == 0.0
    assert erased[14, 6] == 1.0
    assert np.all(erased <= stroke.before[..., 0])


def test_all_channels_are_painted_and_the_start_is_not_changed():
    before = blank(28, 3)
    stroke = Stroke(before, 1.0, 2.0)
    stroke.extend((10.0, 10.0), (10.0, 18.0))
    assert stroke.pixels()[10, 12].tolist() == [1.0, 1.0, 1.0]
    assert not before.any()


@pytest.mark.parametrize("radius", [0.0, 2.0])
def test_a_brush_on_one_plane_leaves_the_others_bit_for_bit(radius):
    before = np.random.default_rng(2).random((12, 12, 3), np.float32)
    stroke = Stroke(before, 1.0, radius, planes=(1,))
    stroke.extend((2, 2), (9, 9))
    after = stroke.pixels()
    assert np.array_equal(after[..., [0, 2]], before[..., [0, 2]])
    assert after[5, 5, 1] == 1.0 and not np.array_equal(after[..., 1], before[..., 1])


def test_a_brush_wholly_outside_changes_nothing():
    assert not drawn((-9.0, -9.0), (-9.0, 40.0)).any()
    assert not drawn((60.0, 60.0), (70.0, 70.0)).any()


def test_small_images_are_painted_cell_by_cell():
    assert is_painted_by_cell(blank(7))
    assert is_painted_by_cell(blank(16))
    assert not is_painted_by_cell(blank(28))


def box_of(pixels):
    inked = np.argwhere(pixels[..., 0] > 0.1)
    return inked.min(axis=0), inked.max(axis=0) + 1


DRAWINGS = {
    "a one in a corner": drawn((2.0, 2.0), (9.0, 3.0)),
    "a seven": drawn((3.0, 3.0), (3.0, 12.0), (15.0, 6.0)),
    "a large ring": drawn(*[(14 + 12 * np.cos(a), 14 + 12 * np.sin(a)) for a in np.linspace(0, 6.2832, 40)]),
    "off to the right": drawn((4.0, 20.0), (24.0, 25.0), (24.0, 21.0)),
}


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_drawing_fills_the_box_and_balances_in_the_middle(name):
    centred = centre_like_mnist(DRAWINGS[name])
    first, last = box_of(centred)
    assert 18 <= max(last - first) <= MNIST_BOX
    assert np.all(np.abs(np.array(mass_centre(centred[..., 0])) - 14) <= 0.5)
    assert centred.shape == (28, 28, 1)
    assert centred.min() >= 0.0
    assert centred.max() <= 1.0


@pytest.mark.parametrize("name", DRAWINGS)
def test_proportions_are_kept(name):
    (first, last), (new_first, new_last) = box_of(DRAWINGS[name]), box_of(centre_like_mnist(DRAWINGS[name]))
    before, after = (last - first)[0] / (last - first)[1], (new_last - new_first)[0] / (new_last - new_first)[1]
    assert after == pytest.approx(before, rel=0.25)


@given(st.lists(st.tuples(st.floats(1, 27), st.floats(1, 27)), min_size=2, max_size=8))
def test_centring_twice_is_centring_once(points):
    once = centre_like_mnist(drawn(*points))
    assert np.array_equal(centre_like_mnist(once), once)


def test_other_sizes_come_out_as_28_by_28():
    assert centre_like_mnist(drawn((20.0, 20.0), (90.0, 50.0), radius=5.0, side=100)).shape == (28, 28, 1)
    centred = centre_like_mnist(drawn((1.0, 1.0), (5.0, 5.0), radius=0.6, side=7, channels=3))
    assert centred.shape == (28, 28, 3)
    assert np.array_equal(centred[..., 0], centred[..., 2])


def test_nothing_drawn_stays_nothing():
    assert not centre_like_mnist(blank()).any()


def test_a_faint_speck_far_away_holds_nothing_back():
    drawing = centre_like_mnist(DRAWINGS["a seven"])
    moved = np.roll(drawing, (-3, 2), axis=(0, 1))
    moved[27, 0] = 0.02
    balanced = centre_like_mnist(moved)
    assert np.all(np.abs(np.array(mass_centre(balanced[..., 0])) - 14) <= 0.6)
    assert np.allclose(balanced[2:26, 4:24], drawing[2:26, 4:24], atol=0.03)


def test_ink_is_never_pushed_over_the_border():
    lopsided = blank()
    lopsided[4:24, 4:8] = 1.0
    lopsided[4, 4:24] = 0.2
    centred = centre_like_mnist(lopsided)
    assert centred.sum() == pytest.approx(lopsided.sum())

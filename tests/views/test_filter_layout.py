"""Where tiles stand: never over one another, never outside, and found again by the pointer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF

from cnn_explorer.views.filter_layout import KERNELS, MAPS, SMALLEST_PITCH, WallPlan, plan_wall

plans = st.builds(plan_wall, st.integers(1, 200), st.integers(150, 900), st.integers(100, 700))


@given(plans)
def test_tiles_stand_inside_and_apart(plan: WallPlan) -> None:
    tiles = [plan.rect(wall, place) for wall in (KERNELS, MAPS) for place in range(plan.count)]
    whole = QRectF(2, 0, plan.width - 4, plan.height)  # a frame of 2 pixels is drawn around a tile
    assert all(whole.contains(tile) for tile in tiles)
    assert len({(tile.left(), tile.top()) for tile in tiles}) == len(tiles)
    for tile, other in zip(tiles, tiles[1:], strict=False):
        assert not tile.intersects(other)


@given(plans)
def test_a_tile_is_found_again_by_the_pointer_on_either_wall(plan: WallPlan) -> None:
    for wall in (KERNELS, MAPS):
        for place in range(plan.count):
            assert plan.place_at(plan.rect(wall, place).center()) == place
    assert plan.place_at(plan.heading(KERNELS).center()) is None
    assert plan.place_at(QPointF(plan.left(MAPS) - 6, plan.height / 2)) is None
    assert plan.place_at(QPointF(-1, plan.height - 2)) is None


@given(plans)
def test_what_is_dropped_on_half_a_tile_stands_on_that_side_of_it(plan: WallPlan) -> None:
    for wall in (KERNELS, MAPS):
        for place in range(plan.count):
            tile = plan.rect(wall, place)
            assert plan.gap_at(tile.center() - QPointF(tile.width() / 4, 0)) == place
            assert plan.gap_at(tile.center() + QPointF(tile.width() / 4, 0)) == place + 1
    assert 0 <= plan.gap_at(QPointF(-50, -50)) <= plan.gap_at(QPointF(10**4, 10**4)) == plan.count


@pytest.mark.parametrize(("count", "width"), [(1, 212), (4, 212), (16, 212), (32, 236), (64, 336), (64, 900)])
def test_tiles_are_as_large_as_leaves_the_walls_their_height(count: int, width: int) -> None:
    plan = plan_wall(count, width, 220)
    assert plan.height <= 220 or plan.pitch == SMALLEST_PITCH
    larger = WallPlan(count, width, plan.pitch + 1)
    assert plan.pitch == 72 or larger.height > 220 or larger.across < larger.pitch


def test_64_filters_stand_in_the_narrowest_column_as_readable_tiles() -> None:
    plan = plan_wall(64, 212, 216)
    assert (plan.columns, plan.pitch) == (4, 24)
    assert plan.height < 420

"""Where the columns and the channels of a network stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF, QSizeF

from cnn_explorer.views.channels_layout import GHOST, STILL_SEEN, Opened, channels_layout
from cnn_explorer.views.map_pictures import thinned
from cnn_explorer.views.overview_layout import (
    Item,
    Layout,
    Lines,
    Wanted,
    between,
    fitted,
    network_layout,
)
from cnn_explorer.views.overview_paint import PILL, PILL_GAP, pill_bottom

LINES = Lines(12.0)
HEADING = LINES.heading
WIDE, HIGH = 884.0, 430.0
HANDBOOK = [
    Wanted(28, 28, 1), Wanted(28, 28, 32, True), Wanted(28, 28, 32), Wanted(14, 14, 32), Wanted(14, 14, 64, True),
    Wanted(14, 14, 64), Wanted(7, 7, 64), Wanted(1, 1, 3136), Wanted(1, 1, 1024, True), Wanted(1, 1, 1024),
    Wanted(1, 1, 10, True), Wanted(1, 1, 10, bars=True),
]  # fmt: skip

maps = st.builds(
    Wanted, st.integers(1, 60), st.integers(1, 60), st.integers(1, 80), st.booleans(), st.just(False), st.just(False)
)
networks = st.lists(maps, min_size=1, max_size=14)

EVERYWHERE = QRectF(-1e6, -1e6, 2e6, 2e6)


@given(networks, st.data())
def test_no_two_things_of_a_network_overlap_and_all_are_inside(wanted: list[Wanted], data: st.DataObject) -> None:
    focus = data.draw(st.integers(0, len(wanted) - 1))
    layout = network_layout(QSizeF(WIDE, HIGH), wanted, LINES, focus)
    rects = [item.rect for item in layout.items.values()]
    whole = QRectF(0, HEADING - 1, layout.width + 1, HIGH - HEADING + 2)
    assert all(whole.contains(rect) for rect in rects)
    for at, rect in enumerate(rects):
        assert not any(rect.adjusted(1, 1, -1, -1).intersects(other) for other in rects[at + 1 :])


@pytest.mark.parametrize(("name", "width"), [(10.0, 104.0), (56.0, 140.0), (400.0, 194.0)])
def test_few_classes_have_room_for_their_names(name: float, width: float) -> None:
    wanted = [Wanted(28, 28, 1), Wanted(1, 1, 3, bars=True)]
    assert network_layout(QSizeF(WIDE, HIGH), wanted, Lines(12.0, name), 0).items["flat", 1].rect.width() == width


@given(networks, st.data())
def test_every_column_shows_what_fits_and_counts_the_rest(wanted: list[Wanted], data: st.DataObject) -> None:
    focus = data.draw(st.integers(0, len(wanted) - 1))
    layout = network_layout(QSizeF(WIDE, HIGH), wanted, LINES, focus)
    for column, each in zip(layout.columns, wanted, strict=True):
        if not each.flat:
            shown = [key for key in layout.items if key[:2] == ("map", column.index)]
            assert len(shown) == column.shown >= 1
            assert column.more.isEmpty() == (column.shown == each.channels)


@pytest.mark.parametrize("focus", range(12))
def test_the_handbooks_network_fits_into_the_usual_window(focus: int) -> None:
    layout = network_layout(QSizeF(WIDE, HIGH), HANDBOOK, LINES, focus)
    assert layout.width == WIDE
    assert layout.columns[-1].heading.right() <= WIDE


def test_few_small_maps_are_large_enough_for_their_numbers() -> None:
    seven = [Wanted(7, 7, 1), Wanted(5, 5, 1, True), Wanted(5, 5, 1), Wanted(2, 2, 1)]
    layout = network_layout(QSizeF(WIDE, HIGH), seven, LINES, 1)
    assert layout.items["map", 0, 0].rect.width() / 7 >= 22


def test_layers_of_a_block_stand_closer_together_than_blocks() -> None:
    layout = network_layout(QSizeF(WIDE, HIGH), HANDBOOK, LINES, 1)
    gaps = [
        after.heading.left() - before.heading.right()
        for before, after in zip(layout.columns, layout.columns[1:], strict=False)
    ]
    assert gaps[3] > gaps[2] and gaps[3] > gaps[1] and gaps[0] > gaps[1]


def test_a_column_begins_where_it_is_told_and_ends_with_its_last_channel() -> None:
    layout = network_layout(QSizeF(WIDE, HIGH), HANDBOOK, LINES, 4, {1: 5, 2: 900})
    assert layout.column(1).first == 5 and ("map", 1, 4) not in layout.items and ("map", 1, 5) in layout.items
    assert ("map", 2, 31) in layout.items


def test_a_colour_image_is_shown_as_such_and_as_three_planes() -> None:
    layout = network_layout(QSizeF(WIDE, HIGH), [Wanted(32, 32, 3, coloured=True), Wanted(30, 30, 1, True)], LINES, 1)
    assert [key[2] for key in layout.items if key[1] == 0] == [-1, 0, 1, 2]


def test_the_channels_of_a_filter_stand_between_the_columns_which_stay_as_ghosts() -> None:
    sources = tuple((3, channel) for channel in range(32))
    opened = Opened(3, 5, tuple(range(32)), sources, (5, 5), carried=((5, 5), (6, 5)))
    layout = channels_layout(QSizeF(WIDE, HIGH), HANDBOOK, LINES, opened)
    ghosts = [item for key, item in layout.items.items() if key[:2] == ("map", 1)]
    assert ghosts and all(item.opacity == GHOST for item in ghosts)
    source, kernel, part = (
        layout.items[key].rect
        for key in (("map", 3, layout.rows[0]), ("kernel", layout.rows[0]), ("part", layout.rows[0]))
    )
    output, follows = layout.items["map", 4, 5].rect, layout.items["map", 5, 5].rect
    lefts = [source, kernel, part, layout.items["sum",].rect, output, follows]
    assert [rect.left() for rect in lefts] == sorted(rect.left() for rect in lefts)
    assert max(item.rect.right() for item in ghosts) < source.left()
    assert layout.columns[0].more and len(layout.rows) < 32


def test_channels_are_shown_in_the_order_and_from_the_row_that_are_asked_for() -> None:
    order = tuple(reversed(range(32)))
    opened = Opened(3, 0, order, tuple((3, channel) for channel in range(32)), (5, 5))
    assert channels_layout(QSizeF(WIDE, HIGH), HANDBOOK, LINES, opened).rows[:2] == (31, 30)
    assert channels_layout(QSizeF(WIDE, HIGH), HANDBOOK, LINES, opened, first=30).rows[-1] == 0


LOW = QSizeF(722, 258)


def test_in_a_low_window_channels_use_the_height_that_there_is() -> None:
    many = tuple((3, channel) for channel in range(32))
    opened = Opened(3, 5, tuple(range(32)), many, (5, 5), carried=((5, 5), (6, 5)))
    assert len(channels_layout(LOW, HANDBOOK, LINES, opened).rows) == 3
    colours = [Wanted(64, 64, 3), Wanted(62, 62, 8, True), Wanted(62, 62, 8), Wanted(31, 31, 8)]
    opened = Opened(0, 2, (0, 1, 2), ((0, 0), (0, 1), (0, 2)), (3, 3), carried=((2, 2), (3, 2)))
    layout = channels_layout(LOW, colours, LINES, opened)
    assert len(layout.rows) == 3 and layout.items["part", 0].rect.height() >= STILL_SEEN
    bottoms = [item.rect.bottom() for key, item in layout.items.items() if key[0] == "part"]
    assert max(bottoms) <= layout.columns[0].legend.top()


def test_a_value_stands_above_its_picture_unless_it_would_hide_the_heading() -> None:
    picture = QRectF(100, 90, 40, 40)
    assert pill_bottom(picture, 12, 60) == picture.top() - PILL_GAP
    assert pill_bottom(picture, 12, 75) == picture.bottom() + PILL_GAP + PILL * 12


def test_what_is_in_both_layouts_moves_and_the_rest_fades() -> None:
    before = Layout({("a",): Item(QRectF(0, 0, 10, 10)), ("b",): Item(QRectF(5, 5, 5, 5))})
    after = Layout({("a",): Item(QRectF(100, 0, 20, 20), 0.5), ("c",): Item(QRectF(50, 50, 10, 10))})
    half = between(before, after, 0.5, EVERYWHERE)
    assert half.items["a",] == Item(QRectF(50, 0, 15, 15), 0.75)
    assert ("b",) not in half.items
    assert between(before, after, 0.25, EVERYWHERE).items["b",].opacity == 0.5
    assert between(before, after, 1.0, EVERYWHERE) is after


@given(st.integers(1, 300), st.integers(1, 300), st.floats(20, 200))
def test_a_picture_fits_into_its_slot_with_whole_pixels_a_cell(rows: int, columns: int, side: float) -> None:
    slot = QRectF(0, 0, side, side)
    rect = fitted(slot, rows, columns)
    assert slot.adjusted(-2, -2, 2, 2).contains(rect)
    if side / max(rows, columns) >= 2:
        assert rect.width() % columns == 0 and rect.height() % rows == 0


def test_the_smallest_tiles_are_used_before_the_picture_gets_wider_than_the_window() -> None:
    many = [Wanted(28, 28, 8, True)] * 30
    layout = network_layout(QSizeF(WIDE, HIGH), many, LINES, 2)
    assert layout.tile == LINES.tile and layout.width > WIDE


def test_on_the_way_what_is_out_of_sight_is_left_out() -> None:
    before = Layout({("a",): Item(QRectF(0, 0, 10, 10)), ("far",): Item(QRectF(5000, 0, 10, 10))})
    after = Layout({("a",): Item(QRectF(50, 0, 10, 10)), ("far",): Item(QRectF(6000, 0, 10, 10))})
    assert list(between(before, after, 0.5, QRectF(0, 0, 800, 600)).items) == [("a",)]


@pytest.mark.parametrize(
    ("cells", "side", "step"), [(28, 30, 1), (112, 30, 1), (120, 30, 2), (224, 30, 2), (224, 230, 1), (4096, 30, 64)]
)
def test_of_a_large_map_two_cells_for_each_pixel_are_drawn_at_least(cells: int, side: float, step: int) -> None:
    assert thinned(cells, side) == step
    assert step == 1 or cells / step >= 2 * side


def test_what_stands_uppermost_is_found_at_a_point_and_near_to_it() -> None:
    layout = Layout({("map", 0, 0): Item(QRectF(0, 0, 10, 10)), ("map", 1, 0): Item(QRectF(5, 0, 10, 10))})
    assert layout.key_at(2, 5, 0) == ("map", 0, 0)
    assert layout.key_at(7, 5, 0) == ("map", 1, 0)
    assert layout.key_at(16, 5, 2) == ("map", 1, 0)
    assert layout.key_at(18, 5, 2) is None

"""A flat map as bars: where each stands, how long it is, and which one is under the pointer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from cnn_explorer.network.numbers import digits_for
from cnn_explorer.views.class_bars import LARGEST_SHOWN, MOST_BARS, ClassBars, class_names, largest_first
from cnn_explorer.views.theme import Scale, theme

RECT = QRectF(10, 20, 260, 300)


def bars_of(values: list[float] | np.ndarray, classes: tuple[str, ...] = (), smallest: float = 8.0) -> ClassBars:
    numbers = np.array(values, np.float32)
    names = class_names(len(numbers), classes)
    return ClassBars(numbers, Scale.of_signed(numbers), digits_for(numbers), names, smallest)


@contextmanager
def painted(bars: ClassBars, rect: QRectF, marked: int | None = None) -> Iterator[QImage]:
    image = QImage(300, 340, QImage.Format.Format_RGB32)
    image.fill(theme.role("surface"))
    painter = QPainter(image)
    bars.paint(painter, rect, marked)
    painter.end()
    yield image


def test_names_are_those_of_the_classes_or_numbers_from_one() -> None:
    assert class_names(3, ("cat", "dog", "bird")) == ("cat", "dog", "bird")
    assert class_names(3, ()) == ("1", "2", "3")
    assert class_names(3, ("cat",)) == ("1", "2", "3")


@given(st.integers(1, 2000), st.floats(20, 600), st.floats(20, 600))
def test_every_value_has_a_place_of_its_own_inside_and_is_found_there(count: int, width: float, height: float) -> None:
    bars = bars_of(np.linspace(-1, 1, count))
    rect = QRectF(3, 5, width, height)
    for index in {0, count // 2, count - 1}:
        place = bars.rect_of(rect, index)
        assert rect.adjusted(-0.01, -0.01, 0.01, 0.01).contains(place)
        assert bars.at(rect, place.center()) == index
    assert bars.at(rect, QPointF(rect.right() + 1, rect.center().y())) is None


def test_few_values_are_bars_and_many_a_mosaic(qtbot: QtBot) -> None:
    assert bars_of(np.ones(10)).has_bars(RECT)
    assert not bars_of(np.ones(MOST_BARS + 1)).has_bars(RECT)
    assert not bars_of(np.ones(40)).has_bars(QRectF(0, 0, 63, 63))


def test_the_part_of_the_mosaic_after_the_last_value_belongs_to_nobody(qtbot: QtBot) -> None:
    bars = bars_of(np.ones(101))
    last = bars.rect_of(RECT, 100)
    beside = last.center() + QPointF(last.width(), 0)
    assert bars.at(RECT, beside) is None
    with painted(bars, RECT) as image:
        assert image.pixelColor(beside.toPoint()) == theme.role("surface")
        assert image.pixelColor(last.center().toPoint()) != theme.role("surface")


def test_negative_values_go_left_of_zero_and_the_largest_stands_out(qtbot: QtBot) -> None:
    bars = bars_of([2.0, -1.0, 4.0])
    assert bars.largest == 2
    zero = bars.columns(RECT).zero
    with painted(bars, RECT) as image:
        strong, weak = _ink(image, bars, 2, zero + 6), _ink(image, bars, 0, zero + 6)
        assert strong == theme.role("output")
        assert weak not in (strong, theme.role("surface"))
        assert _ink(image, bars, 1, zero - 6) == weak
        assert _ink(image, bars, 1, zero + 6) == theme.role("surface")
        assert _ink(image, bars, 0, zero - 6) == theme.role("surface")


def _ink(image: QImage, bars: ClassBars, index: int, x: float) -> QColor:
    return image.pixelColor(round(x), round(bars.rect_of(RECT, index).center().y()))


def test_a_bar_is_as_long_as_its_value(qtbot: QtBot) -> None:
    bars = bars_of([1.0, 2.0, 4.0])
    columns = bars.columns(RECT)
    whole = columns.bar[1] - columns.zero
    with painted(bars, RECT) as image:
        for index, part in ((0, 0.25), (1, 0.5), (2, 1.0)):
            assert _ink(image, bars, index, columns.zero + whole * part - 2) != theme.role("surface")
            if part < 1:
                assert _ink(image, bars, index, columns.zero + whole * part + 2) == theme.role("surface")


def test_without_negative_values_zero_is_at_the_left() -> None:
    columns = bars_of([0.2, 0.8]).columns(RECT)
    assert columns.zero == columns.bar[0]
    columns = bars_of([-0.2, -0.8]).columns(RECT)
    assert columns.zero == columns.bar[1]


def test_values_that_are_all_alike_have_no_largest() -> None:
    assert bars_of([0.0, 0.0, 0.0]).largest is None
    assert bars_of([7.0]).largest is None


@pytest.mark.parametrize(("size", "written"), [((260, 300), True), ((60, 300), False), ((260, 40), False)])
def test_names_and_numbers_are_left_out_where_they_do_not_fit(
    qtbot: QtBot, size: tuple[int, int], written: bool
) -> None:
    bars = bars_of(np.arange(10))
    assert (bars.text_size(QRectF(0, 0, *size)) > 0) == written


@pytest.mark.parametrize("smallest", [8.0, 18.0, 24.0])
def test_no_text_is_smaller_than_wanted_nor_beyond_its_row(qtbot: QtBot, smallest: float) -> None:
    bars = bars_of(np.arange(10), smallest=smallest)
    size = bars.text_size(RECT)
    assert size == 0 or smallest <= size <= bars.rect_of(RECT, 0).height()


def test_long_names_leave_room_for_the_bars(qtbot: QtBot) -> None:
    columns = bars_of([1, 2], ("a name that is much longer than there is room for", "b")).columns(RECT)
    assert columns.bar[1] - columns.bar[0] > RECT.width() * 0.3
    assert columns.name[1] < columns.bar[0] < columns.bar[1] < columns.number[0] <= RECT.right()


def test_the_marked_value_is_framed(qtbot: QtBot) -> None:
    bars = bars_of([1, 2, 3])
    with painted(bars, RECT, marked=1) as image:
        row = bars.rect_of(RECT, 1)
        assert image.pixelColor(round(row.center().x()), round(row.top() + 1)) == theme.role("window")


def test_of_very_many_values_the_largest_are_bars_the_largest_first(qtbot: QtBot) -> None:
    values = np.linspace(0, 1, 1000)
    values[281] = 2
    order = largest_first(values)
    assert (len(order), order[:3]) == (LARGEST_SHOWN, (281, 999, 998))
    numbers = np.array(values, np.float32)
    bars = ClassBars(numbers, Scale.of_signed(numbers), digits_for(numbers), class_names(1000, ()), 8.0, order=order)
    assert bars.has_bars(RECT)
    assert bars.at(RECT, bars.rect_of(RECT, 999).center()) == 999
    assert bars.rect_of(RECT, 281).top() < bars.rect_of(RECT, 999).top() < bars.rect_of(RECT, 998).top()
    assert bars.rect_of(RECT, 5).isEmpty()
    assert bars.names[281] == "class 282"
    with painted(bars, RECT, marked=5) as without, painted(bars, RECT, marked=281) as framed:
        assert without != framed


def test_few_values_stay_in_their_order() -> None:
    assert largest_first(np.array([3, 1, 2])) == (0, 1, 2)

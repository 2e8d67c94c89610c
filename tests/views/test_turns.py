"""What takes long to paint is painted in turns."""

from __future__ import annotations

from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from cnn_explorer.views.turns import turns


class Noting(QWidget):
    """Writes down its name when it is painted."""

    def __init__(self, name: str, painted: list[str], parent: QWidget) -> None:
        super().__init__(parent)
        self._name, self._painted = name, painted
        self.resize(10, 10)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._painted.append(self._name)


class Two(QWidget):
    """A window with two widgets, painted for the first time."""

    def __init__(self, qtbot: QtBot) -> None:
        super().__init__()
        self.painted: list[str] = []
        self.first, self.second = (Noting(name, self.painted, self) for name in ("first", "second"))
        self.second.move(20, 0)
        qtbot.addWidget(self)
        self.show()
        qtbot.waitExposed(self)
        QApplication.processEvents()
        self.painted.clear()


def paintings(painted: list[str], count: int) -> list[int]:
    """How many paintings there had been after each turn of the event loop, until there were so many."""
    found = []
    while len(painted) < count:
        QApplication.processEvents()
        found.append(len(painted))
    return found


def test_between_two_paintings_the_event_loop_hears_of_other_things(qtbot: QtBot) -> None:
    two = Two(qtbot)
    turns().ask(two.first)
    turns().ask(two.second)
    assert turns().any
    assert 1 in paintings(two.painted, 2)
    assert two.painted == ["first", "second"]
    assert not turns().any


def test_asking_twice_paints_once(qtbot: QtBot) -> None:
    two = Two(qtbot)
    for widget in (two.first, two.second, two.first):
        turns().ask(widget)
    paintings(two.painted, 2)
    QApplication.processEvents()
    assert two.painted == ["first", "second"]


def test_a_widget_that_has_gone_is_left_out(qtbot: QtBot) -> None:
    two = Two(qtbot)
    turns().ask(two.first)
    turns().ask(two.second)
    delete(two.first)
    paintings(two.painted, 1)
    assert two.painted == ["second"]


def test_where_all_have_gone_nothing_goes_on(qtbot: QtBot) -> None:
    two = Two(qtbot)
    turns().ask(two.first)
    delete(two.first)
    assert not turns().any and not turns()._timer.isActive()

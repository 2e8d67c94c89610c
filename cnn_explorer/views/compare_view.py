"""Two settings of one layer side by side, on one input and under one cursor."""

from __future__ import annotations

from math import inf

import numpy as np
from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from cnn_explorer.session.language import tr, translated
from cnn_explorer.session.playback import Playback
from cnn_explorer.session.session import Session
from cnn_explorer.session.settings import Settings
from cnn_explorer.views.compare_scales import PairedScales
from cnn_explorer.views.compare_twin import Twin
from cnn_explorer.views.controls import button, describe, icon_button, label, line
from cnn_explorer.views.icons import icon
from cnn_explorer.views.number_grid import NumberGrid
from cnn_explorer.views.stage import Stage
from cnn_explorer.views.stage_scene import Scene
from cnn_explorer.views.status_line import OneLine
from cnn_explorer.views.theme import theme

SMALLEST_STAGE = (200, 160)
HEAD_HEIGHT = 38
FACTS_FONT = 15
SMALLEST_CHOICE = 90
NEARLY = 1e-5
"""Of the largest value: numbers that differ by less are the same, added in another order."""


class ComparePanes(QWidget):
    """Left the document's layer, which can be edited; right the same with the setting that is chosen above it."""

    pointed = Signal(str)

    def __init__(self, session: Session, twin: Twin, settings: Settings, playback: Playback) -> None:
        super().__init__()
        self._session, self._twin = session, twin
        own, other = PairedScales(session, settings, self), PairedScales(twin.session, settings, self)
        own.pair(other)
        self.left = Stage(session, settings, playback, own)
        self.right = Stage(twin.session, settings, playback, other)
        self.now, self.instead = label("heading"), label("heading")
        self.choice = QComboBox()
        self.use_button, self.close_button = button(twin.use), icon_button(lambda: twin.set_active(False))
        self.nothing = label("quiet")
        self.sides = QStackedWidget()
        self.facts = OneLine("text", Qt.AlignmentFlag.AlignHCenter, ground="ground")
        self._texts: list[str] = []
        self._matched: object = None
        self._lay_out()
        self._connect()
        self.set_presenting(False)
        self.retranslate()

    def _lay_out(self) -> None:
        self.now.setMinimumWidth(1)
        self.choice.setMinimumWidth(SMALLEST_CHOICE)
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nothing.setWordWrap(True)
        for stage in (self.left, self.right):
            stage.setMinimumSize(*SMALLEST_STAGE)
        for grid in self.right.findChildren(NumberGrid):  # this side is changed by its menu alone
            grid.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            grid.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for side in (self.right, self.nothing):
            self.sides.addWidget(side)
        divide = line()
        divide.setMaximumSize(1, 16_777_215)
        sides = self._sides = QHBoxLayout()
        sides.setSpacing(0)
        self._heads = _head(self.now), _head(self.instead, self.choice, self.use_button, self.close_button)
        for head, shown in ((self._heads[0], self.left), (self._heads[1], self.sides)):
            below_each_other = QVBoxLayout()
            below_each_other.setSpacing(0)
            below_each_other.addWidget(head)
            below_each_other.addWidget(shown, 1)
            sides.addLayout(below_each_other, 1)
        sides.insertWidget(1, divide)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(sides, 1)
        column.addWidget(self.facts)

    def _connect(self) -> None:
        self.choice.activated.connect(self._twin.choose)
        self._twin.changed.connect(self.redraw)
        for stage in (self.left, self.right):
            stage.pointed.connect(self.pointed)
        for session in (self._session, self._twin.session):
            session.pointed_at.connect(self._show_pointed)
        theme.changed.connect(self._colour)
        self._colour()

    def _show_pointed(self) -> None:
        for stage in (self.left, self.right):
            stage.pointer.show(stage.session.pointed)

    # what is shown

    def redraw(self) -> None:
        """The titles, the menu and the facts; both stages redraw themselves."""
        offered, chosen = self._twin.offered, self._twin.chosen
        self._show_choices(
            [translated(each.other) for each in offered], -1 if chosen is None else offered.index(chosen)
        )
        for widget in (self.instead, self.choice, self.use_button):
            widget.setVisible(chosen is not None)
        self.now.setText("" if chosen is None else tr("Now: {setting}", setting=translated(chosen.now)))
        self.sides.setCurrentWidget(self.nothing if chosen is None else self.right)
        self.facts.set_text(self._facts())
        self._match_cells()

    def _match_cells(self) -> None:
        """The same size of cells on both sides: as large as fits on both."""
        maps = [(scene.inputs.shape, scene.output is not None and scene.output.shape) for scene in self._scenes()]
        key = (maps, self.left.size(), self.right.size(), self.left.presenting)
        if key == self._matched:
            return
        self._matched, stages = key, (self.left, self.right)
        for limit in (inf, 0.0):
            for stage in stages:
                stage.largest_cell = limit or min(each.plan.input.cell / each.zoom for each in stages if each.plan)
                stage.lay_out()

    def _scenes(self) -> list[Scene]:
        return [scene for scene in self._twin.scenes if scene is not None]

    def _show_choices(self, texts: list[str], current: int) -> None:
        with QSignalBlocker(self.choice):
            if texts != self._texts:
                self._texts = texts
                self.choice.clear()
                self.choice.addItems(texts)
            self.choice.setCurrentIndex(current)

    def _facts(self) -> str:
        """The sizes of both maps, their values under the cursor, and how many cells differ."""
        here, there = self._twin.scenes
        if here is None or there is None or here.output is None or there.output is None:
            return ""
        values = (_value_at(scene, each) for scene, each in ((here, self._session), (there, self._twin.session)))
        here_value, there_value = values
        parts = [
            tr("{size} against {other}", size=_size(here), other=_size(there)),
            tr("here {value} against {other}", value=here_value, other=there_value),
        ]
        if here.output.shape == there.output.shape:
            differing = count_differing(here.output, there.output)
            parts.append(tr("{count} of {all} cells differ", count=differing, all=here.output.size))
        return "  ·  ".join(parts)

    def retranslate(self) -> None:
        """Set every text."""
        self.instead.setText(tr("Instead:"))
        describe(self.choice, tr("The other setting"), tr("What the layer on the right has in place of this setting"))
        self.use_button.setText(tr("Use"))
        describe(self.use_button, tr("Use this setting"), tr("Give the layer of the document the setting on the right"))
        describe(self.close_button, tr("Close the comparison"), tr("Close the comparison (Esc)"))
        self.nothing.setText(tr("This layer has no setting that could be compared. Choose another layer above."))
        self.redraw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._sides.activate()
        self._match_cells()

    def set_presenting(self, presenting: bool) -> None:
        """Large text, for the back row."""
        large = self.window().height() / 40 if presenting else 0.0
        made = QFont(self.font())
        made.setWeight(QFont.Weight.DemiBold)
        made.setPixelSize(round(max(FACTS_FONT, large)))
        self.facts.setFont(made)
        self.facts.setFixedHeight(round(made.pixelSize() * 1.8))
        for widget in (self.now, self.instead, self.choice, self.use_button):
            widget.setFont(made if presenting else QFont())
        for head in self._heads:
            head.setFixedHeight(round(max(HEAD_HEIGHT, large * 1.9)))
        for stage in (self.left, self.right):
            stage.set_presenting(presenting)
        self._match_cells()

    def _colour(self) -> None:
        self.close_button.setIcon(icon("close"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


class CompareView(QWidget):
    """The place of a comparison in the middle column; what stands in it is made when it is first opened.

    `opened` when a comparison begins, `closed` when it ends.
    """

    pointed = Signal(str)
    opened = Signal()
    closed = Signal()

    def __init__(self, session: Session, settings: Settings, playback: Playback, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._settings, self._playback = session, settings, playback
        self._presenting = False
        self.twin = Twin(session, self)
        self.twin.changed.connect(self._follow)
        self.panes: ComparePanes | None = None
        self._was_active = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    @property
    def active(self) -> bool:
        """Whether two settings are compared."""
        return self.twin.active

    def open_comparison(self) -> None:
        """Compare the focused layer. Differences to before are another thing: they are no longer shown."""
        if self.panes is None:
            self.panes = ComparePanes(self._session, self.twin, self._settings, self._playback)
            self.panes.pointed.connect(self.pointed)
            self._column.addWidget(self.panes)
            self.set_presenting(self._presenting)
        self._session.show_differences(False)
        self.twin.set_active(True)

    def close_comparison(self) -> None:
        """The document's layer alone again."""
        self.twin.set_active(False)

    def _follow(self) -> None:
        if self.active != self._was_active:
            self._was_active = self.active
            (self.opened if self.active else self.closed).emit()

    def set_presenting(self, presenting: bool) -> None:
        """Large text, for the back row."""
        self._presenting = presenting
        if self.panes is not None:
            self.panes.set_presenting(presenting)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if self.panes is not None:
            self.panes.left.setFocus()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and _is_escape(event):
            event.accept()  # before the program's own Esc, which goes a level up
            return True
        return bool(super().event(event))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _is_escape(event):
            self.close_comparison()
        else:
            super().keyPressEvent(event)


def _is_escape(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_Escape and not event.modifiers()


def _head(*widgets: QWidget) -> QWidget:
    """A row above a stage; a menu in it takes the room that is left, or the one widget that it has."""
    head = QWidget()
    row = QHBoxLayout(head)
    row.setContentsMargins(14, 4, 8, 2)
    row.setSpacing(8)
    for widget in widgets:
        row.addWidget(widget, int(isinstance(widget, QComboBox) or len(widgets) == 1))
    return head


def _size(scene: Scene) -> str:
    return " × ".join(map(str, scene.evaluation.maps[scene.index + 1].shape[:2]))


def _value_at(scene: Scene, session: Session) -> str:
    assert scene.output is not None
    return scene.digits.output.text(float(scene.output[session.cursor.row, session.cursor.column]))


def count_differing(first: np.ndarray, second: np.ndarray) -> int:
    """How many cells of two maps of one shape differ by more than the order of adding does."""
    largest = max(float(np.abs(first).max(initial=0)), float(np.abs(second).max(initial=0)))
    return int(np.count_nonzero(np.abs(first - second) > NEARLY * largest))

"""What stands between the top bar and the status line: the strip of layers, and below it three columns."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QSplitter, QStackedWidget, QWidget

from cnn_explorer.session.cursor import IMAGE, LEVELS
from cnn_explorer.session.playback import Playback
from cnn_explorer.session.session import Session
from cnn_explorer.session.settings import Settings
from cnn_explorer.views.arithmetic_panel import ArithmeticPanel
from cnn_explorer.views.canvas import Canvas
from cnn_explorer.views.compare_view import CompareView
from cnn_explorer.views.controls import in_column, line
from cnn_explorer.views.input_panel import InputPanel
from cnn_explorer.views.kernel_panel import KernelPanel
from cnn_explorer.views.left_column import LeftColumn
from cnn_explorer.views.overview import Overview
from cnn_explorer.views.path_bar import PathBar
from cnn_explorer.views.right_column import MakeTraining, RightColumn
from cnn_explorer.views.scales import Scales
from cnn_explorer.views.stage import Stage
from cnn_explorer.views.strip import Strip
from cnn_explorer.views.transport import Transport

WIDTHS = (260, 884, 296)
"""Of the columns, in the window's usual size."""
LEFT_RANGE, RIGHT_RANGE = (246, 360), (252, 400)
WIDTH_FOR_TWO = 1600
"""Of the workbench: from here on two stages have room between the columns."""
HEIGHT_FOR_TWO = 800
"""Of the window: from here on they have room above the sum."""


class Workbench(QWidget):
    """Input and kernel on the left, stage and arithmetic in the middle, the layer on the right.

    Where the cursor is on the image, that is shown in the middle. `pointed` carries the read-out of any view.
    """

    pointed = Signal(str)

    def __init__(
        self,
        session: Session,
        settings: Settings,
        playback: Playback,
        parent: QWidget,
        training: MakeTraining | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._settings = session, settings
        self._presenting = False
        self._opened = session.first
        self.scales = Scales(session, settings, self)
        self.strip = Strip(session, self.scales, settings)
        self.input_panel = InputPanel(session, settings)
        self.kernel_panel = KernelPanel(session, settings, self.scales)
        self.stage = Stage(session, settings, playback, self.scales)
        self.overview = Overview(session, settings, self.scales)
        self.path_bar = PathBar(session, settings)
        self.canvas = Canvas(session, settings, self.input_panel.brush)
        self.compare = CompareView(session, settings, playback)
        self.arithmetic = ArithmeticPanel(session, self.scales, settings)
        self.transport = Transport(session, playback, settings)
        self.right_column = RightColumn(session, settings, self.scales, training)
        self.layer_panel = self.right_column.layer_panel
        self._lay_out()
        for view in (
            self.strip, self.input_panel, self.kernel_panel, self.stage, self.overview, self.canvas, self.arithmetic,
            self.transport, self.right_column, self.compare,
        ):  # fmt: skip
            view.pointed.connect(self.pointed)
        self.stage.output_hovered.connect(self.arithmetic.show_cell)
        for signal in (session.cursor_moved, self.compare.opened, self.compare.closed):
            signal.connect(self.redraw)
        self.redraw()

    def _lay_out(self) -> None:
        """From the outside in: a widget that moves into another has its style worked out again, with all it holds."""
        self.columns, below_strip = QSplitter(), line()
        in_column(self, self.strip, below_strip, self.columns).setStretch(2, 1)
        self.columns.setHandleWidth(1)
        self.columns.setChildrenCollapsible(False)
        self.centre, self.stack = QWidget(), QStackedWidget()
        self.left = LeftColumn(self._session, self.input_panel, self.kernel_panel)
        self.right = self.right_column
        for column, widths in ((self.left, LEFT_RANGE), (self.right, RIGHT_RANGE)):
            column.setMinimumWidth(widths[0])
            column.setMaximumWidth(widths[1])
        for place, widget in enumerate((self.left, self.centre, self.right)):
            self.columns.addWidget(widget)
            self.columns.setStretchFactor(place, int(widget is self.centre))
        self.columns.setSizes(list(WIDTHS))
        in_column(self.centre, self.path_bar, self.stack, self.arithmetic, line(), self.transport).setStretch(1, 1)
        self.stack.addWidget(self.stage)
        self.stack.addWidget(self.overview)
        self.stack.addWidget(self.canvas)
        self.stack.addWidget(self.compare)
        self._away_when_presenting = (self.strip, below_strip, self.left, self.right)

    def redraw(self) -> None:
        """The stage for a layer, the canvas for the image; the views redraw themselves."""
        focused = QApplication.focusWidget()
        takes_over = focused is not None and self.stack.isAncestorOf(focused)
        before = self.stack.currentWidget()
        self.stack.setCurrentWidget(self._middle)
        self._make_room()
        known, self._opened = self._opened is self._session.first, self._session.first
        if known and self._settings.values.animation and self.isVisible():  # of another document nothing was elsewhere
            self._fly(before, self._middle)
        if takes_over:  # left to itself, the focus would go to whatever control comes next
            self.take_focus()

    def _fly(self, before: QWidget | None, after: QWidget) -> None:
        """From one distance to another: what both show moves from its place in one to its place in the other."""
        if before is self.overview and after is self.stage:
            self.stage.fly_in(self.overview.places())
        elif before is self.stage and after is self.overview:
            self.overview.fly_in(self.stage.places())

    @property
    def _middle(self) -> QWidget:
        cursor = self._session.cursor
        if cursor.layer == IMAGE:
            return self.overview if cursor.level == LEVELS[0] else self.canvas
        inputs = self._session.evaluation.input_of(cursor.layer)
        flat = inputs is not None and inputs.shape[:2] == (1, 1) and inputs.shape[2] > 1
        if cursor.level != LEVELS[-1] or flat:
            return self.overview
        return self.compare if self.compare.active else self.stage

    def _make_room(self) -> None:
        """In a small window two stages beside each other need the place of the right column and of the sum, too."""
        comparing = self.stack.currentWidget() is self.compare
        self.right.setVisible(not self._presenting and not (comparing and self.width() < WIDTH_FOR_TWO))
        self.arithmetic.setVisible(not (comparing and self.window().height() < HEIGHT_FOR_TWO))

    def take_focus(self) -> None:
        """Give the keys to what stands in the middle."""
        self._middle.setFocus()

    def set_presenting(self, presenting: bool) -> None:
        """Only the middle column, its text large enough for the back row."""
        self._presenting = presenting
        for widget in self._away_when_presenting:
            widget.setVisible(not presenting)
        self._make_room()
        self._tell_presenting()

    def _tell_presenting(self) -> None:
        for view in (self.path_bar, self.stage, self.overview, self.compare, self.arithmetic, self.transport):
            view.set_presenting(self._presenting)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()
        if self._presenting:  # its sizes are parts of the window's height
            self._tell_presenting()
        else:
            self.arithmetic.fit_height()

    def widths(self) -> bytes:
        """The columns' widths, for `restore_widths`."""
        return bytes(self.columns.saveState().data())

    def restore_widths(self, widths: bytes) -> None:
        """Give the columns the widths they had."""
        self.columns.restoreState(QByteArray(widths))

"""The line above the picture: how near one looks, and at what."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from cnn_explorer.session.cursor import IMAGE, LEVELS
from cnn_explorer.session.language import tr
from cnn_explorer.session.session import Session
from cnn_explorer.session.settings import Settings
from cnn_explorer.views.controls import Segmented, describe
from cnn_explorer.views.difference_bar import DifferenceBar
from cnn_explorer.views.field_bar import FieldBar
from cnn_explorer.views.notice_bar import MOST_BRIEF
from cnn_explorer.views.stage_words import map_name
from cnn_explorer.views.status_line import OneLine
from cnn_explorer.views.theme import theme

HEIGHT, LINE = 36, 13


class PathBar(QWidget):
    """Network, channels or cell; the path to what the cursor is on; and the order of the channels."""

    def __init__(self, session: Session, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._settings, self._size = session, settings, 0
        self.levels = Segmented(len(LEVELS))
        self.levels.chosen.connect(lambda index: session.look(LEVELS[index]))
        self.path = OneLine("quiet", Qt.AlignmentFlag.AlignLeft, ground="ground")
        self.strongest = QCheckBox()
        self.strongest.toggled.connect(lambda on: settings.set("strongest_first", on))
        self.differences, self.field = DifferenceBar(session), FieldBar(session)
        self.setFixedHeight(HEIGHT)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 12, 2)
        row.setSpacing(14)
        row.addWidget(self.levels)
        row.addWidget(self.path, 1)
        for widget in (self.strongest, self.field, self.differences):
            row.addWidget(widget)
        row.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)  # what is said here moves no column
        for notice in (self.field, self.differences):
            notice.told.connect(self._fit)
        for signal in (session.evaluated, session.cursor_moved):
            signal.connect(self.redraw)
        theme.changed.connect(self.update)
        self.retranslate()

    def set_presenting(self, presenting: bool) -> None:
        """Large text, for the back row."""
        size = max(LINE, round(self.window().height() / 40)) if presenting else 0
        if size == self._size:  # working out a style again takes a while
            return
        self._size = size
        self.setStyleSheet(f"* {{ font-size: {size}px; }}" if size else "")
        self.setFixedHeight(max(HEIGHT, round(size * 1.9)))
        for notice in (self.field, self.differences):
            notice.fit(self.height() - 8)
        self.redraw()

    def redraw(self) -> None:
        """Show where the cursor is."""
        cursor = self._session.cursor
        self.levels.set_current(LEVELS.index(cursor.level))
        self.levels.buttons[1].setEnabled(cursor.layer != IMAGE)
        self.strongest.setVisible(cursor.level == "channels" and cursor.layer != IMAGE)
        self.strongest.blockSignals(True)
        self.strongest.setChecked(self._settings.values.strongest_first)
        self.strongest.blockSignals(False)
        self.path.set_text(self._words())
        self._fit()

    def _fit(self) -> None:
        """Notices as brief as they have to be to leave the path its room; never wider than leaves the rest its own."""
        notices = [notice for notice in (self.field, self.differences) if not notice.isHidden()]
        others = [self.levels, self.path, *([] if self.strongest.isHidden() else [self.strongest])]
        wanted = sum(widget.sizeHint().width() for widget in others) + 24 + 14 * (len(others) + len(notices) - 1)
        room = self.width() - wanted
        widths = [sum(each) for each in zip(*(notice.widths() for notice in notices), strict=True)]
        brevity = next((at for at, width in enumerate(widths) if width <= room), MOST_BRIEF)
        for notice in notices:
            notice.set_brevity(brevity)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _words(self) -> str:
        cursor, evaluation = self._session.cursor, self._session.evaluation
        if cursor.layer == IMAGE:
            return tr("Input")
        words = [map_name(evaluation, cursor.layer + 1)]
        output = evaluation.output_of(cursor.layer)
        if output is not None:
            flat = output.shape[0] * output.shape[1] == 1
            if output.shape[2] > 1:
                places = {"number": cursor.filter + 1, "count": output.shape[2]}
                words.append(
                    tr("number {number} of {count}", **places) if flat else tr("filter {number} of {count}", **places)
                )
            if not flat:
                words.append(tr("row {row}, column {column}", row=cursor.row + 1, column=cursor.column + 1))
        return "  ›  ".join(words)

    def retranslate(self) -> None:
        """Set every text."""
        self.levels.set_texts(
            (tr("Network"), tr("Channels"), tr("Cell")),
            (
                tr("All maps of the network"),
                tr("The channels of one filter: what each of them adds"),
                tr("One cell: its window, step by step"),
            ),
        )
        self.strongest.setText(tr("Strongest first"))
        tip = tr("Put the channels that add most to this cell at the top")
        describe(self.strongest, tr("Strongest first"), tip)
        self.redraw()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

"""The arithmetic of one output cell: window ⊙ kernel = products, and the sum written out so that it adds up."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from cnn_explorer.network.carried import carried
from cnn_explorer.session.cursor import IMAGE
from cnn_explorer.session.language import tr, translated
from cnn_explorer.session.session import Session
from cnn_explorer.session.settings import Settings
from cnn_explorer.views.arithmetic_fitting import MANY, SMALLEST_NUMBER, Fitted, Fitting
from cnn_explorer.views.arithmetic_lines import ROOMS, Room, Told, all_lines
from cnn_explorer.views.arithmetic_titles import carried_words, switched_off, title
from cnn_explorer.views.arithmetic_words import Line, Word, paint_words, plain_text, with_tail
from cnn_explorer.views.scales import Scales
from cnn_explorer.views.stage_paint import elided, font, paint_message
from cnn_explorer.views.stage_scene import Scene, scene_of
from cnn_explorer.views.theme import theme

HEIGHT = 164
LOW_HEIGHT, LOW_WINDOW, FEW_LINES = 122, 700, 3
"""In a low window a few lines take less, so that the cells of the stage keep room for their numbers."""
TITLE_HEIGHT = 44
"""While the image is drawn on there is no sum, only a sentence; and from afar the number alone."""
PAD = 14.0
TITLE = 13.0
"""The font of the title, in pixels."""


class ArithmeticPanel(QWidget):
    """Shows how the cell under the cursor came about, or the one given to `show_cell`. `text` is the same as text."""

    pointed = Signal(str)

    def __init__(
        self, session: Session, scales: Scales, settings: Settings | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._scales, self._settings = session, scales, settings
        self._presenting = False
        self._scene: Scene | None = None
        self._told: Told | None = None
        self._tail: list[Word] = []
        self._fitting: Fitting | None = None
        self._drawn: tuple[object, ...] = ()
        self._fitted: tuple[tuple[float, float], Fitted] | None = None
        self._room: tuple[tuple[object, ...], int] = ((), 0)
        self._hovered: tuple[int, int] | None = None
        self._copy = QAction(self)
        self._copy.triggered.connect(lambda: QGuiApplication.clipboard().setText(self.text))
        self.addAction(self._copy)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self._connect()
        self.set_presenting(False)
        self.retranslate()

    def _connect(self) -> None:
        for signal in (self._scales.changed, theme.changed):
            signal.connect(self.redraw)
        self._session.evaluated.connect(self._follow)
        self._session.cursor_moved.connect(self._cursor_moved)
        if self._settings is not None:
            self._settings.changed.connect(self._setting_changed)

    def _setting_changed(self, name: str) -> None:
        if name == "strongest_first":
            self.redraw()

    def redraw(self) -> None:
        """Draw everything from nothing."""
        self._scene = scene_of(self._session.evaluation, self._session.cursor)
        self._show(None)

    def _follow(self) -> None:
        """An edit outside of the window, as most are under a pen, leaves the sum as it stands."""
        self._scene = scene_of(self._session.evaluation, self._session.cursor)
        if self._hovered is not None and not self._has(self._hovered):
            self._hovered = None
        self._tell()
        if self._content() != self._drawn:
            self._draw()

    def _content(self) -> tuple[object, ...]:
        """All that is drawn: the words, and the scales that colour the numbers."""
        scene = self._scene
        if scene is None:
            return (self.title(),)
        if self._far and self._told is not None:
            return self.title(), scene.digits.output.text(self._told.shown), self._tail
        kernel = None if scene.kernel is None else self._scales.kernel_scale(scene.layer, scene.weights, scene.index)
        return self.title(), self.lines(), self._tail, self._scales.of_values(*scene.source), kernel

    def show_cell(self, cell: tuple[int, int] | None) -> None:
        """Show another output cell (row, column) until the cursor moves; None for the cursor's again."""
        if cell != self._hovered:
            self._show(cell)

    def _show(self, cell: tuple[int, int] | None) -> None:
        self._hovered = cell
        self._tell()
        self._draw()

    def _draw(self) -> None:
        self._drawn = self._content()
        self.fit_height()
        self.update()

    def _has(self, cell: tuple[int, int]) -> bool:
        output = None if self._scene is None else self._scene.output
        return output is not None and cell[0] < output.shape[0] and cell[1] < output.shape[1]

    @property
    def _cell(self) -> tuple[int, int]:
        return self._hovered or (self._session.cursor.row, self._session.cursor.column)

    def _cursor_moved(self) -> None:
        self._scene = scene_of(self._session.evaluation, self._session.cursor)
        self._show(None)

    def retranslate(self) -> None:
        """Set every text in the current language."""
        self.setAccessibleName(tr("Arithmetic"))
        self._copy.setText(tr("Copy the sum as text"))
        self.redraw()

    def set_presenting(self, presenting: bool) -> None:
        """Large text, for the back row."""
        self._presenting, self._fitted = presenting, None
        self.fit_height()
        self.update()

    def fit_height(self) -> None:
        """Be as high as the window and the sum call for."""
        window = self.window().height()
        if self._session.cursor.layer == IMAGE or self._far:
            height = max(TITLE_HEIGHT, round(self._font_size(TITLE) * 2.6))
        elif self._presenting:
            height = max(HEIGHT, round(window * 0.24))
        else:
            height = LOW_HEIGHT if window < LOW_WINDOW and len(self.lines()) <= FEW_LINES else HEIGHT
        if height != self.minimumHeight():
            self.setFixedHeight(height)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    # what it says

    def _tell(self) -> None:
        """Explain the cell anew."""
        scene, cursor = self._scene, self._session.cursor
        self._told, self._fitting, self._tail, self._fitted = None, None, [], None
        found = None if scene is None or scene.output is None else scene.explain(*self._cell)
        if scene is None or scene.output is None or found is None:
            return
        strongest = self._settings is not None and self._settings.values.strongest_first
        row, column = self._cell
        self._told = Told(scene, found, row, column, float(scene.output[row, column]), cursor.level, strongest)
        stations = carried(scene.evaluation, scene.index, (row, column, scene.filter))
        self._tail = carried_words(scene.evaluation, stations, row, column)
        self._fitting = Fitting(self._told, self._tail, self._scales)

    @property
    def text(self) -> str:
        """Title and arithmetic as plain text, with nothing left out."""
        told = self._told
        if told is None:
            return self.title()
        lines = all_lines(told) if told.by_channel else self.lines(Room())
        return "\n".join([title(told), plain_text(with_tail(lines, self._tail, "below"))]).strip()

    def title(self) -> str:
        """The line above: which cell, and how its kind of layer makes it."""
        cursor, scene = self._session.cursor, self._scene
        if cursor.layer == IMAGE:
            return tr("Draw on the image: every map follows. Choose a layer above to step through it.")
        if scene is None or scene.output is None:
            problems = self._session.evaluation.problems
            return translated(problems[0].sentence) if problems else ""
        if self._told is None:
            return switched_off(scene, *self._cell)
        return title(self._told)

    def lines(self, room: Room = ROOMS[0]) -> list[Line]:
        """The arithmetic in as many words as there is room for, without what becomes of the number."""
        return [] if self._fitting is None else self._fitting.lines(room)

    def shown_text(self) -> str:
        """The lines as they are drawn now."""
        return plain_text(self.fitted().lines)

    # how it is drawn

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.role("ground"))
        painter.setPen(theme.role("border"))
        painter.setBrush(theme.role("surface"))
        painter.drawRoundedRect(self._card(), 8, 8)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self._told is None:
            self._paint_sentence(painter)
        elif not self._far:
            self._paint_title(painter)
        if self._told is not None:
            self._paint_fitted(painter, self.body())
        painter.end()

    def _card(self) -> QRectF:
        return QRectF(self.rect()).adjusted(12.5, 0.5, -12.5, -6.5)

    @property
    def _far(self) -> bool:
        """Whether only the number is shown, without a title."""
        return self._session.cursor.level == "network"

    def body(self) -> QRectF:
        """Where tables and lines stand."""
        above, below = (0.0, 0.0) if self._far else (8 + self._font_size(TITLE) * 1.7, 8.0)
        return self._card().adjusted(PAD, above, -PAD, -below)

    def _font_size(self, normal: float) -> float:
        return max(normal, self.window().height() / 40) if self._presenting else normal

    def _paint_title(self, painter: QPainter) -> None:
        size, card = self._font_size(TITLE), self._card()
        painter.setFont(font(size, bold=True))
        painter.setPen(theme.role("quiet"))
        words = elided(self.title(), size, True, card.width() - 2 * PAD)
        painter.drawText(card.adjusted(PAD, 8, -PAD, 0), Qt.AlignmentFlag.AlignTop, words)

    def _paint_sentence(self, painter: QPainter) -> None:
        """Why there is no sum: whole, in several lines where it needs them."""
        margin, place = (1, Qt.AlignmentFlag.AlignVCenter) if self._far else (8, Qt.AlignmentFlag.AlignTop)
        card = self._card().adjusted(PAD, margin, -PAD, -margin)
        paint_message(painter, card, self.title(), self._font_size(TITLE), "quiet", place, bold=True)

    def _paint_fitted(self, painter: QPainter, body: QRectF) -> None:
        assert self._fitting is not None
        fitted, tables = self.fitted(), self._fitting.tables
        left = body.left()
        if tables is not None and fitted.height:
            smallest, role = max(SMALLEST_NUMBER, self._font_size(0.0)), "output" if self._hovered else "window"
            left = tables.paint(painter, body, fitted.height, smallest, self._font_size(MANY), role)
        paint_words(painter, QRectF(left, body.top(), body.right() - left, body.height()), fitted.lines, fitted.size)

    def fitted(self) -> Fitted:
        """The longest way to write it that can be read in `body`; worked out once for each size."""
        body = self.body()
        key = body.width(), body.height()
        if self._fitted is None or self._fitted[0] != key:
            assert self._fitting is not None
            size, smallest, place = body.size(), self._font_size(0.0), self._place()
            if self._far:
                self._fitted = key, self._fitting.from_afar(size, smallest)
            else:
                first = self._room[1] if self._room[0] == (*key, *place) else 0
                self._fitted = key, self._fitting.longest(size, smallest, first)
                self._room = (*key, *place), self._fitted[1].room
        return self._fitted[1]

    def _place(self) -> tuple[object, ...]:
        """What is told of: the cell of a layer, and how."""
        cursor, scene = self._session.cursor, self._scene
        index = None if scene is None else scene.index
        return index, cursor.level, cursor.filter, cursor.channel, self._cell, self._presenting

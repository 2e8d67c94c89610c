"""The arithmetic of one output cell: window ⊙ kernel = products, and the sum written out so that it adds up."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from cnn_explorer.network.numbers import Digits, digits_for
from cnn_explorer.network.written import WrittenSum, written_sum
from cnn_explorer.session.cursor import IMAGE
from cnn_explorer.session.language import tr, translated
from cnn_explorer.session.session import Session
from cnn_explorer.views.arithmetic_words import LINES, Line, Word, column_widths, fitting_size, tight
from cnn_explorer.views.grid_paint import paint_cells, paint_lines, paint_numbers
from cnn_explorer.views.scales import Scales
from cnn_explorer.views.stage_paint import elided, font, frame, text_width
from cnn_explorer.views.stage_scene import Scene, scene_of
from cnn_explorer.views.theme import Scale, theme

HEIGHT = 164
LOW_HEIGHT, LOW_WINDOW, FEW_LINES = 122, 700, 3
"""In a low window a few lines take less, so that the cells of the stage keep room for their numbers."""
CELL_HEIGHTS = (42.0, 34.0, 27.0)
"""Of the tables, in pixels: as high as the sum beside them can be read."""
LEAST_CELL = 21.0
TITLE_HEIGHT = 44
"""While the image is drawn on there is no sum, only a sentence."""
PAD = 14.0


class ArithmeticPanel(QWidget):
    """Shows how the cell under the cursor came about, or the one given to `show_cell`. `text` is the same as text."""

    pointed = Signal(str)

    def __init__(self, session: Session, scales: Scales, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._scales = session, scales
        self._presenting = False
        self._scene: Scene | None = None
        self._lines: list[Line] | None = None
        self._hovered: tuple[int, int] | None = None
        self._copy = QAction(self)
        self._copy.triggered.connect(lambda: QGuiApplication.clipboard().setText(self.text))
        self.addAction(self._copy)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        for signal in (scales.changed, theme.changed):
            signal.connect(self.redraw)
        session.evaluated.connect(self._follow)
        session.cursor_moved.connect(self._cursor_moved)
        self.set_presenting(False)
        self.retranslate()

    def redraw(self) -> None:
        """Draw everything from nothing."""
        self._scene = scene_of(self._session.evaluation, self._session.cursor)
        self._show(None)

    def _follow(self) -> None:
        """An edit outside of the window, as most are under a pen, leaves the sum as it stands."""
        before = self._content()
        self._scene, self._lines = scene_of(self._session.evaluation, self._session.cursor), None
        if self._hovered is not None and not self._has(self._hovered):
            self._hovered = None
        if self._content() != before:
            self._show(None)

    def _content(self) -> tuple[object, ...]:
        """All that is drawn: the words, and the scales that colour the numbers."""
        scene = self._scene
        if scene is None:
            return (self.title(),)
        kernel = None if scene.kernel is None else self._scales.kernel_scale(scene.layer, scene.weights, scene.index)
        return self.title(), self.lines(), self._scales.of(scene.index), kernel

    def show_cell(self, cell: tuple[int, int] | None) -> None:
        """Show another output cell (row, column) until the cursor moves; None for the cursor's again."""
        if cell != self._hovered:
            self._show(cell)

    def _show(self, cell: tuple[int, int] | None) -> None:
        self._hovered, self._lines = cell, None
        self.fit_height()
        self.update()

    def _has(self, cell: tuple[int, int]) -> bool:
        output = None if self._scene is None else self._scene.output
        return output is not None and cell[0] < output.shape[0] and cell[1] < output.shape[1]

    @property
    def _cell(self) -> tuple[int, int]:
        return self._hovered or (self._session.cursor.row, self._session.cursor.column)

    def _cursor_moved(self) -> None:
        cursor, scene = self._session.cursor, self._scene
        if scene is None or (cursor.layer, cursor.filter) != (scene.index, scene.filter):
            self.redraw()
        self._show(None)

    def retranslate(self) -> None:
        """Set every text in the current language."""
        self.setAccessibleName(tr("Arithmetic"))
        self._copy.setText(tr("Copy the sum as text"))
        self.redraw()

    def set_presenting(self, presenting: bool) -> None:
        """Large text, for the back row."""
        self._presenting = presenting
        self.fit_height()
        self.update()

    def fit_height(self) -> None:
        """Be as high as the window and the sum call for."""
        window = self.window().height()
        if self._presenting:
            height = max(HEIGHT, round(window * 0.24))
        elif self._session.cursor.layer == IMAGE:
            height = TITLE_HEIGHT
        else:
            height = LOW_HEIGHT if window < LOW_WINDOW and len(self.lines()) <= FEW_LINES else HEIGHT
        if height != self.minimumHeight():
            self.setFixedHeight(height)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    # what it says

    @property
    def text(self) -> str:
        """Title and sum as plain text."""
        lines = self.lines()
        written = ("".join(word.text for words in line for word in words) for line in lines)
        return "\n".join([self.title(), *written]).strip()

    def written(self) -> WrittenSum | None:
        """The printed arithmetic of the cell under the cursor."""
        scene = self._scene
        if scene is None or scene.output is None:
            return None
        found = scene.explain(*self._cell)
        return written_sum(found, scene.digits, float(scene.output[self._cell])) if found else None

    def title(self) -> str:
        """The line above: which cell, and how its kind of layer makes it."""
        cursor, scene = self._session.cursor, self._scene
        if cursor.layer == IMAGE:
            return tr("Draw on the image: every map follows. Choose a layer above to step through it.")
        if scene is None or scene.output is None:
            problems = self._session.evaluation.problems
            return translated(problems[0].sentence) if problems else ""
        found = scene.explain(*self._cell)
        place = {"row": self._cell[0] + 1, "column": self._cell[1] + 1}
        if found is None:
            return tr("Output cell (row {row}, column {column}): the layer is off and hands its input on", **place)
        return {
            "sum": tr("Output cell (row {row}, column {column}) = window ⊙ kernel, summed, plus bias", **place),
            "maximum": tr("Output cell (row {row}, column {column}) = the largest value in the window", **place),
            "mean": tr(
                "Output cell (row {row}, column {column}) = the mean of the window, padding not counted", **place
            ),
            "function": tr("Output cell (row {row}, column {column}) = the function of one input cell", **place),
        }[found.combination]

    def lines(self) -> list[Line]:
        """The sum, row by row of the window."""
        if self._lines is None:
            self._lines = self._written_lines()
        return self._lines

    def _written_lines(self) -> list[Line]:
        scene = self._scene
        written = self.written()
        if scene is None or written is None:
            return []
        found = scene.explain(*self._cell)
        assert found is not None
        return LINES[found.combination](scene, written, len(found.window.columns), found.winner)

    # how it is drawn

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.role("ground"))
        card = QRectF(self.rect()).adjusted(12.5, 0.5, -12.5, -6.5)
        painter.setPen(theme.role("border"))
        painter.setBrush(theme.role("surface"))
        painter.drawRoundedRect(card, 8, 8)
        title_size = self._font_size(13.0)
        made = font(title_size, bold=True)
        painter.setFont(made)
        painter.setPen(theme.role("quiet"))
        title = elided(self.title(), title_size, True, card.width() - 2 * PAD)
        painter.drawText(card.adjusted(PAD, 8, -PAD, 0), Qt.AlignmentFlag.AlignTop, title)
        body = card.adjusted(PAD, 8 + title_size * 1.7, -PAD, -8)
        self._paint_body(painter, body)
        painter.end()

    def _font_size(self, normal: float) -> float:
        return max(normal, self.window().height() / 40) if self._presenting else normal

    def _paint_body(self, painter: QPainter, body: QRectF) -> None:
        lines = self.lines()
        if not lines or self._scene is None:
            return
        largest = self._font_size(17.0 if len(lines) > 2 else 22.0)
        for tallest in (body.height(),) if self._presenting else CELL_HEIGHTS:
            grids = self._grids(min(body.height(), self._rows() * tallest))
            beside = sum(g.width + 28 for g in grids)
            size = fitting_size(lines, body.width() - beside, body.height(), largest)
            if size >= largest * 0.9:
                break
        if size < largest * 0.66:
            grids = []
            size = fitting_size(lines, body.width(), body.height(), largest)
        if size < largest * 0.7:
            lines = tight(lines)
            size = max(fitting_size(lines, body.width(), body.height(), largest), 9.0)
        left = self._paint_grids(painter, body, grids)
        _paint_lines(painter, QRectF(left, body.top(), body.right() - left, body.height()), lines, size)

    def _rows(self) -> int:
        found = None if self._scene is None else self._scene.explain(*self._cell)
        return 1 if found is None else len(found.window.rows)

    def _grids(self, height: float) -> list[_Table]:
        """The three tables window ⊙ kernel = products, or none where their numbers would be too small."""
        scene = self._scene
        if scene is None or scene.kernel is None:
            return []
        found = scene.explain(*self._cell)
        if found is None or found.weights is None:
            return []
        tall = height / len(found.window.rows)
        if tall < LEAST_CELL:
            return []
        values, weights = found.values[..., scene.place], found.weights[..., scene.place]
        digits = scene.digits
        pairs = zip(values.ravel().tolist(), weights.ravel().tolist(), strict=True)
        printed = [float(digits.input.printed(v) * digits.kernel.printed(w)) for v, w in pairs]
        products = np.array(printed).reshape(values.shape)
        scale = self._scales.kernel_scale(scene.layer, scene.weights, scene.index)
        tables = [
            (values, self._scales.of(scene.index), digits.input),
            (weights, scale, digits.kernel),
            (products, Scale.of_signed(products), _product_digits(products)),
        ]
        return [_Table(values, scale, digits, tall) for values, scale, digits in tables]

    def _paint_grids(self, painter: QPainter, body: QRectF, grids: list[_Table]) -> float:
        left = body.left()
        for table, sign in zip(grids, "⊙= ", strict=False):
            rect = QRectF(left, body.top() + (body.height() - table.height) / 2, table.width, table.height)
            table.paint(painter, rect)
            left = rect.right()
            painter.setFont(font(self._font_size(17.0)))
            painter.setPen(theme.role("quiet"))
            painter.drawText(QRectF(left, body.top(), 28, body.height()), Qt.AlignmentFlag.AlignCenter, sign)
            left += 28
        if grids:
            top = body.top() + (body.height() - grids[0].height) / 2
            window = QRectF(body.left(), top, grids[0].width, grids[0].height)
            frame(painter, window, theme.role("output" if self._hovered else "window"), 2.5)
        return left


class _Table:
    """A small grid of numbers whose cells are as wide as their numbers need."""

    def __init__(self, values: np.ndarray, scale: Scale, digits: Digits, tall: float) -> None:
        self.values, self.scale, self.digits = values, scale, digits
        rows, columns = values.shape
        widest = max(text_width(digits.text(v), min(tall * 0.4, 15.0)) for v in values.ravel().tolist())
        self.width, self.height = columns * max(tall, widest + 9), rows * tall

    def paint(self, painter: QPainter, rect: QRectF) -> None:
        """The table's colours, lines and numbers."""
        paint_cells(painter, rect, self.values, self.scale)
        rows, columns = self.values.shape
        paint_lines(painter, rect, rows, columns)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_numbers(painter, rect, self.values, self.scale, self.digits)


def _product_digits(products: np.ndarray) -> Digits:
    """Products of printed numbers are printed whole: up to eight decimals."""
    found = digits_for(products)
    return found if found.exact else Digits(8)


def _paint_lines(painter: QPainter, rect: QRectF, lines: list[Line], size: float) -> None:
    """The rows of the sum, their columns aligned, in the vertical middle of `rect`."""
    widths = column_widths(lines, size)
    height = min(rect.height() / len(lines), size * 1.9)
    top = rect.top() + (rect.height() - height * len(lines)) / 2
    for row, line in enumerate(lines):
        left = rect.left()
        for at, words in enumerate(line):
            _paint_words(painter, QPointF(left, top + row * height + height * 0.68), words, size)
            left += widths[at]


def _paint_words(painter: QPainter, start: QPointF, words: list[Word], size: float) -> None:
    at = QPointF(start)
    for word in words:
        painter.setFont(font(size, word.bold))
        painter.setPen(theme.role(word.role))
        painter.drawText(at, word.text)
        at.setX(at.x() + text_width(word.text, size, word.bold))

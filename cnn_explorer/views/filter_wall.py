"""The filters of a layer: how many there are, the wall of kernels and maps, and what can be done with them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from cnn_explorer.network.banks import BANKS, Bank
from cnn_explorer.network.inspection import SORTS
from cnn_explorer.session.language import tr, translated
from cnn_explorer.session.session import Session
from cnn_explorer.session.settings import Settings
from cnn_explorer.views import filter_edits as edits
from cnn_explorer.views.controls import button, describe, icon_button, label, line, scrolling
from cnn_explorer.views.fill_popup import FillPopup
from cnn_explorer.views.filter_board import FilterBoard
from cnn_explorer.views.filter_scene import FilterScene, filters_at
from cnn_explorer.views.icons import icon
from cnn_explorer.views.kernel_target import is_editable, move_to
from cnn_explorer.views.plain_spin import PlainSpin
from cnn_explorer.views.scales import Scales
from cnn_explorer.views.theme import theme

COUNT_WIDTH = 50
PAGE_MARGIN, LARGEST_ON_PAGE = 14, 150
BUTTON = QSize(28, 28)
ICONS = {
    "add": "plus", "duplicate": "duplicate", "remove": "minus", "earlier": "arrow-left", "later": "arrow-right",
}  # fmt: skip
_STYLE = "QToolButton { padding: 0; min-height: 0; }"


class FilterWall(QWidget):
    """A heading, a row of buttons, and the wall. Without filters to show it takes no room.

    In a column it is as high as its tiles; as a `page` it fills its place, and scrolls where that is too small.
    `numbers_wanted` says that somebody wants to edit the filter under the cursor.
    """

    pointed = Signal(str)
    numbers_wanted = Signal()

    def __init__(
        self, session: Session, settings: Settings, scales: Scales, parent: QWidget | None = None, page: bool = False
    ) -> None:
        super().__init__(parent)
        self._session, self._page = session, page
        self._drawn: tuple[object, ...] | None = None
        self.board = FilterBoard(session, scales)
        self.heading = label("section", "kernel")
        self.count = PlainSpin(COUNT_WIDTH)
        self.buttons = {name: self._make_button(name) for name in ICONS}
        self.fill = button(self.open_fill)
        self.popup = FillPopup(self)
        self.sort = QComboBox()
        self.sort.setMinimumContentsLength(8)
        self.area = scrolling(self.board) if page else None
        self.content = QWidget()
        self._lay_out()
        self._connect()
        self._draw_icons()
        self.retranslate()

    def _make_button(self, name: str) -> QToolButton:
        made = icon_button(partial(self.do, name), flat=False, size=15)
        made.setFixedSize(BUTTON)
        made.setStyleSheet(_STYLE)
        made.setAutoRepeat(name in ("earlier", "later"))
        return made

    def _lay_out(self) -> None:
        head, tools = QHBoxLayout(), QHBoxLayout()
        head.addWidget(self.heading, 1)
        head.addWidget(self.fill)
        tools.setSpacing(4)
        tools.addWidget(self.count)
        for made in self.buttons.values():
            tools.addWidget(made)
        tools.addStretch(1)
        column = QVBoxLayout(self.content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        if not self._page:
            column.addWidget(line())
        column.addLayout(head)
        column.addLayout(tools)
        column.addWidget(self.sort)
        column.addWidget(self.area or self.board, int(self._page))
        whole = QVBoxLayout(self)
        margin = PAGE_MARGIN if self._page else 0
        whole.setContentsMargins(margin, margin, margin, margin)
        whole.addWidget(self.content)

    def _connect(self) -> None:
        self.board.chosen.connect(self.choose)
        self.board.dropped.connect(self._drop)
        self.board.removed.connect(lambda number: self.do("remove"))
        self.board.menu_wanted.connect(self._open_menu)
        self.board.pointed.connect(self.pointed)
        self.board.opened.connect(self.numbers_wanted)
        self.count.valueChanged.connect(self._set_count)
        self.popup.chosen.connect(self.fill_with)
        self.sort.activated.connect(lambda place: self._session.inspection.sort_by(SORTS[place]))
        self._session.inspection.changed.connect(self.redraw)
        theme.changed.connect(self._draw_icons)
        self._session.evaluated.connect(self.redraw)
        self._session.cursor_moved.connect(self.redraw)

    # What is done

    @property
    def _at(self) -> int | None:
        """The layer, an index of the newest document, whose filters these are."""
        return filters_at(self._session.document, self._session.cursor)

    def _edit(self, edit: Callable[..., None], *values: object) -> None:
        at = self._at
        if at is not None:
            edit(self._session, at, *values)

    def choose(self, number: int) -> None:
        """Look at another filter."""
        if self._at is not None:
            move_to(self._session, self._at, number=number)

    def do(self, name: str) -> None:
        """What the button of that name does, to the filter under the cursor."""
        number = self.board.current
        if name in ("earlier", "later"):
            self._drop(number, number + (1 if name == "later" else -1))
        else:
            self._edit(_EDITS[name], number)

    def _drop(self, number: int, to: int) -> None:
        self._edit(edits.move_filter, number, to)

    def _set_count(self, count: int) -> None:
        self._edit(edits.set_filter_count, count)

    def fill_with(self, bank: Bank) -> None:
        """Fill all filters from a bank."""
        self._edit(edits.fill_filters, bank)

    def open_fill(self) -> None:
        """Offer the banks that suit the layer's kernels."""
        scene = self.board.scene
        if scene is not None and scene.weights:
            rows, columns, _ = scene.weights[0].shape
            corner = self.fill.mapToGlobal(QPoint(self.fill.width() - self.popup.width(), self.fill.height() + 2))
            self.popup.open_at(corner, rows, columns)

    def _open_menu(self, number: int, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("Edit the numbers")).triggered.connect(self.numbers_wanted)
        menu.addSeparator()
        for name, (text, _) in _texts().items():
            action = menu.addAction(text)
            action.setEnabled(self.buttons[name].isEnabled())
            action.triggered.connect(partial(self.do, name))
        menu.addSeparator()
        filling = menu.addMenu(tr("Fill with"))
        filling.setEnabled(self.fill.isEnabled())
        for bank in self._suiting():
            filling.addAction(translated(bank.name)).triggered.connect(partial(self.fill_with, bank))
        menu.popup(place)

    def _suiting(self) -> list[Bank]:
        scene = self.board.scene
        shape = scene.weights[0].shape if scene is not None and scene.weights else (0, 0, 0)
        return [bank for bank in BANKS if bank.suits(shape[0], shape[1])]

    # What is shown

    def redraw(self) -> None:
        """Show which of it can be done now; the board draws itself."""
        scene = self.board.scene
        sort = self._session.inspection.sort
        self.sort.setCurrentIndex(SORTS.index(sort))
        state = (scene.layer.kind, scene.layer.filters, scene.count, self.board.current, sort) if scene else ()
        if state != self._drawn:
            self._drawn = state
            self._show(scene)
        self._keep_in_view()

    def _show(self, scene: FilterScene | None) -> None:
        focused = self.focusWidget()
        if scene is None and focused is not None:
            focused.clearFocus()  # left to itself, it would go to whatever control comes next
        self.content.setVisible(scene is not None)
        if scene is None:
            return
        count, at = scene.count, self.board.current
        own, room = scene.layer.filters is not None, count < edits.MOST_FILTERS
        possible = {
            "add": room, "duplicate": room, "remove": count > 1, "earlier": at > 0, "later": at < count - 1,
        }  # fmt: skip
        if self._session.inspection.sort != SORTS[0]:
            possible |= {"earlier": False, "later": False}  # they would hardly be seen to move
        for name, made in self.buttons.items():
            made.setEnabled(own and possible[name])
        self.count.setEnabled(own)
        self.count.show_value(1, max(edits.MOST_FILTERS, count), count)
        self.fill.setEnabled(count <= edits.MOST_FILTERS and is_editable(scene.layer, scene.shape))

    def _keep_in_view(self) -> None:
        plan = self.board.plan
        if self.area is not None and plan is not None:
            tile = plan.rect(0, self.board.current)
            self.area.ensureVisible(0, int(tile.center().y()), 0, plan.pitch)

    def _draw_icons(self) -> None:
        for name, made in self.buttons.items():
            made.setIcon(icon(ICONS[name]))

    def retranslate(self) -> None:
        """Set every text."""
        self.heading.setText(tr("FILTERS"))
        self.sort.clear()
        self.sort.addItems([tr("In their own order"), tr("Largest weights first"), tr("Strongest answer first")])
        tip = tr("By number, by the norm of their weights, or by their mean output on this input")
        describe(self.sort, tr("Order of the filters"), tip)
        self.fill.setText(tr("Fill with ▾"))
        describe(self.fill, tr("Fill with"), tr("Fill all filters: edges, Gabor, Gaussians, random weights and others"))
        describe(self.count, tr("Number of filters"), tr("How many filters the layer has"))
        for name, (text, tip) in _texts().items():
            describe(self.buttons[name], text, tip)
        self.redraw()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        if self.area is not None:
            self.board.height_wanted, self.board.largest = max(self.area.viewport().height(), 100), LARGEST_ON_PAGE
            self.board.updateGeometry()


_EDITS: dict[str, Callable[..., None]] = {
    "add": edits.add_filter,
    "duplicate": edits.duplicate_filter,
    "remove": edits.remove_filter,
}


def _texts() -> dict[str, tuple[str, str]]:
    return {
        "add": (tr("Add a filter"), tr("A new filter with weights by chance, behind this one")),
        "duplicate": (
            tr("Duplicate the filter"),
            tr("The same filter once more, behind this one; what reads them gives each a half of its weights"),
        ),
        "remove": (tr("Remove the filter"), tr("Take this filter out (Delete)")),
        "earlier": (tr("Move to the left"), tr("Move the filter one place to the left (Alt+←)")),
        "later": (tr("Move to the right"), tr("Move the filter one place to the right (Alt+→)")),
    }

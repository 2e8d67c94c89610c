"""The few controls that every panel is made of: headings, rows of exclusive buttons, buttons with a tooltip."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

COMPACT = "QPushButton { padding: 4px 2px; } QPushButton:focus { padding: 3px 1px; }"
"""The style of buttons of which several share a narrow column."""


def breakable(name: str) -> str:
    """A name that a text may part after its underscores: names of models' layers are wider than a column."""
    return name.replace("_", "_\u200b")


def label(role: str = "", colour: str = "") -> QLabel:
    """A label in one of the style sheet's roles: heading, section, quiet, problem; its text is set in `retranslate`."""
    made = QLabel()
    made.setProperty("role", role)
    made.setProperty("colour", colour)
    made.setTextFormat(Qt.TextFormat.PlainText)
    return made


def line() -> QFrame:
    """A thin line between sections."""
    made = QFrame()
    made.setProperty("role", "line")
    return made


def in_column(widget: QWidget, *parts: QWidget) -> QVBoxLayout:
    """Put widgets below one another into `widget`, without margins; returns the layout."""
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for part in parts:
        column.addWidget(part)
    return column


def scrolling(content: QWidget) -> QScrollArea:
    """An area that shows `content` as wide as it is itself, and scrolls up and down only."""
    area = QScrollArea()
    area.setWidget(content)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area


def keep_width(area: QScrollArea) -> None:
    """From now on the content is as wide without a scroll bar as with one: it does not jump when the bar comes."""
    bar = area.verticalScrollBar()

    def reserve(least: int, most: int) -> None:
        area.setViewportMargins(0, 0, 0 if most > least else bar.sizeHint().width(), 0)

    bar.rangeChanged.connect(reserve)
    reserve(bar.minimum(), bar.maximum())


def describe(widget: QWidget, name: str, tip: str = "") -> None:
    """Give a control its accessible name and its tooltip (the name, where there is no longer one)."""
    widget.setAccessibleName(name)
    widget.setToolTip(tip or name)


def button(clicked: Callable[[], object]) -> QPushButton:
    """A push button; its text and tooltip are set in `retranslate`."""
    made = QPushButton()
    made.setAutoDefault(False)
    made.clicked.connect(lambda: clicked())
    return made


def icon_button(clicked: Callable[[], object], flat: bool = True, size: int = 18) -> QToolButton:
    """A button with an icon alone; give it an icon and `describe` it."""
    made = QToolButton()
    made.setIconSize(QSize(size, size))
    made.setProperty("flat", flat)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.clicked.connect(lambda: clicked())
    return made


class Segmented(QWidget):
    """A row of buttons of which one is on. Left and right arrow keys move between them; `chosen` carries the index."""

    chosen = Signal(int)

    def __init__(self, count: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self._group = QButtonGroup(self)
        for index in range(count):
            made = QPushButton()
            made.setCheckable(True)
            made.setAutoDefault(False)
            self._group.addButton(made, index)
            row.addWidget(made)
        self._group.idClicked.connect(self.chosen)

    @property
    def buttons(self) -> list[QPushButton]:
        """The buttons, from left to right."""
        return [made for made in self._group.buttons() if isinstance(made, QPushButton)]

    def set_texts(self, texts: Sequence[str], tips: Sequence[str] = (), icons: Sequence[QIcon] = ()) -> None:
        """What stands on the buttons, and their tooltips (the texts again, where none are given)."""
        for index, made in enumerate(self.buttons):
            made.setText(texts[index])
            describe(made, texts[index], tips[index] if tips else "")
            if icons:
                made.setIcon(icons[index])

    def share_by_texts(self) -> None:
        """Give longer texts wider buttons, for a row that is narrow."""
        for index, made in enumerate(self.buttons):
            self._row.setStretch(index, made.sizeHint().width() + 2 * self._row.spacing())

    def set_current(self, index: int) -> None:
        """Switch a button on without `chosen`; -1 switches all off."""
        self._group.setExclusive(False)
        for at, made in enumerate(self.buttons):
            made.setChecked(at == index)
        self._group.setExclusive(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        focused = [at for at, made in enumerate(self.buttons) if made.hasFocus()]
        if step is None or not focused:
            super().keyPressEvent(event)
            return
        target = self.buttons[min(max(focused[0] + step, 0), len(self.buttons) - 1)]
        target.setFocus(Qt.FocusReason.TabFocusReason)
        target.click()

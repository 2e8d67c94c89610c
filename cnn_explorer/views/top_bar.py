"""The one row at the top: name, menus, the commands used most, the document's title, language, theme, Present."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenuBar, QSizePolicy, QToolButton, QWidget

from cnn_explorer.session.language import tr
from cnn_explorer.views.controls import describe, icon_button, label
from cnn_explorer.views.icons import icon
from cnn_explorer.views.theme import theme

if TYPE_CHECKING:
    from cnn_explorer.views.main_window import MainWindow

HEIGHT = 44
NARROWEST_TITLE, USUAL_TITLE = 180, 120
"""The least that is left for the title where the buttons have texts, and where the program's name stands before."""
BUTTONS = ("new", "open", "save", "undo", "redo")
PROGRAM = "CNN Explorer"


class DocumentTitle(QWidget):
    """The document's name, and "edited" behind it; in the middle of the window where there is room for that."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name, self.note = "", ""
        self.setMinimumWidth(60)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_title(self, name: str, note: str, path: str) -> None:
        """Show a name and what is to be said about it; `path` is the tooltip."""
        if (name, note, path) == (self.name, self.note, self.toolTip()):
            return  # as at nearly every edit
        self.name, self.note = name, note
        self.setAccessibleName(f"{name} {note}".strip())
        self.setToolTip(path)
        self.update()

    def _fonts(self) -> tuple[QFont, QFont]:
        bold, small = QFont(self.font()), QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        small.setPointSizeF(self.font().pointSizeF() * 0.92)
        return bold, small

    def paintEvent(self, event: QPaintEvent) -> None:
        bold, small = self._fonts()
        gap = 10 if self.note else 0
        note_width = QFontMetrics(small).horizontalAdvance(self.note)
        room = self.width() - note_width - gap - 8
        name = QFontMetrics(bold).elidedText(self.name, Qt.TextElideMode.ElideMiddle, room)
        name_width = QFontMetrics(bold).horizontalAdvance(name)
        left = self._left(name_width + gap + note_width, name_width)
        painter = QPainter(self)
        for text, font, colour, x, width in (
            (name, bold, "text", left, name_width), (self.note, small, "quiet", left + name_width + gap, note_width),
        ):  # fmt: skip
            painter.setFont(font)
            painter.setPen(theme.role(colour))
            painter.drawText(QRect(x, 0, width + 4, self.height()), int(Qt.AlignmentFlag.AlignVCenter), text)

    def _left(self, width: int, name_width: int) -> int:
        """Where the text begins: the name in the middle of the window, or all of it in the middle of its room."""
        middle = self.mapFromGlobal(self.window().mapToGlobal(self.window().rect().center())).x()
        left = middle - name_width // 2
        return left if 0 <= left <= self.width() - width else max(0, (self.width() - width) // 2)


class TopBar(QFrame):
    """Buttons show their text while the title keeps enough room, below that their icons; in the end only menus stay."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        self._window = window
        self.setProperty("role", "panel")
        self.setFixedHeight(HEIGHT)
        self._name = label("heading")
        self._name.setText(PROGRAM)
        self.menu_bar = QMenuBar()
        self.menu_bar.setNativeMenuBar(False)
        self.menu_bar.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Preferred)
        self.menus = window.commands.fill(self.menu_bar)
        self.buttons = {name: self._action_button(name) for name in BUTTONS}
        self.title = DocumentTitle()
        self.language = icon_button(window.switch_language)
        self.theme = icon_button(window.switch_theme)
        self.present = self._action_button("present")
        self.present.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._lay_out()
        theme.changed.connect(self._set_icons)
        self.retranslate()
        self._set_icons()

    def _action_button(self, name: str) -> QToolButton:
        made = QToolButton()
        made.setDefaultAction(self._window.commands.by_id[name])
        made.setIconSize(QSize(18, 18))
        made.setProperty("flat", name != "present")
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return made

    def _lay_out(self) -> None:
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 12, 0)
        row.setSpacing(2)
        row.addWidget(self._name)
        row.addSpacing(8)
        row.addWidget(self.menu_bar, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addSpacing(4)
        for made in self.buttons.values():
            row.addWidget(made)
        row.addWidget(self.title, 1)
        row.addWidget(self.language)
        row.addWidget(self.theme)
        row.addSpacing(6)
        row.addWidget(self.present)

    def show_title(self, name: str, edited: bool, path: str) -> None:
        """Show what the document is called and whether it is saved."""
        self.title.show_title(name, tr("edited") if edited else "", path)

    def retranslate(self) -> None:
        """Set every text in the current language; the button names the other one, too."""
        self.language.setText(tr("EN / 中文"))
        describe(self.language, tr("Language"), tr("Switch between English and Chinese"))
        describe(self.theme, tr("Light or dark"), tr("Switch between light and dark"))
        for name, made in (*self.buttons.items(), ("present", self.present)):
            made.setAccessibleName(self._window.commands.by_id[name].iconText())
        self._window.commands.name_menus(self.menus)
        self._choose_style()

    def _set_icons(self) -> None:
        self.theme.setIcon(icon("theme"))

    def _choose_style(self) -> None:
        """Text beside the icons if the row is wide enough with it; then icons; then without the program's name, which
        the window's title has too; no buttons where a menu would have no room."""
        both, only = Qt.ToolButtonStyle.ToolButtonTextBesideIcon, Qt.ToolButtonStyle.ToolButtonIconOnly
        least = self.title.minimumWidth()
        for style, shown, named, title in (
            (both, True, True, NARROWEST_TITLE), (only, True, True, USUAL_TITLE), (only, True, False, least),
            (only, False, False, least),
        ):  # fmt: skip
            self._use_style(style, shown, named)
            if self._row.minimumSize().width() - least + title <= self.width():
                return

    def _use_style(self, style: Qt.ToolButtonStyle, shown: bool, named: bool) -> None:
        self._name.setVisible(named)
        for made in self.buttons.values():
            made.setToolButtonStyle(style)
            made.setVisible(shown)
        self._row.invalidate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._choose_style()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

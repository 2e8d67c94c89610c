"""The window: what stands where, and which part hears of what."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QByteArray, QEvent, QMimeData, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QMainWindow,
    QMenu,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from cnn_explorer import __version__
from cnn_explorer.network.sentence import Sentence, say
from cnn_explorer.session.cursor import IMAGE
from cnn_explorer.session.faults import Fault, Faults
from cnn_explorer.session.language import LANGUAGES, Language
from cnn_explorer.session.playback import Playback
from cnn_explorer.session.session import Session
from cnn_explorer.session.settings import Settings
from cnn_explorer.views.arithmetic_panel import ArithmeticPanel
from cnn_explorer.views.banner import Banner, Message
from cnn_explorer.views.canvas import Canvas
from cnn_explorer.views.controls import line
from cnn_explorer.views.document_files import DocumentFiles
from cnn_explorer.views.input_panel import InputPanel
from cnn_explorer.views.kernel_panel import KernelPanel
from cnn_explorer.views.key_owners import owns_key
from cnn_explorer.views.layer_panel import LayerPanel
from cnn_explorer.views.menus import Actions
from cnn_explorer.views.scales import Scales
from cnn_explorer.views.stage import Stage
from cnn_explorer.views.status_line import StatusLine
from cnn_explorer.views.strip import Strip
from cnn_explorer.views.theme import theme
from cnn_explorer.views.top_bar import PROGRAM, TopBar
from cnn_explorer.views.transport import Transport

SMALLEST = (1024, 640)
USUAL = (1440, 900)
LEFT, RIGHT = 260, 296
LEFT_RANGE, RIGHT_RANGE = (236, 360), (252, 400)


class MainWindow(QMainWindow):
    """Top bar, strip, three columns and the status line. `painted`: it has been drawn for the first time."""

    painted = Signal()

    session: Session
    settings: Settings
    playback: Playback
    language: Language
    stage: Stage
    input_panel: InputPanel
    kernel_panel: KernelPanel
    files: DocumentFiles
    presenting: bool

    def __init__(self, session: Session, settings: Settings, playback: Playback, language: Language) -> None:
        super().__init__()
        self.session, self.settings, self.playback, self.language = session, settings, playback, language
        self.theme_name = settings.values.theme
        self.presenting = False
        self._was_painted = False
        self._error_dialog: QWidget | None = None
        self._sheet: QWidget | None = None
        self._make_views()
        self.banner = Banner(self.centre)
        self.files = DocumentFiles(self, session, settings, self.banner)
        self.commands = Actions(self)
        self.top_bar = TopBar(self)
        self._lay_out()
        self._connect()
        self.setAcceptDrops(True)
        self.setMinimumSize(*SMALLEST)
        self._restore_layout()
        self.stage.setFocus()
        self.redraw()

    # what stands where

    def _make_views(self) -> None:
        session, settings, playback = self.session, self.settings, self.playback
        self.scales = Scales(session, settings, self)
        self.strip = Strip(session, self.scales)
        self.input_panel = InputPanel(session, settings)
        self.kernel_panel = KernelPanel(session, settings)
        self.stage = Stage(session, settings, playback, self.scales)
        self.canvas = Canvas(session, settings, self.input_panel.brush)
        self.arithmetic = ArithmeticPanel(session, self.scales)
        self.transport = Transport(session, playback, settings)
        self.layer_panel = LayerPanel(session, settings, self.scales)
        self.status_line = StatusLine(session)
        self.centre = QWidget()
        self.stack = QStackedWidget()

    def _lay_out(self) -> None:
        """From the outside in: a widget that moves into another has its style worked out again, with all it holds."""
        whole = QWidget()
        self.setCentralWidget(whole)
        self.columns = QSplitter()
        lines = (line(), line(), line())
        parts = (self.top_bar, lines[0], self.strip, lines[1], self.columns, lines[2], self.status_line)
        _in_column(whole, *parts).setStretch(4, 1)
        self.columns.setHandleWidth(1)
        self.columns.setChildrenCollapsible(False)
        left, right = QWidget(), QWidget()
        self.left, self.right = _scrolling(left, LEFT_RANGE), _scrolling(right, RIGHT_RANGE)
        for place, widget in enumerate((self.left, self.centre, self.right)):
            self.columns.addWidget(widget)
            self.columns.setStretchFactor(place, int(widget is self.centre))
        self.columns.setSizes([LEFT, USUAL[0] - LEFT - RIGHT, RIGHT])
        _in_column(left, self.input_panel, line(), self.kernel_panel).addStretch(1)
        _in_column(right, self.layer_panel).addStretch(1)
        _in_column(self.centre, self.stack, self.arithmetic, line(), self.transport).setStretch(0, 1)
        self.stack.addWidget(self.stage)
        self.stack.addWidget(self.canvas)
        self._away_when_presenting = (*parts[:4], self.left, self.right, *parts[5:])

    def _restore_layout(self) -> None:
        values = self.settings.values
        if not (values.geometry and self.restoreGeometry(QByteArray(values.geometry))):
            room = self.screen().availableSize()
            self.resize(min(USUAL[0], room.width()), min(USUAL[1], room.height()))
        if values.splitters:
            self.columns.restoreState(QByteArray(values.splitters))

    def _keep_layout(self) -> None:
        self.settings.set("geometry", bytes(self.saveGeometry().data()))
        self.settings.set("splitters", bytes(self.columns.saveState().data()))

    # who hears of what

    def _connect(self) -> None:
        session = self.session
        session.history_changed.connect(self._show_title)
        session.cursor_moved.connect(self._show_layer_or_image)
        session.said.connect(self.tell)
        self.files.said.connect(self.status_line.show_message)
        self.files.opened.connect(self._use_opened)
        self.input_panel.opened.connect(self.files.use)
        self.top_bar.menus["file"].aboutToShow.connect(self._fill_recent)
        for view in (
            self.strip, self.input_panel, self.kernel_panel, self.stage, self.canvas, self.arithmetic, self.transport,
            self.layer_panel,
        ):  # fmt: skip
            view.pointed.connect(self.status_line.pointed.set_text)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_colours_changed)

    def redraw(self) -> None:
        """Title, and stage or canvas; the views redraw themselves."""
        self._show_title()
        self._show_layer_or_image()

    def _show_title(self) -> None:
        session = self.session
        self.top_bar.show_title(self.files.title, session.unsaved, session.path)
        self.setWindowTitle(f"{self.files.title}[*] — {PROGRAM}")
        self.setWindowModified(session.unsaved)

    def _show_layer_or_image(self) -> None:
        self.stack.setCurrentWidget(self.canvas if self.session.cursor.layer == IMAGE else self.stage)

    def _fill_recent(self) -> None:
        menu = self.commands.by_id["recent"].menu()
        if isinstance(menu, QMenu):
            self.files.fill_recent(menu)

    def _use_opened(self, content: object, path: str) -> None:
        """An image or a set of digits was opened: the panel of its kind makes it the input."""
        from cnn_explorer.files.digits import Digits

        source = "mnist" if isinstance(content, Digits) else "file"
        self.input_panel.show_page(source)
        page: Any = self.input_panel.pages[source]
        if isinstance(content, Digits):
            page.use_digits(content, path)
        else:
            page.show_picture(content)

    def tell(self, sentence: Sentence) -> None:
        """Show something that has happened over the stage, for as long as it takes to read."""
        self.banner.show_message(Message(sentence, passes=True))

    # commands

    def use_language(self, code: str) -> None:
        """Speak another language from now on, one of LANGUAGES."""
        self.language.use(code)
        self.settings.set("language", code)

    def switch_language(self) -> None:
        """The other language."""
        codes = list(LANGUAGES)
        self.use_language(codes[(codes.index(self.language.code) + 1) % len(codes)])

    def use_theme(self, name: str) -> None:
        """Use other colours from now on: "light", "dark" or "system"."""
        self.theme_name = name
        theme.use(name)
        self.settings.set("theme", name)
        self.commands.refresh()

    def switch_theme(self) -> None:
        """Dark where it is light, light where it is dark."""
        self.use_theme("light" if theme.colours.dark else "dark")

    def _system_colours_changed(self) -> None:
        if self.theme_name == "system":
            theme.use("system")

    def copy_picture(self) -> None:
        """Put the stage on the clipboard as a picture, as it is shown."""
        QGuiApplication.clipboard().setPixmap(self.stack.grab())
        self.status_line.show_message(say("The stage was copied as a picture."))

    def paste(self) -> None:
        """Open what is on the clipboard: a picture, a copied file, or numbers."""
        self.files.take(QGuiApplication.clipboard().mimeData() or QMimeData())

    def show_shortcut_sheet(self) -> None:
        """All keys and gestures."""
        from cnn_explorer.views.shortcut_sheet import ShortcutSheet

        if self._sheet is None:
            self._sheet = ShortcutSheet(self)
        self._sheet.show()
        self._sheet.activateWindow()

    def show_about(self) -> None:
        """What program this is."""
        self.tell(
            say("CNN Explorer {version}: see what a convolutional network does to an image.", version=__version__)
        )

    def show_fault(self, faults: Faults, fault: Fault) -> None:
        """Something has gone wrong inside the program: show it once."""
        from cnn_explorer.views.error_dialog import ErrorDialog

        assert isinstance(self._error_dialog, ErrorDialog | None)
        if self._error_dialog is None:
            self._error_dialog = ErrorDialog(faults, self)
        self._error_dialog.add(fault)

    def set_presenting(self, presenting: bool) -> None:
        """Present mode: the stage and its arithmetic fill the screen, readable from the back row."""
        if presenting == self.presenting:
            return
        self.presenting = presenting
        for widget in self._away_when_presenting:
            widget.setVisible(not presenting)
        if presenting:
            self._states_before = self.windowState()
            self.showFullScreen()
        else:
            self.setWindowState(self._states_before & ~Qt.WindowState.WindowFullScreen)
        self._tell_presenting()
        self.commands.refresh()

    def _tell_presenting(self) -> None:
        for view in (self.stage, self.arithmetic, self.transport):
            view.set_presenting(self.presenting)

    # events

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            return self._leave_to_control(event) or super().event(event)
        return super().event(event)

    def _leave_to_control(self, event: QKeyEvent) -> bool:
        owned = owns_key(QApplication.focusWidget(), event)
        event.setAccepted(owned)
        return owned

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            # The views inside are painted in the same round of the event loop: this comes after them.
            QTimer.singleShot(0, self.painted.emit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.presenting:  # its sizes are parts of the window's height
            self._tell_presenting()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.commands.retranslate()
            self._show_title()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        from cnn_explorer.views.mime_input import mime_has_input

        if mime_has_input(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.files.take(event.mimeData())

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.files.may_leave():
            event.ignore()
            return
        self.set_presenting(False)
        self.playback.pause()
        self._keep_layout()
        self.files.close()
        super().closeEvent(event)


def _in_column(widget: QWidget, *parts: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for part in parts:
        column.addWidget(part)
    return column


def _scrolling(content: QWidget, widths: tuple[int, int]) -> QScrollArea:
    """A column that scrolls up and down only, between two widths."""
    area = QScrollArea()
    area.setWidget(content)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setMinimumWidth(widths[0])
    area.setMaximumWidth(widths[1])
    return area

"""The window: what stands where, and which part hears of what."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QEvent, QMimeData, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QMainWindow,
    QMenu,
    QWidget,
)

from cnn_explorer import __version__
from cnn_explorer.network.kernels import kernel_to_text
from cnn_explorer.network.sentence import Sentence, say
from cnn_explorer.session.cursor import IMAGE, LEVELS
from cnn_explorer.session.faults import Fault, Faults
from cnn_explorer.session.language import LANGUAGES, Language
from cnn_explorer.session.playback import Playback
from cnn_explorer.session.session import Session
from cnn_explorer.session.settings import Settings
from cnn_explorer.views.banner import Banner, Message
from cnn_explorer.views.controls import in_column, line
from cnn_explorer.views.document_files import DocumentFiles
from cnn_explorer.views.input_panel import InputPanel
from cnn_explorer.views.kernel_panel import KernelPanel
from cnn_explorer.views.key_owners import owns_key
from cnn_explorer.views.menus import Actions
from cnn_explorer.views.recovery import Recovery
from cnn_explorer.views.stage import Stage
from cnn_explorer.views.status_line import StatusLine
from cnn_explorer.views.theme import theme
from cnn_explorer.views.top_bar import PROGRAM, TopBar
from cnn_explorer.views.workbench import Workbench

if TYPE_CHECKING:
    from cnn_explorer.views.train_windows import Learning

SMALLEST = (1080, 640)
USUAL = (1440, 900)


class MainWindow(QMainWindow):
    """Top bar, workbench and status line. `painted`: it has been drawn for the first time; `learns`: there is
    `learning` now."""

    painted = Signal()
    learns = Signal()

    session: Session
    settings: Settings
    playback: Playback
    language: Language
    workbench: Workbench
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
        self._table: QWidget | None = None
        self._learning: Learning | None = None
        whole = QWidget()
        self.setCentralWidget(whole)
        bench = self.workbench = Workbench(session, settings, playback, whole, lambda: self.learning.training)
        self.stage, self.input_panel, self.kernel_panel = bench.stage, bench.input_panel, bench.kernel_panel
        self.status_line = StatusLine(session)
        self.banner = Banner(bench.centre)
        self.files = DocumentFiles(self, session, settings, self.banner)
        self.recovery = Recovery(session, self.files, self.banner)
        self.commands = Actions(self)
        self.top_bar = TopBar(self)
        above, below = line(), line()
        in_column(whole, self.top_bar, above, bench, below, self.status_line).setStretch(2, 1)
        self._away_when_presenting = (self.top_bar, above, below, self.status_line)
        self._connect()
        self.setAcceptDrops(True)
        self.setMinimumSize(*SMALLEST)
        self._restore_layout()
        self.stage.setFocus()
        self.redraw()

    def _restore_layout(self) -> None:
        values = self.settings.values
        if not (values.geometry and self.restoreGeometry(QByteArray(values.geometry))):
            room = self.screen().availableSize()
            self.resize(min(USUAL[0], room.width()), min(USUAL[1], room.height()))
        if values.splitters:
            self.workbench.restore_widths(values.splitters)

    def _keep_layout(self) -> None:
        self.settings.set("geometry", bytes(self.saveGeometry().data()))
        self.settings.set("splitters", self.workbench.widths())

    @property
    def learning(self) -> Learning:
        """The training and the windows around it, made when it is first needed: not before the first paint."""
        from cnn_explorer.views.train_windows import Learning

        if self._learning is None:
            self._learning = Learning(self)
            self.learns.emit()
        return self._learning

    @property
    def has_learning(self) -> bool:
        """Whether `learning` has been needed."""
        return self._learning is not None

    # who hears of what

    def _connect(self) -> None:
        session = self.session
        session.history_changed.connect(self.redraw)
        session.said.connect(self.tell)
        self.files.said.connect(self.status_line.show_message)
        self.files.opened.connect(self._use_opened)
        self.files.keep = self._keep
        self.files.asking.connect(lambda asked: self._learning.wait(asked) if self._learning is not None else None)
        self.input_panel.opened.connect(self.files.use)
        self.top_bar.menus["file"].aboutToShow.connect(self._fill_recent)
        self.workbench.pointed.connect(self.status_line.pointed.set_text)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_colours_changed)

    def redraw(self) -> None:
        """The title; the workbench redraws itself."""
        session = self.session
        self.top_bar.show_title(self.files.title, session.unsaved, session.path)
        self.setWindowTitle(f"{self.files.title}[*] — {PROGRAM}")
        self.setWindowModified(session.unsaved)

    def _keep(self, file: str, save: Callable[[], object]) -> None:
        """A training that goes on first keeps what it needs to go on from a document that is saved."""
        if self._learning is None:
            save()
        else:
            self._learning.training.keep(file, save)

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

    def copy_numbers(self) -> None:
        """Put the map on the screen on the clipboard as text, a line for each row and tabs between the numbers."""
        plane = self.session.shown_map()
        if plane is not None:
            QGuiApplication.clipboard().setText(kernel_to_text(plane))
            self.status_line.show_message(say("The numbers were copied: paste them into a spreadsheet."))

    def copy_picture(self) -> None:
        """Put the stage on the clipboard as a picture, as it is shown."""
        QGuiApplication.clipboard().setPixmap(self.workbench.stack.grab())
        self.status_line.show_message(say("The stage was copied as a picture."))

    def paste(self) -> None:
        """Open what is on the clipboard: a picture, a copied file, or numbers."""
        self.files.take(QGuiApplication.clipboard().mimeData() or QMimeData())

    def go_further(self) -> None:
        """One level further away: from the cell to the channels, from these to the network."""
        level = self.session.cursor.level
        at_image = self.session.cursor.layer == IMAGE
        self.session.look(LEVELS[0] if at_image else LEVELS[max(0, LEVELS.index(level) - 1)])

    def toggle_pin(self) -> None:
        """Keep the receptive field of a cell marked, or let it go."""
        self.workbench.overview.pointer.toggle_pin()

    def show_shortcut_sheet(self) -> None:
        """All keys and gestures."""
        from cnn_explorer.views.shortcut_sheet import ShortcutSheet

        if self._sheet is None:
            self._sheet = ShortcutSheet(self)
        self._sheet.show()
        self._sheet.activateWindow()

    def show_network_table(self) -> None:
        """What every layer costs, in a window of its own."""
        from cnn_explorer.views.network_table import NetworkTable

        if self._table is None:
            self._table = NetworkTable(self.session, self.settings, self)
        self._table.show()
        self._table.activateWindow()

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
        self.workbench.take_focus()  # what has it may go away
        for widget in self._away_when_presenting:
            widget.setVisible(not presenting)
        if presenting:
            self._states_before = self.windowState()
            self.showFullScreen()
        else:
            self.setWindowState(self._states_before & ~Qt.WindowState.WindowFullScreen)
        self.workbench.set_presenting(presenting)
        self.commands.refresh()

    # events

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            return self._leave_to_control(event) or super().event(event)
        return super().event(event)

    def _leave_to_control(self, event: QKeyEvent) -> bool:
        owned = owns_key(QApplication.focusWidget(), event)
        event.setAccepted(owned)
        return owned

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:  # leaves whatever is typed into: from here on Space plays
            focused = QApplication.focusWidget()
            if focused is not None and self.workbench.stack.isAncestorOf(focused):
                self.go_further()
            self.workbench.take_focus()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            # The views inside are painted in the same round of the event loop: this comes after them.
            QTimer.singleShot(0, self.painted.emit)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.commands.retranslate()
            self.redraw()

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
        self.recovery.close()
        if self._learning is not None:
            self._learning.close()
        super().closeEvent(event)

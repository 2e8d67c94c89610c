"""The left column: input, kernel and filters below one another, and a row of buttons that goes to each of them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from cnn_explorer.network.sentence import Sentence, say
from cnn_explorer.session.language import translated
from cnn_explorer.session.session import Session
from cnn_explorer.views.controls import Segmented, in_column, line, scrolling
from cnn_explorer.views.input_panel import MARGIN, InputPanel
from cnn_explorer.views.kernel_panel import KernelPanel

SECTIONS: dict[str, tuple[Sentence, Sentence]] = {
    "input": (say("Input"), say("Go to the input: where it comes from, and drawing on it")),
    "kernel": (say("Kernel"), say("Go to the kernel that is looked at: its numbers, and others to choose from")),
    "filters": (say("Filters"), say("Go to all filters of the layer and their feature maps")),
}
"""What stands on the button of each section, and its tooltip."""
REACHED = 0.3
"""Of the height: a section that begins above this is the one that is read."""


class LeftColumn(QFrame):
    """Sections that scroll together below buttons that stay. Of a section that needs a layer with filters the button is
    off where there is none."""

    def __init__(self, session: Session, input_panel: InputPanel, kernel_panel: KernelPanel) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self._session, self._first = session, session.first
        self.input_panel, self.kernel_panel = input_panel, kernel_panel
        self._starts: dict[str, QWidget] = {
            "input": input_panel, "kernel": kernel_panel, "filters": kernel_panel.wall.content,
        }  # fmt: skip
        self.tabs = Segmented(len(SECTIONS))
        self.tabs.chosen.connect(lambda index: self.show_section(list(SECTIONS)[index]))
        content = QWidget()
        in_column(content, input_panel, line(), kernel_panel).addStretch(1)
        self.area = scrolling(content)
        head = QHBoxLayout()
        head.setContentsMargins(MARGIN, 8, MARGIN, 8)
        head.addWidget(self.tabs)
        column = in_column(self, line(), self.area)
        column.insertLayout(0, head)
        column.setStretch(2, 1)
        self._chosen = ""
        bar = self.area.verticalScrollBar()
        bar.valueChanged.connect(self._scrolled)
        bar.rangeChanged.connect(self._grown)
        session.changed.connect(self._follow)
        session.cursor_moved.connect(self.redraw)
        self.retranslate()

    def _follow(self) -> None:
        """Another document begins with its input."""
        if self._session.first is not self._first:
            self._first = self._session.first
            self.area.verticalScrollBar().setValue(0)
        self.redraw()

    def show_section(self, name: str) -> None:
        """Scroll to one of SECTIONS, and stay there while what stands above it becomes longer or shorter."""
        self.area.verticalScrollBar().setValue(self._top(name))
        self._chosen = name
        self.redraw()

    def _scrolled(self) -> None:
        self._chosen = ""
        self.redraw()

    def _grown(self) -> None:
        if self._chosen:
            self.show_section(self._chosen)
        self.redraw()

    def go_to(self, name: str) -> None:
        """Scroll to one of SECTIONS and give it the keys."""
        self.show_section(name)
        takes = {"input": self._focus_input, "kernel": self.kernel_panel.editor.take_focus}
        takes.get(name, self.kernel_panel.wall.board.setFocus)()

    def _focus_input(self) -> None:
        buttons = self.input_panel.sources.buttons
        next((made for made in buttons if made.isChecked()), buttons[0]).setFocus()

    def _top(self, name: str) -> int:
        content = self.area.widget()
        assert content is not None
        return self._starts[name].mapTo(content, QPoint(0, 0)).y()

    @property
    def shown(self) -> str:
        """The section that is read now: the last one that has come up far enough, at the very end the last."""
        bar, names = self.area.verticalScrollBar(), self.offered()
        if 0 < bar.maximum() == bar.value():
            return names[-1]
        reached = bar.value() + self.area.viewport().height() * REACHED
        return [name for name in names if name == "input" or self._top(name) <= reached][-1]

    def offered(self) -> list[str]:
        """The sections that there are now."""
        return [name for name, start in self._starts.items() if not start.isHidden()]

    def redraw(self) -> None:
        """Show on the buttons which section is read, and which there are."""
        offered, names = self.offered(), list(SECTIONS)
        for name, made in zip(names, self.tabs.buttons, strict=True):
            made.setEnabled(name in offered)
        at = names.index(self.shown)
        if not self.tabs.buttons[at].isChecked():
            self.tabs.set_current(at)

    def retranslate(self) -> None:
        """Set every text of the buttons; the sections translate themselves."""
        texts, tips = zip(*SECTIONS.values(), strict=True)
        self.tabs.set_texts([translated(each) for each in texts], [translated(each) for each in tips])
        self.redraw()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

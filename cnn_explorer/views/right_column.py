"""The right column: what there is about the focused layer, in tabs that each scroll on their own."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QWidget

from cnn_explorer.network.sentence import Sentence, say
from cnn_explorer.session.language import translated
from cnn_explorer.session.session import Session
from cnn_explorer.session.settings import Settings
from cnn_explorer.views.controls import Segmented, in_column, keep_width, line, scrolling
from cnn_explorer.views.layer_panel import MARGIN, LayerPanel
from cnn_explorer.views.scales import Scales

if TYPE_CHECKING:
    from cnn_explorer.session.training import Training

SETTING = "right_tab"


MakeTraining = Callable[[], "Training"]


def _why(session: Session, settings: Settings, training: MakeTraining) -> QWidget:
    from cnn_explorer.views.why_panel import WhyPanel

    return WhyPanel(session)


def _code(session: Session, settings: Settings, training: MakeTraining) -> QWidget:
    from cnn_explorer.views.code_panel import CodePanel

    return CodePanel(session, settings)


def _train(session: Session, settings: Settings, training: MakeTraining) -> QWidget:
    from cnn_explorer.views.train_panel import TrainPanel

    return TrainPanel(session, settings, training())


def _inspect(session: Session, settings: Settings, training: MakeTraining) -> QWidget:
    from cnn_explorer.views.inspect_panel import InspectPanel

    return InspectPanel(session, settings)


TABS: dict[str, tuple[Sentence, Sentence]] = {
    "layer": (say("Layer"), say("The settings of the layer, its output size and its colours")),
    "why": (say("Why"), say("What the layer costs beside a fully connected one, and why")),
    "code": (say("Code"), say("The same as TensorFlow code that runs")),
    "train": (say("Train"), say("Let the network learn from images, and watch it")),
    "inspect": (say("Inspect"), say("What the filters have learnt, and why the network says what it says")),
}
"""By the name that the setting has: what stands on the button, and its tooltip."""
_MAKERS: dict[str, Callable[[Session, Settings, MakeTraining], QWidget]] = {
    "why": _why, "code": _code, "train": _train, "inspect": _inspect,
}  # fmt: skip
"""How a page is made when it is first shown; the layer's is there from the start."""


_TABS_STYLE = "QPushButton { padding: 4px 2px; } QPushButton:focus { padding: 3px 1px; }"
"""They share a narrow column."""


class RightColumn(QFrame):
    """A row of buttons that stays in place, and the page of the one that is on. The choice is a setting."""

    pointed = Signal(str)

    def __init__(
        self, session: Session, settings: Settings, scales: Scales, training: MakeTraining | None = None
    ) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self._session, self._settings = session, settings
        self._training = training or partial(_alone, session)
        self.layer_panel = LayerPanel(session, settings, scales)
        self.layer_panel.pointed.connect(self.pointed)
        self.tabs = Segmented(len(TABS))
        self.tabs.setStyleSheet(_TABS_STYLE)
        self.tabs.chosen.connect(lambda index: self.show_tab(list(TABS)[index]))
        self.stack = QStackedWidget()
        self.areas: dict[str, QScrollArea] = {}
        self.pages: dict[str, QWidget] = {}
        head = QHBoxLayout()
        head.setContentsMargins(MARGIN, 8, MARGIN, 8)
        head.addWidget(self.tabs)
        column = in_column(self, line(), self.stack)
        column.insertLayout(0, head)
        column.setStretch(2, 1)
        self._add("layer", self.layer_panel)
        settings.changed.connect(self._setting_changed)
        self.retranslate()
        self.redraw()

    @property
    def shown(self) -> str:
        """The name of the tab that is shown."""
        wanted = self._settings.values.right_tab
        return wanted if wanted in TABS else "layer"

    def show_tab(self, name: str) -> None:
        """Show one of TABS, now and at the next start."""
        self._settings.set(SETTING, name)

    def redraw(self) -> None:
        """Show the page that is chosen. A focus on the page that goes is kept by its button."""
        name = self.shown
        self.page(name)
        at, focused = list(TABS).index(name), self.focusWidget()
        if self.stack.currentWidget() is not self.areas[name] and self.stack.isAncestorOf(focused):
            self.tabs.buttons[at].setFocus()
        self.tabs.set_current(at)
        self.stack.setCurrentWidget(self.areas[name])

    def page(self, name: str) -> QWidget:
        """What one of TABS shows, whether or not it is shown now."""
        if name not in self.pages:
            page = _MAKERS[name](self._session, self._settings, self._training)
            if hasattr(page, "pointed"):
                page.pointed.connect(self.pointed)
            self._add(name, page)
        return self.pages[name]

    def _add(self, name: str, page: QWidget) -> None:
        area = scrolling(QWidget())
        self.stack.addWidget(area)  # first: the page then moves once, and so has its style worked out once
        area.setWidget(page)
        keep_width(area)
        self.pages[name], self.areas[name] = page, area

    def _setting_changed(self, name: str) -> None:
        if name == SETTING:
            self.redraw()

    def retranslate(self) -> None:
        """Set every text of the buttons; pages translate themselves."""
        texts, tips = zip(*TABS.values(), strict=True)
        self.tabs.set_texts([translated(each) for each in texts], [translated(each) for each in tips])
        self.tabs.share_by_texts()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


def _alone(session: Session) -> Training:
    """A training that nobody has joined with a trainer."""
    from cnn_explorer.session.training import Training

    return Training(session, parent=session)

"""The tab Train: what is learnt from and how, start and stop, the course while it learns, and how well it does."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from cnn_explorer.session.language import tr
from cnn_explorer.session.session import Session
from cnn_explorer.session.settings import Settings
from cnn_explorer.session.training import Training
from cnn_explorer.views.controls import Segmented, in_column, label, line
from cnn_explorer.views.layer_panel import MARGIN
from cnn_explorer.views.train_change import TrainChange
from cnn_explorer.views.train_controls import TrainControls
from cnn_explorer.views.train_curves import TrainCurves
from cnn_explorer.views.train_data import TrainData
from cnn_explorer.views.train_results import TrainResults
from cnn_explorer.views.train_settings import TrainSettings

PAGES = ("setup", "course", "results")


class TrainPanel(QWidget):
    """The controls stay on top; below them one of three pages. Starting turns to the course."""

    pointed = Signal(str)

    def __init__(self, session: Session, settings: Settings, training: Training) -> None:
        super().__init__()
        self._training = training
        self.data, self.settings = TrainData(settings), TrainSettings(settings)
        self.controls = TrainControls(session, training, self.data, self.settings)
        self.curves = TrainCurves(session, settings, training)
        self.change = TrainChange(session, training)
        self.results = TrainResults(session, settings, training)
        self.titles = [label("section"), label("section")]
        self.pages, self.stack = Segmented(len(PAGES)), QStackedWidget()
        self._lay_out()
        self.pages.chosen.connect(self.show_page)
        self.controls.begun.connect(lambda: self.show_page(PAGES.index("course")))
        for part in (self.curves, self.results):
            part.pointed.connect(self.pointed)
        training.changed.connect(self.redraw)
        self.retranslate()
        self.show_page(0)

    def _lay_out(self) -> None:
        setup = _page(self.titles[0], self.data, line(), self.titles[1], self.settings)
        for page in (setup, _page(self.curves, line(), self.change), self.results):
            self.stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(10)
        for part in (self.controls, self.pages, self.stack):
            column.addWidget(part)
        column.addStretch(1)

    def show_page(self, place: int) -> None:
        """Show one of PAGES, by its place."""
        self.pages.set_current(place)
        self.stack.setCurrentIndex(place)

    def redraw(self) -> None:
        """What can be edited now; the parts redraw themselves."""
        for part in (self.data, self.settings):
            part.set_editable(not self._training.active)

    def stop(self) -> None:
        """The window closes: what is being read is dropped."""
        self.data.stop()
        self.results.stop()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.controls.redraw()

    def retranslate(self) -> None:
        """Set every text of the panel itself."""
        for title, text in zip(self.titles, (tr("DATA"), tr("SETTINGS")), strict=True):
            title.setText(text)
        self.pages.set_texts(
            [tr("Set up"), tr("Course"), tr("Results")],
            [
                tr("What the network learns from, and how"),
                tr("Loss and accuracy while it learns, and what it was like before"),
                tr("How well it does on images that it has never seen"),
            ],
        )
        self.redraw()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


def _page(*parts: QWidget) -> QWidget:
    made = QWidget()
    column = in_column(made, *parts)
    column.setSpacing(8)
    column.addStretch(1)
    return made

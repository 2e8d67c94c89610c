"""The tab Train: what is learnt from and how, start and stop, the course while it learns, and how well it does."""

from __future__ import annotations

from functools import cached_property

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

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
    """The controls stay on top; below them one of three pages, made when it is first shown.

    Starting turns to the course.
    """

    pointed = Signal(str)

    def __init__(self, session: Session, settings: Settings, training: Training) -> None:
        super().__init__()
        self._session, self._kept, self._training = session, settings, training
        self.titles = [label("section"), label("section")]
        self.data, self.settings = TrainData(settings), TrainSettings(settings)
        self.controls = TrainControls(session, training, self.data, self.settings)
        self.pages, self.stack = Segmented(len(PAGES)), QWidget()
        self.shown = 0
        """The place of the page that is shown."""
        self._columns: list[QVBoxLayout] = []
        self._lay_out()
        self.pages.chosen.connect(self.show_page)
        self.controls.begun.connect(lambda: self.show_page(PAGES.index("course")))
        training.changed.connect(self.redraw)
        self.retranslate()
        self.show_page(0)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(10)
        for part in (self.controls, self.pages, self.stack):
            column.addWidget(part)
        column.addStretch(1)
        self._bodies = [QWidget() for _ in PAGES]
        in_column(self.stack, *self._bodies)  # a QStackedWidget would be as high as its highest page
        for page in self._bodies:
            self._columns.append(in_column(page))
            self._columns[-1].setSpacing(8)
        self._fill(0, self.titles[0], self.data, line(), self.titles[1], self.settings)

    def _fill(self, place: int, *parts: QWidget) -> None:
        for part in parts:
            self._columns[place].addWidget(part)
        self._columns[place].addStretch(1)

    @cached_property
    def curves(self) -> TrainCurves:
        """The course, with the change of the kernel below it."""
        made = TrainCurves(self._session, self._kept, self._training)
        made.pointed.connect(self.pointed)
        self._fill(PAGES.index("course"), made, line(), self.change)
        return made

    @cached_property
    def change(self) -> TrainChange:
        """The change of the focused kernel."""
        return TrainChange(self._session, self._training)

    @cached_property
    def results(self) -> TrainResults:
        """How well it does."""
        made = TrainResults(self._session, self._training)
        made.wanted.connect(self._test)
        self._fill(PAGES.index("results"), made)
        return made

    def _test(self) -> None:
        if not self.controls.test():
            self.show_page(PAGES.index("setup"))

    def show_page(self, place: int) -> None:
        """Show one of PAGES, by its place."""
        if place:
            getattr(self, "curves" if PAGES[place] == "course" else PAGES[place])
        self.shown = place
        self.pages.set_current(place)
        for at in sorted(range(len(PAGES)), key=lambda at: at == place):  # hide first: never two at a time
            self._bodies[at].setVisible(at == place)

    def redraw(self) -> None:
        """What can be edited now; the parts redraw themselves."""
        for part in (self.data, self.settings):
            part.set_editable(not self._training.active)

    def stop(self) -> None:
        """The window closes: what is being read is dropped."""
        self.data.stop()

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

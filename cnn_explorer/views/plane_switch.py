"""Which plane of a colour image is shown and painted on: red, green, blue, or all three together."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cnn_explorer.network.sentence import say
from cnn_explorer.session.cursor import IMAGE
from cnn_explorer.session.language import tr, translated
from cnn_explorer.session.session import Session
from cnn_explorer.views.brush import Brush
from cnn_explorer.views.controls import Segmented, describe
from cnn_explorer.views.theme import PLANES, TINTS, theme

PLANE_NAMES = (say("red"), say("green"), say("blue"))
"""Of the channels of a colour image, in their order."""


class PlaneSwitch(QWidget):
    """Shown while the image is in colour. Choosing a plane also makes it the channel that the network is read by."""

    def __init__(self, session: Session, brush: Brush, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._brush = session, brush
        self.buttons = Segmented(len(PLANES) + 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.buttons)
        self.buttons.chosen.connect(self._choose)
        brush.changed.connect(self.redraw)
        session.changed.connect(self.redraw)
        theme.changed.connect(self._colour)
        self._colour()
        self.retranslate()

    def _choose(self, index: int) -> None:
        plane = index - 1 if index else None
        self._brush.set_plane(plane)
        if plane is not None and self._session.cursor.layer in (IMAGE, 0):
            self._session.move(channel=plane)

    def redraw(self) -> None:
        """Show which plane it is, where the image has planes."""
        self.setVisible(self._session.document.image.shape[2] == len(PLANES))
        self.buttons.set_current(0 if self._brush.plane is None else self._brush.plane + 1)

    def _colour(self) -> None:
        """A line in the plane's colour on its button, beside its name."""
        padding = "QPushButton { padding: 4px 2px; } QPushButton:focus { padding: 3px 1px; }"
        for made, plane in zip(self.buttons.buttons[1:], PLANES, strict=True):
            made.setStyleSheet(padding + f"QPushButton {{ border-bottom: 3px solid {TINTS[plane]}; }}")

    def retranslate(self) -> None:
        """Set every text."""
        self.buttons.set_texts(
            [tr("All"), tr("Red"), tr("Green"), tr("Blue")],
            [
                tr("Show the image in its colours, and paint on all three planes"),
                *(tr("Show the {plane} plane alone, and paint on it", plane=translated(name)) for name in PLANE_NAMES),
            ],
        )
        describe(self.buttons, tr("Plane that is shown and painted on"))
        self.redraw()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

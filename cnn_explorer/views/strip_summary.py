"""What there is to say of the whole network, and what can be done with it, at the end of the strip."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from cnn_explorer.network.layers.layer import Shape
from cnn_explorer.network.network import Network, built_alike
from cnn_explorer.network.receptive_field import receptive_field
from cnn_explorer.session.language import tr
from cnn_explorer.session.session import Session
from cnn_explorer.views.controls import Segmented, describe, label
from cnn_explorer.views.layer_edits import differs_in_training, set_training
from cnn_explorer.views.network_choices import fill_with_networks
from cnn_explorer.views.theme import theme

WIDTH = 236
_STYLE = """
QToolButton {{
    color: {accent}; background: transparent; border: 0; padding: 1px 0; margin-left: -4px; min-height: 0;
    font-weight: 600;
}}
QToolButton:hover {{ text-decoration: underline; }}
QToolButton:focus {{ border: 2px solid {accent}; padding: 0 -1px; }}
QPushButton {{ padding: 1px 6px; min-height: 0; }}
QPushButton:focus {{ padding: 0 5px; }}
"""
"""Links, and buttons that are low enough for the strip."""
MODES = (False, True)


MOST_IN_FULL = 10**6
"""From so many parameters on they are told in millions."""


class Summary(QWidget):
    """Layers, parameters and receptive field, the table of all layers, networks to begin with, and the mode."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._shown: tuple[Network, Shape, bool] | None = None
        self.setFixedWidth(WIDTH)
        self.title, self.counts, self.field = label("heading"), label(), label()
        self.table, self.nets = _link(), _link()
        self.table.clicked.connect(self._show_table)
        self.nets.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.nets.setMenu(QMenu(self.nets))
        self.nets.menu().aboutToShow.connect(lambda: fill_with_networks(self.nets.menu(), session))
        self.mode = Segmented(len(MODES))
        self.mode.chosen.connect(lambda index: set_training(session, MODES[index]))
        policy = self.mode.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.mode.setSizePolicy(policy)
        self._lay_out()
        self._restyle()
        theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        self.setStyleSheet(_STYLE.format(accent=theme.colours.accent))

    def _lay_out(self) -> None:
        links = QHBoxLayout()
        links.setSpacing(12)
        for link in (self.table, self.nets):
            links.addWidget(link)
        links.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 7, 12, 5)
        column.setSpacing(2)
        for each in (self.title, self.counts, self.field):
            column.addWidget(each)
        column.addLayout(links)
        column.addStretch()
        column.addWidget(self.mode)

    def redraw(self) -> None:
        """Count everything, where the network or the size of the image is another one: drawing changes neither, and
        learning only weights."""
        evaluation = self._session.evaluation
        network, shape = evaluation.document.network, evaluation.document.image.shape
        before, self._shown = self._shown, (network, shape, bool(evaluation.problems))
        if before is not None and before[1:] == self._shown[1:] and built_alike(before[0], network):
            return
        parameters = network.parameter_count(shape)
        millions = tr("{number} M", number=f"{parameters / MOST_IN_FULL:.3g}")
        count = f"{parameters:,}" if parameters < MOST_IN_FULL else millions
        self.counts.setText(tr("Layers: {layers} · parameters: {count}", layers=len(network.layers), count=count))
        self.counts.setToolTip(tr("Parameters: {count}", count=f"{parameters:,}"))
        field = receptive_field(network, shape)
        size = "\u2013" if evaluation.problems else "×".join(map(str, field))
        self.field.setText(tr("Receptive field: {size}", size=size))
        self.mode.setVisible(differs_in_training(network))
        self.mode.set_current(MODES.index(network.training))
        self._tell_mode(network.training)

    def _tell_mode(self, training: bool) -> None:
        on = _training_on() if training else _inference_on()
        names = (tr("inference"), tr("training"))
        self.mode.set_texts(names, (on, on))
        self.mode.setAccessibleName(tr("Inference or training"))

    def _show_table(self) -> None:
        window = self.window()
        if hasattr(window, "show_network_table"):
            window.show_network_table()

    def retranslate(self) -> None:
        """Set every text."""
        self.title.setText(tr("Network"))
        self.field.setToolTip(tr("Rows and columns of the image that one cell of the last layer depends on"))
        self.table.setText(tr("Table…"))
        describe(self.table, tr("Table…"), tr("Shapes, parameters, multiply-adds and memory of every layer"))
        self.nets.setText(tr("Classic nets ▾"))
        describe(self.nets, tr("Classic nets"), tr("Replace the network by a well-known one, with random weights"))
        self._shown = None
        self.redraw()


def _inference_on() -> str:
    return tr(
        "Now: inference, as the network is used. BatchNormalization takes its moving mean and variance, Dropout hands "
        "everything on. Keras does this in predict(), and in a call without training=True."
    )


def _training_on() -> str:
    return tr(
        "Now: training, as fit() computes. BatchNormalization takes mean and variance of what it is given, Dropout "
        "leaves cells out. In Keras: model(x, training=True). Left on in use, results change from run to run."
    )


def _link() -> QToolButton:
    made = QToolButton()
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return made

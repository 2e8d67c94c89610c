"""Why this class: a heat map over the input, by one of three methods, of a class to choose."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QVBoxLayout, QWidget

from cnn_explorer.network.document import Document
from cnn_explorer.network.findings import WHY, Heat, Inquiry, class_text, in_use, insist_on_classes, place_of
from cnn_explorer.network.inspection import follower_of
from cnn_explorer.network.numbers import short_text
from cnn_explorer.network.results import Evaluation
from cnn_explorer.network.sentence import Refused, Sentence, say
from cnn_explorer.session.language import tr, translated
from cnn_explorer.session.session import Session
from cnn_explorer.views.controls import breakable, describe, label
from cnn_explorer.views.small_picture import SmallPicture
from cnn_explorer.views.work_button import WorkButton

SIDE = 176
REST = 120
"""Milliseconds without an edit before a heat map that is shown is worked out again."""
STRONGEST = 0
"""The first entry of the choice of classes: whatever the network says now."""

METHODS: dict[str, tuple[Sentence, Sentence]] = {
    "grad_cam": (
        say("Grad-CAM"),
        say("Where the last maps with rows and columns answer, weighted by how much each speaks for the class."),
    ),
    "integrated_gradients": (
        say("Integrated gradients"),
        say("What each pixel adds to the score on the way from an empty image to this one."),
    ),
    "occlusion": (
        say("Occlusion"),
        say("By how much the score falls while a square covers the place: orange where it falls, blue where it rises."),
    ),
}
"""Of each of WHY: its name, and what the colours mean."""
assert tuple(METHODS) == WHY


class InspectWhy(QWidget):
    """Choices, a button, and the picture. Once asked for, the heat map follows what is drawn."""

    pointed = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._on = False
        self._names: tuple[str, ...] = ()
        self._asked: tuple[Document, str, int] | None = None
        self._heat: Heat | None = None
        self._whole: tuple[tuple[Document, str, int] | None, Heat | None] = None, None
        """What was asked and found last before the work that goes on."""
        self.heading, self.meaning, self.sums = label("heading"), label("quiet"), label()
        self.method, self.target = QComboBox(), QComboBox()
        self.job = session.jobs.of("why")
        self.work = WorkButton(self.job, self.start)
        self.picture, self.everywhere = SmallPicture(SIDE), QCheckBox()
        self.everywhere.setChecked(True)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST)
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for part in (self.heading, self.method, self.target, self.work, self.meaning):
            column.addWidget(part)
        column.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.sums)
        column.addWidget(self.everywhere)
        for text in (self.meaning, self.sums):
            text.setWordWrap(True)

    def _connect(self) -> None:
        self._rest.timeout.connect(self._ask)
        for box in (self.method, self.target):
            box.activated.connect(self._chosen)
        self.job.found_so_far.connect(self._show)
        self.job.finished.connect(self._show)
        self.job.cancelled.connect(self._cancelled)
        self.job.refused.connect(self._switch_off)
        self.everywhere.toggled.connect(self._lay_over)
        self.picture.pointed_at.connect(self._point)

    # what is done

    def start(self) -> None:
        """Work the heat map out, and again whenever the image or the network has changed."""
        self._on = True
        self._ask()

    def _switch_off(self, *reason: object) -> None:
        self._on = False
        self._rest.stop()

    def _cancelled(self) -> None:
        """What was found by then is not the whole: it goes, and what there was before is there again."""
        self._switch_off()
        self._asked, self._heat = self._whole
        self.show_evaluation(self._session.evaluation)
        if self._heat is None:
            self._lay_over()
        else:
            self._show(self._heat)

    def _chosen(self) -> None:
        self.meaning.setText(translated(METHODS[self._method][1]))
        if self._on:
            self._ask()

    @property
    def _method(self) -> str:
        return WHY[max(self.method.currentIndex(), 0)]

    def _ask(self) -> None:
        evaluation = self._session.evaluation
        try:
            inquiry = self._inquiry(evaluation)
        except Refused as refused:
            self._switch_off()
            self.work.show_problem(refused.sentence)
            return
        if not self.job.busy:
            self._whole = self._asked, self._heat
        self._asked = evaluation.document, inquiry.name, inquiry.arguments["target"]
        self.job.start(inquiry)

    def _inquiry(self, evaluation: Evaluation) -> Inquiry:
        document = evaluation.document
        network, shape = in_use(document.network), document.image.shape
        classes = insist_on_classes(network, shape)
        chosen = self.target.currentIndex() - 1
        target = chosen if 0 <= chosen < classes else strongest(evaluation)
        arguments: dict[str, object] = {"target": target}
        if self._method == "grad_cam":
            arguments["place"] = place_of(network, last_maps(evaluation))
        if self._method == "occlusion":
            arguments |= {"size": max(2, max(shape[:2]) // 7), "stride": max(1, max(shape[:2]) // 28)}
        return Inquiry(self._method, network, shape, arguments, document.image.pixels)

    # what is shown

    def show_evaluation(self, evaluation: Evaluation) -> None:
        """Follow the evaluation: its classes, its image, and a heat map for it if one is wanted."""
        document = evaluation.document
        self._show_classes(evaluation)
        self.picture.show_image(document.image)
        heat = self._heat if self._asked is not None and _same(self._asked[0], document) else None
        self.picture.show_heat(None if heat is None else heat.values)
        if self._on and (self._asked is None or not _same(self._asked[0], document)):
            self._rest.start()
        if heat is None:
            self.sums.setText("")

    def _show_classes(self, evaluation: Evaluation) -> None:
        document = evaluation.document
        outputs = evaluation.maps[-1].shape if len(evaluation.maps) == len(document.network.layers) + 1 else (0, 0, 0)
        count = outputs[2] if outputs[:2] == (1, 1) else 0
        names = tuple(class_text(document.network, target) for target in range(count))
        if names != self._names or self.target.count() == 0:
            self._names = names
            self._fill(self.target, [tr("The strongest class"), *(tr("Class {name}", name=each) for each in names)])

    def _show(self, heat: Heat) -> None:
        evaluation, asked = self._session.evaluation, self._asked
        if asked is None or not _same(asked[0], evaluation.document):
            return
        self._heat = heat
        self.picture.show_heat(heat.values)
        self.sums.setText(self._sums(heat, evaluation))
        self._lay_over()

    def _lay_over(self, *on: bool) -> None:
        asked, heat = self._asked, self._heat
        shown = heat if self.everywhere.isChecked() and asked is not None else None
        self._session.inspection.show_heat(shown, None if asked is None else asked[0])

    def _sums(self, heat: Heat, evaluation: Evaluation) -> str:
        name, score = class_text(evaluation.document.network, heat.target), short_text(heat.score)
        if heat.method == "integrated_gradients":
            return tr(
                "Class {name}: all pixels add up to {total}; score {score} − {baseline} of an empty image = {rest}.",
                name=name, total=short_text(heat.total), score=score, baseline=short_text(heat.baseline),
                rest=short_text(heat.score - heat.baseline),
            )  # fmt: skip
        if heat.method == "occlusion":
            most = short_text(float(heat.values.max(initial=0.0)))
            return tr("Class {name}: score {score}. Covered where it matters most, it falls by {most}.",
                      name=name, score=score, most=most)  # fmt: skip
        layer = evaluation.layer(last_maps(evaluation))
        return tr("Class {name}: score {score}. From the maps of {layer}.",
                  name=name, score=score, layer=breakable(layer.name or layer.label()))  # fmt: skip

    def _point(self, cell: tuple[int, int] | None) -> None:
        heat = self._heat
        if cell is None or heat is None or cell[0] >= heat.values.shape[0] or cell[1] >= heat.values.shape[1]:
            self.pointed.emit("")
            return
        value = short_text(float(heat.values[cell]))
        self.pointed.emit(tr("Row {row}, column {column}: {value}", row=cell[0] + 1, column=cell[1] + 1, value=value))

    @staticmethod
    def _fill(box: QComboBox, texts: list[str]) -> None:
        at = max(box.currentIndex(), 0)
        with QSignalBlocker(box):
            box.clear()
            box.addItems(texts)
            box.setCurrentIndex(at if at < len(texts) else STRONGEST)

    def retranslate(self) -> None:
        """Set every text."""
        self.heading.setText(tr("Why this class"))
        self._fill(self.method, [translated(name) for name, _ in METHODS.values()])
        self._names = ()
        self._show_classes(self._session.evaluation)
        describe(self.method, tr("Method"), tr("How the reasons are looked for"))
        describe(self.target, tr("Class"), tr("The class whose reasons are looked for"))
        self.work.set_text(tr("Show why"), tr("Colour the pixels that speak for the class; it follows what you draw"))
        self.meaning.setText(translated(METHODS[self._method][1]))
        self.everywhere.setText(tr("Over the input everywhere"))
        describe(self.everywhere, self.everywhere.text(), tr("Lay the colours over the input on the stage, too"))
        self.picture.setAccessibleName(tr("The input, with the pixels that speak for the class"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


def strongest(evaluation: Evaluation) -> int:
    """The class that the network says: the place of its largest output."""
    return int(np.argmax(evaluation.maps[-1]))


def last_maps(evaluation: Evaluation) -> int:
    """The layer for Grad-CAM: the last one that makes maps with rows and columns of its own, with its activation.

    In a network with branches the last map with rows and columns, where these have come together. The first layer where
    there is none.
    """
    network, image = evaluation.document.network, evaluation.document.image
    spread = [index for index, shape in enumerate(network.shapes(image.shape)[1:]) if shape[:2] != (1, 1)]
    if network.sources:
        return spread[-1] if spread else 0
    own = [index for index in spread if network.layers[index].enabled and network.layers[index].begins_block]
    return follower_of(network, image.shape, own[-1] if own else 0)


def _same(first: Document, second: Document) -> bool:
    return first.image is second.image and first.network is second.network

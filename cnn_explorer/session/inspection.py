"""What has been found out by looking inside the network, and belongs to all views: it is neither saved nor undone."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from cnn_explorer.files.digits import Digits
from cnn_explorer.network.document import Document
from cnn_explorer.network.filter_states import AWAKE, DEAD, SILENT, Weighed, order_of, states_of, weigh
from cnn_explorer.network.findings import Activity, Heat, ImageSet
from cnn_explorer.network.inspection import SORTS
from cnn_explorer.network.layers.layer import Layer
from cnn_explorer.network.network import Network
from cnn_explorer.network.results import Evaluation

__all__ = ["AWAKE", "DEAD", "SILENT", "Inspection"]


@dataclass(frozen=True, eq=False)
class _Survey:
    """What the filters of layer `index` did on many images, as long as the layers up to it are these."""

    network: Network
    index: int
    found: Activity

    def holds(self, network: Network) -> bool:
        own, known = network.layers[: self.index + 1], self.network.layers[: self.index + 1]
        same = len(own) == len(known) and all(new is old for new, old in zip(own, known, strict=True))
        return same and network.sources[: self.index + 1] == self.network.sources[: self.index + 1]


class Inspection(QObject):
    """Digits to look through, the heat map over the input, which filters are dead, and how filters are sorted.

    `changed` says that one of them is another one.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.digits: Digits | None = None
        self.sort = SORTS[0]
        self._images: ImageSet | None = None
        self._surveys: dict[int, _Survey] = {}
        self._heat: tuple[Document, Heat] | None = None
        self._weighed: tuple[Layer, Weighed] | None = None
        self._ordered: tuple[Evaluation, int, str, tuple[int, ...]] | None = None

    # digits

    def use_digits(self, digits: Digits) -> None:
        """Look through these from now on."""
        if digits is not self.digits:
            self.digits, self._images = digits, None
            self.changed.emit()

    @property
    def images(self) -> ImageSet | None:
        """The test images of the digits, or all where none are for testing; None where there are no digits."""
        digits = self.digits
        if digits is not None and self._images is None:
            first = digits.train_count if digits.train_count < len(digits.images) else 0
            labels = None if digits.labels is None else digits.labels[first:]
            self._images = ImageSet(digits.images[first:], labels, first)
        return self._images

    # heat

    def show_heat(self, heat: Heat | None, document: Document | None = None) -> None:
        """Lay a heat map over the input, as long as the document's image and network are these; None takes it away."""
        before, self._heat = self._heat, None if heat is None or document is None else (document, heat)
        if before is not self._heat:
            self.changed.emit()

    def heat_over(self, document: Document) -> Heat | None:
        """The heat map that belongs over the image of a document, if there is one."""
        if self._heat is None:
            return None
        known, heat = self._heat
        return heat if known.image is document.image and known.network is document.network else None

    # filters

    def keep_survey(self, network: Network, index: int, found: Activity) -> None:
        """The filters of layer `index` have done this on many images."""
        self._surveys[index] = _Survey(network, index, found)
        self.changed.emit()

    def survey(self, network: Network, index: int) -> Activity | None:
        """What the filters of layer `index` do on many images, if that has been looked at."""
        known = self._surveys.get(index)
        return known.found if known is not None and known.holds(network) else None

    def sort_by(self, sort: str) -> None:
        """Show filters in one of the orders SORTS from now on."""
        if sort != self.sort:
            self.sort = sort
            self.changed.emit()

    def order(self, evaluation: Evaluation, index: int) -> tuple[int, ...]:
        """The filters of layer `index` in the order in which they are shown; () as they are. Worked out once."""
        known = self._ordered
        if known is None or known[0] is not evaluation or known[1:3] != (index, self.sort):
            order = () if self.sort == SORTS[0] else self._order(evaluation, index)
            known = self._ordered = (evaluation, index, self.sort, order)
        return known[3]

    def _order(self, evaluation: Evaluation, index: int) -> tuple[int, ...]:
        weighed = self._weigh(evaluation, index)
        return () if weighed is None else order_of(evaluation, index, self.sort, weighed)

    def states(self, evaluation: Evaluation, index: int) -> tuple[str, ...]:
        """Of every filter of layer `index` one of AWAKE, SILENT and DEAD; () where the layer has no output."""
        weighed = self._weigh(evaluation, index)
        if weighed is None or evaluation.output_of(index) is None:
            return ()
        return states_of(evaluation, index, weighed, self.survey(evaluation.document.network, index))

    def _weigh(self, evaluation: Evaluation, index: int) -> Weighed | None:
        """Kept, for only edits of the weights change it."""
        layer, values = evaluation.layer(index), evaluation.input_of(index)
        if values is None:
            return None
        if self._weighed is None or self._weighed[0] is not layer:
            self._weighed = layer, weigh(layer, (values.shape[0], values.shape[1], values.shape[2]))
        return self._weighed[1]

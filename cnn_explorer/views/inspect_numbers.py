"""The numbers of a layer and of one of its filters: histograms of weights and outputs, and which filters are dead."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil, sqrt

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cnn_explorer.network.arrays import Floats
from cnn_explorer.network.inspection import (
    Histogram,
    Statistics,
    filter_matrix,
    histogram,
    limits_of,
    statistics,
)
from cnn_explorer.network.layers import Layer
from cnn_explorer.network.numbers import short_text
from cnn_explorer.session.background import Background
from cnn_explorer.session.language import tr
from cnn_explorer.session.session import Session
from cnn_explorer.views.controls import breakable, label, line
from cnn_explorer.views.histogram_view import HistogramView
from cnn_explorer.views.inspect_dead import DeadFilters
from cnn_explorer.views.inspect_subject import Subject

MOST_AT_ONCE = 300_000
"""Weights that are counted before the next frame."""


@dataclass(frozen=True, eq=False)
class Numbers:
    """Of the values of a layer and of those of one filter."""

    layer: tuple[Statistics, Histogram]
    own: tuple[Statistics, Histogram]


def numbers_of(values: Floats, own: Floats) -> Numbers:
    """The numbers of all `values`, and of some of them in the same bins."""
    limits = limits_of(values)
    found = [(statistics(each), histogram(each, limits)) for each in (values, own)]
    return Numbers(found[0], found[1])


def _output_numbers(values: Floats, limits: Floats, number: int) -> Numbers:
    """Those of a map (rows, columns, channels) and one channel; of a large map, of every so-manieth row and column."""
    step = max(1, ceil(sqrt(values.size / MOST_AT_ONCE)))
    thinned = values[::step, ::step]
    found = numbers_of(thinned, thinned[:, :, number])
    layer = replace(found.layer[0], low=float(limits[0].min()), high=float(limits[1].max()))
    own = replace(found.own[0], low=float(limits[0, number]), high=float(limits[1, number]))
    return Numbers((layer, found.layer[1]), (own, found.own[1]))


class NumbersSection(QWidget):
    """A heading, the picture, and a line each on the filter and on the layer."""

    def __init__(self, role: str) -> None:
        super().__init__()
        self.heading = label("heading")
        self.picture = HistogramView(role)
        self.lines = (label(), label("quiet"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for part in (self.heading, self.picture, *self.lines):
            column.addWidget(part)
        for text in self.lines:
            text.setWordWrap(True)

    def show_numbers(self, title: str, found: Numbers | None, number: int) -> None:
        """Show the numbers of filter `number`, from 0, and of its layer; None while they are being counted."""
        self.heading.setText(title)
        if found is None:
            self.picture.show_both(None, None)
            self.lines[0].setText(tr("Counting…"))
            self.lines[1].setText("")
            return
        self.picture.show_both(found.layer[1], found.own[1])
        own, layer = _line(found.own), _line(found.layer)
        self.lines[0].setText(tr("Filter {number}: {facts}", number=number + 1, facts=own))
        self.lines[1].setText(tr("Layer: {facts}", facts=layer))
        self.picture.setAccessibleName(tr("Histogram: {title}", title=title))
        self.picture.setAccessibleDescription(self.lines[0].text())


def _line(found: tuple[Statistics, Histogram]) -> str:
    facts, shown = found
    places = {
        "low": short_text(facts.low), "high": short_text(facts.high), "mean": short_text(facts.mean),
        "deviation": short_text(facts.deviation),
    }  # fmt: skip
    text = tr("{low} to {high}, mean {mean}, deviation {deviation}", **places)
    if shown.zeros and facts.count > 1:
        return tr("{facts}; {percent} % are 0", facts=text, percent=round(100 * shown.zero_share))
    return text


class InspectNumbers(QWidget):
    """The page: weights, outputs on this input, and dead filters."""

    pointed = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.weights, self.outputs = NumbersSection("kernel"), NumbersSection("output")
        self.dead = DeadFilters(session)
        self._work = Background(self)
        self._work.finished.connect(self._counted)
        self._known: tuple[Layer, int, Numbers | None] | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for part in (self.weights, line(), self.outputs, line(), self.dead):
            column.addWidget(part)
        column.addStretch(1)
        for section in (self.weights, self.outputs):
            section.picture.pointed.connect(self.pointed)

    def show_subject(self, subject: Subject) -> None:
        """Show a filter and its layer."""
        self._show_weights(subject)
        after = subject.follower
        values = subject.evaluation.maps[after + 1]
        layer = subject.evaluation.layer(after)
        title = tr("Output on this input, after {layer}", layer=breakable(layer.name or layer.label()))
        limits = subject.evaluation.limits[after + 1]
        self.outputs.show_numbers(title, _output_numbers(values, limits, subject.filter), subject.filter)
        self.dead.show_subject(subject)

    def _show_weights(self, subject: Subject) -> None:
        """The numbers of the weights only change with the layer and the filter; of very many they take a while."""
        known = self._known
        if known is None or known[0] is not subject.layer or known[1] != subject.filter:
            matrix, own = filter_matrix(subject.layer, subject.shape), np.ascontiguousarray(subject.weights)
            assert matrix is not None
            quick = matrix.size <= MOST_AT_ONCE
            self._known = subject.layer, subject.filter, numbers_of(matrix, own) if quick else None
            if not quick:
                self._work.start(lambda progress, cancelled: (subject, numbers_of(matrix, own)))
        if self._known is not None:
            self.weights.show_numbers(tr("Weights"), self._known[2], subject.filter)

    def _counted(self, found: tuple[Subject, Numbers]) -> None:
        subject, numbers = found
        self._known = subject.layer, subject.filter, numbers
        self.weights.show_numbers(tr("Weights"), numbers, subject.filter)

    def stop(self) -> None:
        """Drop what is being counted, and wait for the thread."""
        self._work.close()

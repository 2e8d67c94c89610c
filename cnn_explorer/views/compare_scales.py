"""Scales for two pictures that are compared: the same colour means the same number in both."""

from __future__ import annotations

from PySide6.QtCore import QObject

from cnn_explorer.session.session import Session
from cnn_explorer.session.settings import Settings
from cnn_explorer.views.scales import Scales
from cnn_explorer.views.theme import Scale


class PairedScales(Scales):
    """Each map's limits are as far apart as those of this session and of its partner's together."""

    def __init__(self, session: Session, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(session, settings, parent)
        self._partner: PairedScales | None = None

    def pair(self, other: PairedScales) -> None:
        """Share the limits with another, which shares them with this one. New values there change the colours here."""
        for one, partner in ((self, other), (other, self)):
            one._partner = partner
            partner._session.evaluated.connect(one.changed)

    def of_values(self, index: int, channel: int | None = None) -> Scale:
        """As every Scales has it, with the partner's limits."""
        own = super().of_values(index, channel)
        partner = self._partner
        if partner is None or index >= len(partner._session.evaluation.maps):
            return own
        other = Scales.of_values(partner, index, channel)
        return own if other.kind != own.kind else Scale(own.kind, min(own.low, other.low), max(own.high, other.high))

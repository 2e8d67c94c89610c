"""Where the cards of the strip stand, the one behind them that adds a layer, and the places between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cnn_explorer.network.layers.layer import Layer

CARD_WIDTH = 108.0
CARD_HEIGHT = 104.0
PLUS_WIDTH = 44.0
"""Of the card that adds a layer at the end."""
LOOSE, TIGHT = (20.0, 38.0), (12.0, 22.0)
"""The gap between cards of one block, and between blocks: where there is room, and where there is none."""
MARGIN = 8.0


@dataclass(frozen=True)
class Row:
    """The left edges of the input's card and of every layer's, and of the card behind them; `width` of all."""

    lefts: tuple[float, ...]
    plus: float
    width: float

    def card_at(self, x: float) -> int | None:
        """The card over a place: as many as there are for the one that adds a layer, None between them."""
        found = (at for at, left in enumerate(self.lefts) if left <= x < left + CARD_WIDTH)
        return next(found, len(self.lefts) if self.plus <= x < self.plus + PLUS_WIDTH else None)

    def gap_at(self, x: float) -> int | None:
        """The gap over a place, by the card before it: the one behind the last card is none."""
        ends = zip(self.lefts, self.lefts[1:], strict=False)
        return next((at for at, (left, right) in enumerate(ends) if left + CARD_WIDTH <= x < right), None)

    def middle_of_gap(self, at: int) -> float:
        """The middle between card `at` and the next."""
        return (self.lefts[at] + CARD_WIDTH + self.lefts[at + 1]) / 2

    def nearest(self, left: float) -> int:
        """The layer's card whose place a card with this left edge is nearest to, counted as cards are."""
        return min(range(1, len(self.lefts)), key=lambda at: abs(self.lefts[at] - left))


def row_of(layers: Sequence[Layer], room: float = 0.0) -> Row:
    """The cards of these layers in a strip of this width: tight where it is too narrow, in its middle where it is wide.

    Cards of a block stand closer together.
    """
    loose, tight = (_lefts(layers, gaps) for gaps in (LOOSE, TIGHT))
    least, most = (_width(lefts) for lefts in (tight, loose))
    share = min(max((room - least) / (most - least), 0.0), 1.0)
    lefts = [round(near + share * (far - near)) for near, far in zip(tight, loose, strict=True)]
    spare = max(0.0, (room - _width(lefts)) // 2)
    *cards, plus = (left + spare for left in lefts)
    return Row(tuple(cards), plus, _width(lefts))


def _lefts(layers: Sequence[Layer], gaps: tuple[float, float]) -> list[float]:
    near, far = gaps
    lefts = [MARGIN]
    for index, layer in enumerate(layers):
        lefts.append(lefts[-1] + CARD_WIDTH + (far if index == 0 or layer.begins_block else near))
    return [*lefts, lefts[-1] + CARD_WIDTH + near]


def _width(lefts: Sequence[float]) -> float:
    return lefts[-1] + PLUS_WIDTH + MARGIN

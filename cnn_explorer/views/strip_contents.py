"""What stands on the cards of the strip, from an evaluation."""

from __future__ import annotations

from cnn_explorer.network.results import Evaluation
from cnn_explorer.network.summary import written_shapes
from cnn_explorer.session.cursor import IMAGE, Cursor
from cnn_explorer.session.language import tr, translated
from cnn_explorer.views.layer_edits import called
from cnn_explorer.views.scales import Scales
from cnn_explorer.views.shown_maps import ShownMaps
from cnn_explorer.views.strip_cards import Card
from cnn_explorer.views.strip_pictures import is_flat


def cards_of(shown: ShownMaps, scales: Scales, cursor: Cursor) -> list[Card]:
    """The card of the input and those of the layers; what could not be computed has no picture."""
    evaluation, document = shown.evaluation, shown.evaluation.document
    written = written_shapes(document.network, document.image.shape)
    shapes = [*written, *["\u2013"] * (len(document.network.layers) + 1 - len(written))]
    reached = len(evaluation.maps)
    cards, channels = [_input_card(shown, shapes[0], scales)], channels_in_view(evaluation, cursor)
    for index, shape in enumerate(shapes[1:], 1):
        written_shape = shape if index < reached else "\u2013"
        cards.append(_layer_card(shown, index, written_shape, scales, channels.get(index, 0)))
    return cards


def channels_in_view(evaluation: Evaluation, cursor: Cursor) -> dict[int, int]:
    """Of the map that the cursor is on its channel, and of those behind it that are made of this one alone; of the map
    before it the channel that is read. All others show their first."""
    maps, index = evaluation.maps, cursor.layer - IMAGE
    read = evaluation.reads(cursor.layer) if cursor.layer != IMAGE else None
    found = {index: cursor.filter} if cursor.layer != IMAGE else {}
    found |= dict([read.origin(cursor.channel)]) if read is not None else {}
    while 0 < index < len(maps) - 1 and evaluation.document.network.sources_of(index) == (index,):
        layer, before = evaluation.layer(index), maps[index].shape
        shape = before[0], before[1], before[2]
        alone = not layer.enabled or layer.channels_read(shape, cursor.filter) == (cursor.filter,)
        if not alone or before[2] == 1 or maps[index + 1].shape[2] != before[2]:
            break
        index += 1
        found[index] = cursor.filter
    return {at: min(channel, maps[at].shape[2] - 1) for at, channel in found.items() if at < len(maps)}


def _input_card(shown: ShownMaps, shape: str, scales: Scales) -> Card:
    values, coloured = shown.map(0), shown.evaluation.maps[0].shape[2] == 3
    return Card(tr("Input"), shape, values, scales.of(0), role="input", coloured=coloured)


def _layer_card(shown: ShownMaps, index: int, shape: str, scales: Scales, channel: int) -> Card:
    evaluation, values = shown.evaluation, shown.map(index)
    layer = evaluation.layer(index - 1)
    problem = next((each.sentence for each in evaluation.problems if each.layer == index - 1), None)
    if not layer.enabled:
        shape = tr("{shape} · off", shape=shape)
    one_map = values is not None and not is_flat(values)
    scale, said = scales.of(index, channel) if one_map else scales.of(index), translated(problem) if problem else ""
    return Card(called(layer), shape, values, scale, layer.enabled, said, channel=channel if one_map else 0)


def described(card: Card) -> str:
    """What a card stands for, in a sentence."""
    if card.problem:
        return card.problem
    if card.values is None:
        return tr("{name}: a layer before it can't be applied", name=card.name)
    shape = " × ".join(map(str, card.values.shape))
    if not card.enabled:
        return tr("{name} is switched off: it hands its input on, {shape}", name=card.name, shape=shape)
    return tr("{name}: {shape}", name=card.name, shape=shape)

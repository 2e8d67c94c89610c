"""The edges of a functional model: which call of which layer reads which, read from its configuration and put in order.

Keras 3 writes a call as its arguments, Keras 2 as a list of [layer, call, output, keywords]. Both become `Call`s, the
calls of every layer counted from 0.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from cnn_explorer.files.model_look_fields import Place, number, switch
from cnn_explorer.files.model_look_plan import Call, LayerPlan, Source, sources_in
from cnn_explorer.files.model_look_words import Unfit, shown
from cnn_explorer.network.sentence import say

MOST_CALLS = 4000
"""Of all layers of a model together."""
_MOST_OUTPUTS = 64
_DEEPEST_ARGUMENT = 4
_OPERATIONS = {"Add", "Subtract", "Multiply", "Maximum", "Minimum"}
_NODE = tuple[int, int]
"""A layer's place in the list, and the number of one of its calls."""


def functional_parts(
    layers: Sequence[LayerPlan], entries: Sequence[Mapping[str, Any]], config: Mapping[str, Any]
) -> tuple[tuple[LayerPlan, ...], Any, Any]:
    """The layers with their calls, in an order in which they can be computed; the inputs and the outputs.

    Raises Unfit where a layer reads one that isn't there, where they form a loop, and where one leads nowhere.
    """
    called = [replace(layer, calls=_calls(entry, layer)) for layer, entry in zip(layers, entries, strict=True)]
    if sum(len(layer.calls) for layer in called) > MOST_CALLS:
        raise Unfit(say("it is too large: its layers are called more than {most} times", most=MOST_CALLS), "layers")
    late = _counted_from_one(called)
    called = [_counted_from_zero(layer, late) for layer in called] if late else called
    counts = {layer.name: 1 if layer.kind == "InputLayer" else len(layer.calls) for layer in called}
    models = {layer.name for layer in called if layer.model is not None}
    inputs, outputs = (_ends(config.get(name), name, counts, models) for name in ("input_layers", "output_layers"))
    order = _in_order(called, counts)
    _insist_on_use([called[place] for place in order], outputs)
    return tuple(_as_calculation(called[place]) for place in order), inputs, outputs


# reading calls


def _calls(entry: Mapping[str, Any], layer: LayerPlan) -> tuple[Call, ...]:
    nodes = entry.get("inbound_nodes", [])
    if not isinstance(nodes, list):
        raise _unreadable(layer.name)
    return tuple(_call(node, layer) for node in nodes if node)


def _call(node: Any, layer: LayerPlan) -> Call:
    if isinstance(node, dict):
        arguments, keywords = node.get("args"), node.get("kwargs") or {}
        if not isinstance(arguments, list) or not isinstance(keywords, dict):
            raise _unreadable(layer.name)
        return _insist_on_sources(
            Call(tuple(_argument(each, layer, 1) for each in arguments), _keywords(keywords, layer)), layer
        )
    if not isinstance(node, list):
        raise _unreadable(layer.name)
    parts = [node] if isinstance(node[0], str) else node
    sources = [_source(part[:3], layer.name) for part in parts if isinstance(part, list)]
    words = [part[3] for part in parts if isinstance(part, list) and len(part) > 3]
    keywords = {key: value for each in words if isinstance(each, dict) for key, value in each.items()}
    if len(sources) != len(parts) or not all(isinstance(each, dict) for each in words):
        raise _unreadable(layer.name)
    arguments = (sources[0],) if len(sources) == 1 else (sources,)
    return _insist_on_sources(Call(arguments, _keywords(keywords, layer)), layer)


def _insist_on_sources(call: Call, layer: LayerPlan) -> Call:
    if not call.sources:
        raise Unfit(
            say("layer {layer} is called with no other layer's output", layer=shown(layer.name)), "inbound_nodes"
        )
    return call


def _argument(value: Any, layer: LayerPlan, depth: int) -> Any:
    if isinstance(value, list) and depth < _DEEPEST_ARGUMENT:
        return [_argument(each, layer, depth + 1) for each in value]
    if isinstance(value, dict) and value.get("class_name") == "__keras_tensor__":
        config = value.get("config")
        return _source(config.get("keras_history") if isinstance(config, dict) else None, layer.name)
    if value is None or isinstance(value, bool):
        return value
    return number()(value, Place(layer.name, "inbound_nodes"))


def _keywords(keywords: Mapping[str, Any], layer: LayerPlan) -> dict[str, Any]:
    """What a layer is called with besides tensors: only whether it is in training."""
    found = {}
    for name, value in keywords.items():
        if name == "training" and value is not None:
            found[name] = switch(value, Place(layer.name, name))
        elif value is not None:
            raise Unfit(
                say("layer {layer} is called with {name}, which is not supported", layer=shown(layer.name),
                    name=shown(name)), "inbound_nodes",
            )  # fmt: skip
    return found


def _source(value: Any, layer: str) -> Source:
    if not isinstance(value, list) or len(value) != 3 or not isinstance(value[0], str):
        raise _unreadable(layer)
    if any(type(each) is not int or not 0 <= each <= MOST_CALLS for each in value[1:]) or value[2] > _MOST_OUTPUTS:
        raise _unreadable(layer)
    return Source(*value)


def _unreadable(layer: str) -> Unfit:
    return Unfit(
        say("which layers layer {layer} reads can't be read from its configuration", layer=shown(layer)),
        "inbound_nodes",
    )


# counting from 0


def _counted_from_zero(layer: LayerPlan, late: set[str]) -> LayerPlan:
    """Keras 2 counts the calls of a model in a model from 1, Keras 3 from 0."""
    calls = tuple(replace(call, arguments=tuple(_shifted(call.arguments, late))) for call in layer.calls)
    return replace(layer, calls=calls)


def _counted_from_one(layers: Sequence[LayerPlan]) -> set[str]:
    """The models among the layers whose calls are counted from 1: their last is as large as there are calls."""
    named: dict[str, set[int]] = defaultdict(set)
    for layer in layers:
        for call in layer.calls:
            for source in call.sources:
                named[source.layer].add(source.call)
    models = [layer for layer in layers if layer.model is not None and named[layer.name]]
    return {each.name for each in models if min(named[each.name]) > 0 and max(named[each.name]) == len(each.calls)}


def _shifted(structure: Any, late: set[str]) -> Any:
    if isinstance(structure, list | tuple):
        return [_shifted(each, late) for each in structure]
    if isinstance(structure, Source) and structure.layer in late:
        return replace(structure, call=structure.call - 1)
    return structure


def _ends(structure: Any, name: str, counts: Mapping[str, int], models: set[str]) -> Any:
    """Inputs or outputs. There both versions count the calls of a model in a model from 1."""
    if isinstance(structure, list) and len(structure) == 3 and isinstance(structure[0], str):
        source = _source(structure, name)
        if source.layer in models and source.call:
            source = replace(source, call=source.call - 1)
        _insist_on_source(source, counts, name)
        return source
    if isinstance(structure, dict):
        return {key: _ends(each, name, counts, models) for key, each in structure.items()}
    if not isinstance(structure, list) or not structure or len(structure) > _MOST_OUTPUTS:
        raise Unfit(say("its {name} can't be read", name=name), name)
    return [_ends(each, name, counts, models) for each in structure]


def _insist_on_source(source: Source, counts: Mapping[str, int], reader: str) -> None:
    if source.call >= counts.get(source.layer, 0):
        raise Unfit(
            say("{reader} reads layer {layer}, which isn't there", reader=shown(reader), layer=shown(source.layer)),
            "inbound_nodes",
        )


# order


def _in_order(layers: Sequence[LayerPlan], counts: Mapping[str, int]) -> list[int]:
    """The places of the layers, each behind those it reads; as in the file wherever that is one."""
    places = {layer.name: place for place, layer in enumerate(layers)}
    waiting: dict[_NODE, int] = {}
    readers: dict[_NODE, list[_NODE]] = defaultdict(list)
    for place, layer in enumerate(layers):
        for node, needs in _needs(place, layer, places, counts):
            waiting[node] = len(needs)
            for each in needs:
                readers[each].append(node)
    ready = [node for node, count in waiting.items() if not count]
    heapq.heapify(ready)
    order: dict[int, None] = {}
    done = 0
    while ready:
        node = heapq.heappop(ready)
        order[node[0]] = None
        done += 1
        for reader in readers[node]:
            waiting[reader] -= 1
            if not waiting[reader]:
                heapq.heappush(ready, reader)
    if done < len(waiting):
        stuck = next(layers[node[0]].name for node, count in waiting.items() if count)
        raise Unfit(say("its layers form a loop, of which {layer} is one", layer=shown(stuck)), "inbound_nodes")
    return list(order)


def _needs(
    place: int, layer: LayerPlan, places: Mapping[str, int], counts: Mapping[str, int]
) -> Iterator[tuple[_NODE, set[_NODE]]]:
    if layer.kind == "InputLayer":
        yield (place, 0), set()
    for number_of_call, call in enumerate(() if layer.kind == "InputLayer" else layer.calls):
        needs = {(place, number_of_call - 1)} if number_of_call else set()
        for source in call.sources:
            _insist_on_source(source, counts, layer.name)
            needs.add((places[source.layer], source.call))
        yield (place, number_of_call), needs


def _insist_on_use(layers: Sequence[LayerPlan], outputs: Any) -> None:
    used = {source.layer for source in sources_in(outputs)}
    for layer in reversed(layers):
        if layer.name not in used:
            raise Unfit(say("layer {layer} leads to no output of the model", layer=shown(layer.name)), "inbound_nodes")
        used |= {source.layer for call in layer.calls for source in call.sources}


def _as_calculation(layer: LayerPlan) -> LayerPlan:
    """A layer that adds its tensors takes them in one list. With tensors and numbers side by side it is x + y."""
    apart = any(len(call.arguments) > 1 for call in layer.calls)
    if layer.kind in _OPERATIONS and apart:
        return replace(layer, kind=f"ops.{layer.kind}", module="keras.src.ops.numpy", config={})
    return layer

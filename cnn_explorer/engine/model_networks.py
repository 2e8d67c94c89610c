"""Between models of Keras and networks: a model's layers as a Network, and a Network as a Keras model.

`network_of` imports no TensorFlow; the other two run where it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import isqrt
from typing import Any

import numpy as np

from cnn_explorer.engine.model_branches import IMAGE, Nodes, insist_on_line, nodes_of
from cnn_explorer.engine.model_equivalents import Building, axes_of, equivalents
from cnn_explorer.engine.model_from_layers import make, steps
from cnn_explorer.engine.model_to_layers import is_idle
from cnn_explorer.files.model_look_description import LayerDescription, ModelDescription
from cnn_explorer.files.model_look_words import Unfit, shown
from cnn_explorer.network.arrays import frozen
from cnn_explorer.network.document import LARGEST_SIDE
from cnn_explorer.network.layers import Flatten
from cnn_explorer.network.layers.layer import Layer, Shape
from cnn_explorer.network.layers.weights import weight_fields
from cnn_explorer.network.network import Network
from cnn_explorer.network.sentence import Refused, say

OPEN_SIDE = 224
"""Rows and columns of an input whose size the model leaves open."""


@dataclass(frozen=True)
class NetworkOf:
    """A model as a network. `input_shape` is the image that it takes, pixels times `pixel_scale` plus `pixel_offset`:
    what layers at the model's beginning did that only scale, for pixels from 0 to 1.

    `left_out` names layers that do something in training only, and have no equivalent here.
    """

    network: Network
    input_shape: Shape
    left_out: tuple[str, ...] = ()
    pixel_scale: float = 1.0
    pixel_offset: float = 0.0


def network_of(model: ModelDescription, open_side: int = OPEN_SIDE) -> NetworkOf:
    """The network that computes the same as a model, models in it included, with its branches.

    Raises: Refused, with one sentence that names the first layer that has no equivalent.
    """
    try:
        return _network_of(model, open_side)
    except Unfit as unfit:
        raise Refused(
            say("{name} can't be shown in the strip: {reason}.", name=shown(model.name), reason=unfit.reason),
            unfit.field,
        ) from unfit


def _network_of(model: ModelDescription, open_side: int) -> NetworkOf:
    found = nodes_of(model)
    scale, offset, chain = _scaling(found.layers)
    shape, flat, chain = _entry(model.input_shape, chain, open_side)
    left_away = len(found.nodes) - len(chain)
    insist_on_line(found.nodes, left_away)
    network = _joined(model, found, left_away, shape, flat)
    for problem in network.problems(shape):
        label = network.layers[problem.layer].name or network.layers[problem.layer].label()
        raise Refused(
            say("{name} can't be shown in the strip, at layer {layer}: {reason}", name=shown(model.name),
                layer=shown(label), reason=problem.sentence), label,
        )  # fmt: skip
    idle = tuple(layer.name for layer in chain if is_idle(layer) and layer.kind != "Identity")
    return NetworkOf(network, shape, idle, scale, offset)


def _joined(model: ModelDescription, found: Nodes, left_away: int, shape: Shape, flat: bool) -> Network:
    """The layers of all nodes but the first, and the maps that each reads. `flat`: the model takes a row of pixels."""
    build = Building(shape)
    if flat:
        build.add(Flatten(), (0,))
    maps = dict.fromkeys(range(IMAGE, left_away), (len(build.layers), 1 if flat else 3))
    for place, node in enumerate(found.nodes[left_away:], left_away):
        read = [maps[each] for each in node.reads]
        ours = equivalents(node.layer, read, build, model.name)
        reads = tuple(each for each, _ in read)
        for layer in ours:
            build.add(layer, reads)
            reads = (len(build.layers),)
        maps[place] = reads[0], axes_of(node.layer, ours, read[0][1])
    if maps[found.output][0] != len(build.layers):
        raise Unfit(say("layer {layer} is not the last, but gives the output", layer=shown(model.outputs[0].layer)))
    return Network(tuple(build.layers), sources=tuple(build.sources))


def _scaling(chain: list[LayerDescription]) -> tuple[float, float, list[LayerDescription]]:
    """What Rescaling layers at the beginning do to pixels from 0 to 1, where the model expects 0 to 255."""
    scale, offset = 1.0, 0.0
    rest = list(chain)
    while rest and rest[0].kind == "Rescaling":
        factors = rest[0].config["scale"], rest[0].config.get("offset", 0.0)
        if not all(isinstance(each, int | float) for each in factors):
            raise Unfit(
                say("layer {layer} scales each channel by another number", layer=shown(rest[0].name)), rest[0].name
            )
        scale, offset = scale * factors[0], offset * factors[0] + factors[1]
        rest.pop(0)
    return (scale * 255 if len(rest) < len(chain) else 1.0), offset, rest


def _entry(
    shape: tuple[int | None, ...] | None, chain: list[LayerDescription], open_side: int
) -> tuple[Shape, bool, list[LayerDescription]]:
    """The image that the model takes, whether it wants a row of its pixels, and the layers that are left.

    A row of n² or 3 n² numbers was a square image.
    """
    if shape is None:
        raise Unfit(say("the shape of its input is not known"))
    sides = tuple(open_side if length is None else length for length in shape)
    if len(sides) == 2:
        sides = (*sides, 1)
        if not chain or chain[0].kind not in ("Flatten", "Reshape"):
            raise Unfit(say("its input is {shape}, which is not an image", shape=shown(list(shape))))
    if len(sides) == 1:
        image = _square(sides[0])
        if chain and chain[0].kind == "Reshape" and len(chain[0].config["target_shape"]) == 3:
            return _insist_on_image(_reshaped(chain[0], sides[0])), False, chain[1:]
        return _insist_on_image(image), True, chain
    if len(sides) == 3 and chain and chain[0].kind == "Reshape" and chain[0].output_shape == sides:
        chain = chain[1:]
    if len(sides) != 3:
        raise Unfit(say("its input is {shape}, which is not an image", shape=shown(list(shape))))
    return _insist_on_image((sides[0], sides[1], sides[2])), False, chain


def _square(count: int) -> Shape:
    for channels in (1, 3):
        side = isqrt(count // channels)
        if side * side * channels == count:
            return side, side, channels
    return 1, count, 1


def _reshaped(layer: LayerDescription, count: int) -> Shape:
    shape = layer.output_shape or ()
    if None in shape or len(shape) != 3:
        raise Unfit(say("layer {layer} gives a shape that is not known", layer=shown(layer.name)), layer.name)
    return int(shape[0] or 0), int(shape[1] or 0), int(shape[2] or 0)


def _insist_on_image(shape: Shape) -> Shape:
    if max(shape[:2]) > LARGEST_SIDE or shape[2] not in (1, 3):
        raise Unfit(
            say("its input has {rows}×{columns} cells and {channels} channels; images here have up to {side}×{side} "
                "cells and 1 or 3 channels", rows=shape[0], columns=shape[1], channels=shape[2], side=LARGEST_SIDE)
        )  # fmt: skip
    return shape


def keras_model(network: Network, input_shape: Shape) -> Any:
    """The layers that are switched on as a `keras.Sequential` model with their weights.

    Raises: Refused where a layer can't be applied, or Keras has none like it.
    """
    import keras

    planned = list(steps(network, input_shape))
    model = keras.Sequential([make(spec) for step in planned for spec in step.specs])
    model.build((None, *input_shape))
    for step, theirs in _pairs(network, model, input_shape):
        arrays = [getattr(step, each.name) for each in weight_fields(step)]
        if arrays:
            theirs.set_weights(arrays)
    return model


def _pairs(network: Network, model: Any, input_shape: Shape) -> Iterator[tuple[Layer, Any]]:
    """Each layer that is switched on, and the Keras layer that has its weights."""
    theirs = iter(model.layers)
    for step in steps(network, input_shape):
        own = [next(theirs) for _ in step.specs]
        yield step.layer, own[-1]


def weights_into(network: Network, model: Any) -> Network:
    """The network with the weights of a model that `keras_model` made of it, trained meanwhile.

    Layers whose weights are the same stay the same objects. Raises ValueError where the model is another.
    """
    layers = list(network.layers)
    shape: Any = tuple(model.input_shape[1:])
    for step, (layer, theirs) in zip(steps(network, shape), _pairs(network, model, shape), strict=True):
        names = [each.name for each in weight_fields(layer)]
        arrays = theirs.get_weights()[: len(names)]
        shapes = [getattr(layer, name).shape for name in names]
        if [each.shape for each in arrays] != shapes:
            raise ValueError(f"{theirs.name} has weights of other shapes than layer {step.index}")
        changed: dict[str, Any] = {
            name: frozen(array)
            for name, array in zip(names, arrays, strict=True)
            if not np.array_equal(array, getattr(layer, name), equal_nan=True)
        }
        if changed:
            layers[step.index] = replace(layer, **changed)
    return network if all(map(lambda a, b: a is b, layers, network.layers)) else network.with_layers(layers)

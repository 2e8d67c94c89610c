"""Ready comparisons: a layer beside the same layer with one setting changed.

Which there are follows from the fields that a layer has: a new type of layer gets those of its fields, and a new
comparison is a row of RULES.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from time import perf_counter
from typing import Any

import numpy as np

from cnn_explorer.network.arrays import Floats, frozen
from cnn_explorer.network.layers import LAYERS, Layer
from cnn_explorer.network.layers.layer import Shape
from cnn_explorer.network.layers.weights import weight_fields
from cnn_explorer.network.network import Network
from cnn_explorer.network.results import Evaluation, channel_limits
from cnn_explorer.network.results import evaluation as evaluation_of
from cnn_explorer.network.sentence import Sentence, say


@dataclass(frozen=True, eq=False)
class Comparison:
    """`layer` is the layer with one setting changed; `now` and `other` say how that setting stands in both.

    `rule` names what is compared (a field, mostly), the same for both directions.
    """

    rule: str
    now: Sentence
    other: Sentence
    layer: Layer


@dataclass(frozen=True)
class Rule:
    """`others` gives the settings beside that of a layer, as (how it stands now, how the other, the other layer)."""

    name: str
    others: Callable[[Layer, Shape], Iterator[tuple[Sentence, Sentence, Layer]]]


def comparisons(layer: Layer, shape: Shape) -> tuple[Comparison, ...]:
    """What a layer with an input of this shape can be compared with: nothing while it is switched off."""
    if not layer.enabled:
        return ()
    return tuple(Comparison(rule.name, *found) for rule in RULES for found in rule.others(layer, shape))


def evaluate_other(evaluation: Evaluation, index: int, layer: Layer) -> Evaluation:
    """`evaluation` with `layer` in the place of layer `index`, which is its last: only that layer is computed.

    Where it can't be applied, the maps end at its input and `problems` says why, as in every evaluation.
    """
    start = perf_counter()
    before = evaluation.document.network
    network = replace(before, layers=(*before.layers[:index], layer), classes=(), sources=before.sources[: index + 1])
    document = replace(evaluation.document, network=network)
    maps, limits = list(evaluation.maps[: index + 1]), list(evaluation.limits[: index + 1])
    if len(maps) == index + 1 and _computable(network, document.image.shape):
        with np.errstate(over="ignore", invalid="ignore"):  # what overflows is cut off by `evaluation_of`
            maps.append(frozen(layer.forward(network.inputs(document.image.shape)[index].values(maps))))
        limits.append(channel_limits(maps[-1]))
    milliseconds = (perf_counter() - start) * 1000
    return evaluation_of(document, tuple(maps), tuple(limits), "numpy", milliseconds)


def _computable(network: Network, shape: Shape) -> bool:
    return not network.problems(shape)


def cost_of(layer: Layer, shape: Shape) -> int:
    """About how many operations the output of a layer takes: a multiplication, or a value read, each."""
    if layer.problem(shape):
        return 0
    rows, columns, channels = layer.output_shape(shape)
    taps = [axis.kernel for axis in layer.axes(shape)]
    return max(layer.multiply_adds(shape), rows * columns * channels * taps[0] * taps[1])


# How values are written


NAMES = {
    "valid": say("valid"),
    "same": say("same"),
    "full": say("full"),
    "zero": say("zero"),
    "reflect": say("reflect"),
    "symmetric": say("symmetric"),
    "linear": say("none"),
    "relu": say("ReLU"),
    "leaky_relu": say("leaky ReLU"),
    "relu6": say("ReLU6"),
    "silu": say("SiLU"),
    "gelu": say("GELU"),
    "sigmoid": say("sigmoid"),
    "tanh": say("tanh"),
    "softmax": say("softmax"),
}


def _written(value: Any) -> Sentence | str:
    """Equal numbers of rows and columns as one, others as 2×3; four sides as 1, 0, 1, 0; words by their names."""
    if isinstance(value, str):
        return NAMES.get(value, value)
    parts = [f"{part:g}" for part in value]
    if len(parts) == 2:
        return parts[0] if parts[0] == parts[1] else "×".join(parts)
    return ", ".join(parts)


# What is compared


def _field(name: str, wording: Sentence, *values: Any, when: Callable[[Layer, Shape], bool] | None = None) -> Rule:
    """The other `values` of a field, in the layers that have it and can hold them; `wording` has a place {value}."""

    def others(layer: Layer, shape: Shape) -> Iterator[tuple[Sentence, Sentence, Layer]]:
        control = layer.controls().get(name)
        if control is None or (when is not None and not when(layer, shape)):
            return
        now = getattr(layer, name)
        for value in values:
            if value != now and _holds(control.kind, control.options, value):
                yield _wording(wording, now), _wording(wording, value), _with(layer, name, value)

    return Rule(name, others)


def _holds(kind: str, options: tuple[str, ...], value: Any) -> bool:
    return value in options if isinstance(value, str) else kind == "pair"


def _wording(wording: Sentence, value: Any) -> Sentence:
    return Sentence(wording.template, (("value", _written(value)),))


def _with(layer: Layer, name: str, value: Any) -> Layer:
    change: dict[str, Any] = {name: value}
    return replace(layer, **change)


def _is_padded(layer: Layer, shape: Shape) -> bool:
    return any(axis.before or axis.after for axis in layer.axes(shape))


def _siblings(layer: Layer, shape: Shape) -> Iterator[tuple[Sentence, Sentence, Layer]]:
    """The other layers of the same family: no weights, the same fields, another way to combine what is in a window."""
    family, names = type(layer).__bases__, {each.name for each in fields(layer)}
    for kind in LAYERS.values():
        alike = kind.__bases__ == family and family != (Layer,) and {each.name for each in fields(kind)} == names
        if alike and kind is not type(layer) and not weight_fields(layer):
            values: dict[str, Any] = {name: getattr(layer, name) for name in names}
            yield type(layer).title(), kind.title(), kind(**values)


def _flipped(layer: Layer, shape: Shape) -> Iterator[tuple[Sentence, Sentence, Layer]]:
    """The kernel turned by 180°, which the convolution of mathematics does and that of neural networks does not."""
    if not layer.window_weights:
        return
    kernel: Floats = getattr(layer, layer.window_weights)
    flipped = kernel[::-1, ::-1]
    if not np.array_equal(flipped, kernel):
        other = _with(layer, layer.window_weights, frozen(flipped))
        yield say("correlation: kernel as it is"), say("convolution of mathematics: kernel flipped"), other


def _without_bias(layer: Layer, shape: Shape) -> Iterator[tuple[Sentence, Sentence, Layer]]:
    bias = getattr(layer, "bias", None)
    if bias is not None and np.any(bias):
        yield say("with bias"), say("bias 0"), _with(layer, "bias", frozen(np.zeros_like(bias)))


RULES = (
    _field("strides", say("stride {value}"), (1, 1), (2, 2)),
    _field("padding", say("padding {value}"), "valid", "same"),
    _field("dilation_rate", say("dilation {value}"), (1, 1), (2, 2)),
    _field("fill", say("padding filled with {value}"), "zero", "reflect", "symmetric", when=_is_padded),
    Rule("kind", _siblings),
    _field("pool_size", say("window {value}"), (2, 2), (3, 3)),
    Rule("flipped", _flipped),
    Rule("bias", _without_bias),
    _field(
        "activation", say("activation {value}"), "relu", "leaky_relu", "sigmoid", "tanh", "softmax", "linear"
    ),
)  # fmt: skip
"""In the order in which a menu offers them."""

"""A network as `keras.Sequential`: for each kind of layer the Keras layer, or why there is none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from math import prod
from typing import Any

from cnn_explorer.network.code_steps import Part, Speak, Step, Style
from cnn_explorer.network.code_text import INDENT, call, fitted, number, pair, with_comment
from cnn_explorer.network.geometry import FILLS
from cnn_explorer.network.layers.layer import Shape
from cnn_explorer.network.sentence import Sentence, say


@dataclass(frozen=True)
class Kind:
    """How a kind of layer is written, as Keras layers of which the last has the weights; or why Keras has none."""

    write: Callable[[Any, Shape], list[str]]
    refuses: Callable[[Any, Shape], Sentence | None] = lambda layer, shape: None


def model_lines(part: Part, steps: list[Step], speak: Speak) -> list[str]:
    """The statement that makes the model."""
    size = (prod(part.shape),) if part.flat else part.shape
    lines = ["model = keras.Sequential([", f"{INDENT}keras.Input({size}),"]
    for step in steps:
        for text in _turned(step):
            lines += fitted(f"{text},", INDENT)
        *before, last = KINDS[step.layer.kind].write(step.layer, step.shape)
        for text in before:
            lines += fitted(f"{text},", INDENT)
        lines += with_comment(fitted(f"{last},", INDENT), step.comment)
    return [*lines, "])"]


def _turned(step: Step) -> list[str]:
    layers = {"flatten": call("keras.layers.Flatten"), "reshape": call("keras.layers.Reshape", str(step.shape))}
    return [layers[step.turns]] if step.turns else []


def weight_lines(steps: list[Step]) -> list[str]:
    """The statements that give the model's layers their weights."""
    lines, place = [], 0
    for step in steps:
        place += len(_turned(step)) + len(KINDS[step.layer.kind].write(step.layer, step.shape))
        names = ", ".join(array.name for array in step.arrays)
        if names:
            lines += fitted(f"model.layers[{place - 1}].set_weights([{names}])")
    return lines


def call_line(part: Part, steps: list[Step]) -> str:
    """The statement that runs the model, once."""
    differs = any(hasattr(step.layer, "training") for step in steps)
    return f"output = {call('model', part.entry, training=str(part.training) if differs else None)}"


def refusal(steps: list[Step]) -> Sentence | None:
    """Which layer Keras has no equivalent for, and why; None where it has all."""
    for step in steps:
        reason = KINDS[step.layer.kind].refuses(step.layer, step.shape)
        if reason:
            label = step.layer.name or step.layer.label()
            return say("Keras has no layer for {label}: {reason}.", label=label, reason=reason)
    return None


# The kinds


def _convolution(layer: Any, shape: Shape) -> list[str]:
    before, padding = _padding(layer, shape)
    return [*before, _sliding("Conv2D", layer, padding, filters=str(layer.filters))]


def _depthwise(layer: Any, shape: Shape) -> list[str]:
    return [_sliding(layer.kind, layer, _word(layer.padding), depth_multiplier=_multiplier(layer))]


def _separable(layer: Any, shape: Shape) -> list[str]:
    filters, many = str(layer.filters), _multiplier(layer)
    return [_sliding(layer.kind, layer, _word(layer.padding), filters=filters, depth_multiplier=many)]


def _transposed(layer: Any, shape: Shape) -> list[str]:
    return [_sliding(layer.kind, layer, _word(layer.padding), filters=str(layer.filters))]


def _sliding(name: str, layer: Any, padding: str | None, filters: str | None = None, **others: str | None) -> str:
    """A layer with a window of weights; what is as by default is not written."""
    return call(
        f"keras.layers.{name}", filters=filters, kernel_size=pair(layer.kernel_size),
        strides=_unless_one(layer.strides), padding=padding,
        dilation_rate=_unless_one(getattr(layer, "dilation_rate", (1, 1))), **others,
    )  # fmt: skip


def _padding(layer: Any, shape: Shape) -> tuple[list[str], str | None]:
    """The layer that adds zeros before, where one is needed, and the word for what Keras's own layer adds."""
    if layer.padding == "same":
        return [], _word("same")
    rows, columns = layer.axes(shape)
    sides = (rows.before, rows.after, columns.before, columns.after)
    return ([_zeros(*sides)] if any(sides) else []), None


def _zeros(top: int, bottom: int, left: int, right: int) -> str:
    even = top == bottom and left == right
    sides = pair((top, left)) if even else f"(({top}, {bottom}), ({left}, {right}))"
    return call("keras.layers.ZeroPadding2D", padding=sides)


def _word(padding: str) -> str | None:
    return None if padding == "valid" else f'"{padding}"'


def _unless_one(values: tuple[int, int]) -> str | None:
    return None if values == (1, 1) else pair(values)


def _multiplier(layer: Any) -> str | None:
    return None if layer.depth_multiplier == 1 else str(layer.depth_multiplier)


def _refused_sliding(layer: Any, shape: Shape) -> Sentence | None:
    if max(layer.strides) > 1 and max(layer.dilation_rate) > 1:
        return say("it has none with a stride and a dilation at once")
    if layer.fill != FILLS[0] and any(axis.before or axis.after for axis in layer.axes(shape)):
        return say("it pads with zeros only")
    return None


def _pooling(layer: Any, shape: Shape) -> list[str]:
    strides = None if layer.strides == layer.pool_size else pair(layer.strides)
    return [_layer(layer, pool_size=pair(layer.pool_size), strides=strides, padding=_word(layer.padding))]


def _layer(layer: Any, *arguments: str, **named: str | None) -> str:
    return call(f"keras.layers.{layer.kind}", *arguments, **named)


def _activation(layer: Any, shape: Shape) -> list[str]:
    if layer.activation == "leaky_relu":
        return [call("keras.layers.LeakyReLU", negative_slope=number(layer.negative_slope))]
    return [_layer(layer, f'"{layer.activation}"')]


def _normalisation(layer: Any, shape: Shape) -> list[str]:
    usual = {each.name: each.default for each in fields(layer)}
    changed = {name: getattr(layer, name) for name in ("momentum", "epsilon")}
    return [_layer(layer, **{name: number(value) for name, value in changed.items() if value != usual[name]})]


KINDS: dict[str, Kind] = {
    "Conv2D": Kind(_convolution, _refused_sliding),
    "DepthwiseConv2D": Kind(_depthwise),
    "SeparableConv2D": Kind(_separable),
    "Conv2DTranspose": Kind(_transposed),
    "Activation": Kind(_activation),
    "MaxPooling2D": Kind(_pooling),
    "AveragePooling2D": Kind(_pooling),
    "GlobalAveragePooling2D": Kind(lambda layer, shape: [_layer(layer)]),
    "GlobalMaxPooling2D": Kind(lambda layer, shape: [_layer(layer)]),
    "ZeroPadding2D": Kind(lambda layer, shape: [_zeros(*layer.padding)]),
    "UpSampling2D": Kind(lambda layer, shape: [_layer(layer, size=pair(layer.size))]),
    "BatchNormalization": Kind(_normalisation),
    "Dropout": Kind(lambda layer, shape: [_layer(layer, number(layer.rate))]),
    "Flatten": Kind(lambda layer, shape: [_layer(layer)]),
    "Dense": Kind(lambda layer, shape: [_layer(layer, str(layer.units))]),
}
"""How each kind of layer is written from (layer, the input's shape): a new kind is one line here."""

STYLE = Style(
    say("Keras layers"), ("import keras", "import numpy as np"), "keras.utils.set_random_seed(0)",
    model_lines, lambda steps, speak: [], weight_lines, call_line,
)  # fmt: skip

"""A network as `keras.Sequential`, or with branches as `keras.Model`: for each layer Keras's, or why there is none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from math import prod
from typing import Any

from cnn_explorer.network.code_steps import LAST, Part, Read, Speak, Step, Style, is_chain, kept_places
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
    """The statements that make the model."""
    size = (prod(part.shape),) if part.flat else part.shape
    if not is_chain(steps):
        return _functional_lines(part, steps, size)
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
    """The layer that makes a map of a vector, or a vector of a map, for one that reads the other."""
    assert step.only is not None
    return _turning(step.only)


def _turning(read: Read) -> list[str]:
    layers = {"flatten": call("keras.layers.Flatten"), "reshape": call("keras.layers.Reshape", str(read.shape))}
    return [layers[read.turns]] if read.turns else []


def _functional_lines(part: Part, steps: list[Step], size: tuple[int, ...]) -> list[str]:
    """A network with branches: every layer is called with what it reads."""
    kept = kept_places(part)
    lines = [f"x = inputs = keras.Input({size})", *([f"{kept[0]} = x"] if 0 in kept else [])]
    for step in steps:
        read = _read(step)
        *before, last = KINDS[step.layer.kind].write(step.layer, step.shape)
        for text in before:
            lines += fitted(f"x = {text}({read})")
            read = LAST
        if step.arrays:
            lines += fitted(f"{_variable(step)} = {last}")
            last = _variable(step)
        lines += with_comment(fitted(f"x = {last}({read})"), step.comment)
        lines += [f"{step.keeps} = x"] if step.keeps else []
    return [*lines, "model = keras.Model(inputs, x)"]


def _variable(step: Step) -> str:
    """What a layer with weights is called, so that it can be given them."""
    return f"layer{step.suffix}"


def _read(step: Step) -> str:
    """What a layer is called with."""
    if step.only is not None:
        return _called(_turned(step), step.only.name)
    if step.layer.alike:
        return f"[{', '.join(_called(_turning(read), read.name) for read in step.reads)}]"
    names = ", ".join(_called([*_turning(read), *_spreading(read, step.shape)], read.name) for read in step.reads)
    return f"[{names}]" if step.layer.kind == "Concatenate" else f"keras.layers.Concatenate()([{names}])"


def _spreading(read: Read, shape: Shape) -> list[str]:
    """The layer that puts a map's only cell everywhere, where other maps are larger."""
    return [call("keras.layers.UpSampling2D", size=str(shape[:2]))] if read.shape[:2] != shape[:2] else []


def _called(layers: list[str], name: str) -> str:
    for layer in layers:
        name = f"{layer}({name})"
    return name


def weight_lines(steps: list[Step]) -> list[str]:
    """The statements that give the model's layers their weights."""
    lines, place, chain = [], 0, is_chain(steps)
    for step in steps:
        if chain:
            place += len(_turned(step)) + len(KINDS[step.layer.kind].write(step.layer, step.shape))
        names = ", ".join(array.name for array in step.arrays)
        if names:
            layer = f"model.layers[{place - 1}]" if chain else _variable(step)
            lines += fitted(f"{layer}.set_weights([{names}])")
    return lines


def call_line(part: Part, steps: list[Step]) -> str:
    """The statement that runs the model, once."""
    differs = any(hasattr(step.layer, "training") for step in steps)
    return f"output = {call('model', part.entry, training=str(part.training) if differs else None)}"


def refusal(steps: list[Step]) -> Sentence | None:
    """Which layer Keras has no equivalent for, and why; None where it has all."""
    for step in steps:
        reason = KINDS[step.layer.kind].refuses(step.layer, step.shape) or _refused_reading(step)
        if reason:
            label = step.layer.name or step.layer.label()
            return say("Keras has no layer for {label}: {reason}.", label=label, reason=reason)
    return None


def _refused_reading(step: Step) -> Sentence | None:
    maps = getattr(step.layer, "inputs", 1)
    if maps > 1 and step.only is not None:
        return say("it joins {count} maps, and here they stand side by side in one", count=maps)
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


def _joining(layer: Any, shape: Shape) -> list[str]:
    """Of a single map Keras's layers join nothing: they refuse it."""
    return [_layer(layer) if layer.inputs > 1 else call("keras.layers.Identity")]


def _refused_subtraction(layer: Any, shape: Shape) -> Sentence | None:
    return say("it subtracts one map from another, not several") if layer.inputs > 2 else None


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
    "Add": Kind(_joining),
    "Subtract": Kind(_joining, _refused_subtraction),
    "Multiply": Kind(_joining),
    "Average": Kind(_joining),
    "Maximum": Kind(_joining),
    "Concatenate": Kind(_joining),
}
"""How each kind of layer is written from (layer, the input's shape): a new kind is one line here."""

STYLE = Style(
    say("Keras layers"), ("import keras", "import numpy as np"), "keras.utils.set_random_seed(0)",
    model_lines, lambda steps, speak: [], weight_lines, call_line,
)  # fmt: skip

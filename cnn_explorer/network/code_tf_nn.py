"""A network as calls of `tf.nn`: for each kind of layer the statements that compute it; and how weights are drawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from math import prod
from typing import Any

from cnn_explorer.network.code_steps import LAST, Part, Read, Speak, Step, Style, kept_places
from cnn_explorer.network.code_text import INDENT, call, comment_lines, fitted, number, pair, with_comment
from cnn_explorer.network.geometry import FILLS, Axis
from cnn_explorer.network.layers.weights import weight_fields
from cnn_explorer.network.sentence import say

CORRELATION = say("What TensorFlow calls convolution does not flip the kernel: strictly it is cross-correlation.")
HE = say("He initialisation: normal, with a variance of 2 / inputs")


def function_name(part: Part) -> str:
    """What the code calls the function that computes a part."""
    return "network" if part.whole else "layer"


def function_lines(part: Part, steps: list[Step], speak: Speak) -> list[str]:
    """The function that computes a part: from a batch of inputs, the batch of outputs."""
    kept = kept_places(part)
    body = [f"{INDENT}{kept[0]} = x"] if 0 in kept else []
    told = False
    for step in steps:
        statements = [line for each in _read(step) + KINDS[step.layer.kind](step) for line in fitted(each, INDENT)]
        if not told and any("conv2d(" in line for line in statements):
            body += comment_lines(speak(CORRELATION), INDENT)
            told = True
        if statements:
            body += with_comment(statements, step.comment)
        else:
            body += comment_lines(f"{step.layer.label()}: {step.comment}", INDENT)
        body += [f"{INDENT}{step.keeps} = x"] if step.keeps else []
    return ["", f"def {function_name(part)}(x):", *body, f"{INDENT}return x", ""]


def call_line(part: Part, steps: list[Step]) -> str:
    """The statement that runs the function, once."""
    return f"output = {function_name(part)}({part.entry})"


def drawn_lines(steps: list[Step], speak: Speak) -> list[str]:
    """Statements that draw weights to begin with."""
    lines = comment_lines(speak(HE)) if any(step.arrays for step in steps) else []
    for step in steps:
        for each in weight_fields(step.layer):
            values = getattr(step.layer, each.name)
            drawn = _drawn(values.shape, each.metadata)
            lines += fitted(f"{step.name(each.name)} = {call('tf.Variable', drawn)}")
    return lines


def _drawn(shape: tuple[int, ...], about: Any) -> str:
    lengths = f"({shape[0]},)" if len(shape) == 1 else str(shape)
    if about["summed"]:
        inputs = prod(length for axis, length in zip(about["axes"], shape, strict=True) if axis in about["summed"])
        return call("tf.random.normal", lengths, stddev=f"(2 / {inputs}) ** 0.5")
    fill = {0.0: "tf.zeros", 1.0: "tf.ones"}
    return call(fill[about["initial"]], lengths)


def _read(step: Step) -> list[str]:
    """The statements that make x of what a layer reads; none where it is that, or the layer takes it from elsewhere."""
    if step.only is not None:
        made = _turned(step.only)
        return [] if made == LAST else [f"x = {made}"]
    if step.layer.alike:
        return []
    return [f"x = tf.concat([{', '.join(_spread(each, step) for each in step.reads)}], axis=-1)"]


def _turned(read: Read) -> str:
    """A variable, made a vector of a map or a map of a vector."""
    shapes = {"flatten": (1, prod(read.shape)), "reshape": (1, *read.shape)}
    return f"tf.reshape({read.name}, {shapes[read.turns]})" if read.turns else read.name


def _spread(read: Read, step: Step) -> str:
    """A variable, its only cell (or channel) repeated where the others that a layer reads have more."""
    wanted = (*step.output[:2], step.output[2] if step.layer.alike else read.shape[2])
    made = _turned(read)
    return made if wanted == read.shape else f"tf.broadcast_to({made}, {(1, *wanted)})"


# The kinds


def _convolution(step: Step) -> list[str]:
    layer: Any = step.layer
    same = layer.padding == "same" and layer.fill == FILLS[0]
    before = [] if same else _padded(*layer.axes(step.shape))
    padding = "same" if same else "valid"
    return [*before, _sliding("conv2d", step, "kernel", strides=pair(layer.strides), padding=_word(padding))]


def _depthwise(step: Step) -> list[str]:
    return [_sliding_by_four("depthwise_conv2d", step, "kernel")]


def _separable(step: Step) -> list[str]:
    return [_sliding_by_four("separable_conv2d", step, "depthwise_kernel", "pointwise_kernel")]


def _sliding_by_four(operation: str, step: Step, *kernels: str) -> str:
    """These operations take a stride for every axis of the batch."""
    layer: Any = step.layer
    return _sliding(operation, step, *kernels, strides=str((1, *layer.strides, 1)), padding=_word(layer.padding))


def _transposed(step: Step) -> list[str]:
    layer: Any = step.layer
    return [
        _sliding(
            "conv2d_transpose", step, "kernel", output_shape=str((1, *step.output)), strides=pair(layer.strides),
            padding=_word(layer.padding),
        )
    ]  # fmt: skip


def _sliding(operation: str, step: Step, *kernels: str, **named: str) -> str:
    """An operation with weights under these names, and the bias."""
    rate = getattr(step.layer, "dilation_rate", (1, 1))
    dilations = None if rate == (1, 1) else pair(rate) if operation == "conv2d" else str(rate)
    made = call(f"tf.nn.{operation}", "x", *map(step.name, kernels), **named, dilations=dilations)
    return f"x = {made} + {step.name('bias')}"


def _word(padding: str) -> str:
    return f'"{padding.upper()}"'


def _padded(rows: Axis, columns: Axis) -> list[str]:
    """The statement that adds the cells of the axes around x; none where there are none."""
    sides = [(0, 0), (rows.before, rows.after), (columns.before, columns.after), (0, 0)]
    if not any(map(any, sides)):
        return []
    mode = None if rows.fill == FILLS[0] else _word(rows.fill)
    return [f"x = {call('tf.pad', 'x', str(sides), mode=mode)}"]


def _pooling(operation: str, step: Step) -> list[str]:
    layer: Any = step.layer
    size, strides = pair(layer.pool_size), pair(layer.strides)
    return [f"x = {call(f'tf.nn.{operation}', 'x', ksize=size, strides=strides, padding=_word(layer.padding))}"]


def _activation(step: Step) -> list[str]:
    layer: Any = step.layer
    if layer.activation == "linear":
        return []
    alpha = number(layer.negative_slope) if layer.activation == "leaky_relu" else None
    return [f"x = {call(f'tf.nn.{layer.activation}', 'x', alpha=alpha)}"]


def _upsampling(step: Step) -> list[str]:
    layer: Any = step.layer
    return [f"x = tf.repeat(x, {times}, axis={axis})" for axis, times in enumerate(layer.size, 1) if times > 1]


def _normalisation(step: Step) -> list[str]:
    layer: Any = step.layer
    moments = "mean", "variance"
    before = [f"mean, variance = tf.nn.moments(x, axes={'(0,)' if step.flat else '(0, 1, 2)'})"]
    if not layer.training:
        moments, before = (step.name("moving_mean"), step.name("moving_variance")), []
    named = {"offset": step.name("beta"), "scale": step.name("gamma"), "variance_epsilon": number(layer.epsilon)}
    return [*before, f"x = {call('tf.nn.batch_normalization', 'x', *moments, **named)}"]


def _dropout(step: Step) -> list[str]:
    layer: Any = step.layer
    if not layer.training:
        return []
    if step.mask is None:
        return [f"x = tf.nn.dropout(x, rate={number(layer.rate)})"]
    return [f"x = x * {step.mask.name} / (1 - {number(layer.rate)})"]


# Joining branches


@dataclass(frozen=True)
class _Joining:
    """How maps are joined: two of them, written with {0} and {1}; and any number, stacked along a first axis."""

    two: str
    many: str

    def __call__(self, step: Step) -> list[str]:
        layer: Any = step.layer
        if layer.inputs == 1:
            return []
        before, names = self._maps(step, layer.inputs)
        if len(names) == 2:
            return [*before, "x = " + self.two.format(*names)]
        return [*before, "x = " + self.many.format(names[0], ", ".join(names), ", ".join(names[1:]))]

    @staticmethod
    def _maps(step: Step, count: int) -> tuple[list[str], list[str]]:
        """The maps by name; before them, the statement that takes them apart where they stand side by side."""
        if step.only is not None:
            return [f"parts = tf.split(x, {count}, axis=-1)"], [f"parts[{place}]" for place in range(count)]
        spread = _turned if count == 2 else partial(_spread, step=step)
        return [], [spread(read) for read in step.reads]


KINDS: dict[str, Callable[[Step], list[str]]] = {
    "Conv2D": _convolution,
    "DepthwiseConv2D": _depthwise,
    "SeparableConv2D": _separable,
    "Conv2DTranspose": _transposed,
    "Activation": _activation,
    "MaxPooling2D": partial(_pooling, "max_pool2d"),
    "AveragePooling2D": partial(_pooling, "avg_pool2d"),
    "GlobalAveragePooling2D": lambda step: ["x = tf.reduce_mean(x, axis=(1, 2))"],
    "GlobalMaxPooling2D": lambda step: ["x = tf.reduce_max(x, axis=(1, 2))"],
    "ZeroPadding2D": lambda step: _padded(*step.layer.axes(step.shape)),
    "UpSampling2D": _upsampling,
    "BatchNormalization": _normalisation,
    "Dropout": _dropout,
    "Flatten": lambda step: [] if step.flat else [f"x = tf.reshape(x, (1, {prod(step.shape)}))"],
    "Dense": lambda step: [f"x = tf.matmul(x, {step.name('kernel')}) + {step.name('bias')}"],
    "Add": _Joining("{0} + {1}", "tf.reduce_sum(tf.stack([{1}]), axis=0)"),
    "Subtract": _Joining("{0} - {1}", "{0} - tf.reduce_sum(tf.stack([{2}]), axis=0)"),
    "Multiply": _Joining("{0} * {1}", "tf.reduce_prod(tf.stack([{1}]), axis=0)"),
    "Average": _Joining("({0} + {1}) / 2", "tf.reduce_mean(tf.stack([{1}]), axis=0)"),
    "Maximum": _Joining("tf.maximum({0}, {1})", "tf.reduce_max(tf.stack([{1}]), axis=0)"),
    "Concatenate": lambda step: [],
}
"""The statements that make x into a layer's output: a new kind is one line here. None: x stays as it is."""

STYLE = Style(
    say("operations of tf.nn"), ("import numpy as np", "import tensorflow as tf"), "tf.random.set_seed(0)",
    function_lines, drawn_lines, lambda steps: [], call_line,
)  # fmt: skip

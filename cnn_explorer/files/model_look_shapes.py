"""The shapes that a model's layers give and the numbers that they learn, worked out from the plan alone.

Nothing is allocated for it: this is how a layer of 10¹² units is refused. Where a length is open (None) or the shapes
do not fit together, the shape is None and Keras has the last word.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

from cnn_explorer.files.model_look_plan import Shape

Given = tuple[Shape | None, int]
"""The output's shape without the batch, and how many numbers the layer holds."""

Rule = Callable[[Mapping[str, Any], Sequence[Shape]], Given]


@dataclass(frozen=True)
class _Window:
    """A convolution's or a pooling's window."""

    size: Sequence[int]
    strides: Sequence[int]
    dilation: Sequence[int]
    same: bool

    def over(self, shape: Shape) -> Shape | None:
        """(rows, columns) after it; None where it does not fit."""
        sides = [
            _slid(length, size, stride, dilation, self.same)
            for length, size, stride, dilation in zip(shape, self.size, self.strides, self.dilation, strict=False)
        ]
        return None if any(side is not None and side < 1 for side in sides) else tuple(sides)


def _slid(length: int | None, size: int, stride: int, dilation: int, same: bool) -> int | None:
    if length is None:
        return None
    reach = 1 if same else (size - 1) * dilation + 1
    return -(-(length - reach + 1) // stride)


def _window_of(config: Mapping[str, Any], name: str, strides: Any) -> _Window:
    return _Window(
        config.get(name, strides), config.get("strides", strides), config.get("dilation_rate", (1, 1)),
        config.get("padding", "valid") == "same",
    )  # fmt: skip


def _biases(config: Mapping[str, Any], count: int) -> int:
    return count if config.get("use_bias", True) else 0


def _is_map(shape: Shape) -> bool:
    return len(shape) == 3


def _with_channels(sides: Shape | None, channels: int | None) -> Shape | None:
    return None if sides is None else (*sides, channels)


# layers with weights


def _dense(config: Mapping[str, Any], inputs: Sequence[Shape]) -> Given:
    units, channels = config["units"], inputs[0][-1] if inputs[0] else None
    return (*inputs[0][:-1], units), (channels or 0) * units + _biases(config, units)


def _convolution(config: Mapping[str, Any], inputs: Sequence[Shape]) -> Given:
    if not _is_map(inputs[0]):
        return None, 0
    window, filters = _window_of(config, "kernel_size", (1, 1)), config["filters"]
    channels = -(-(inputs[0][2] or 0) // config.get("groups", 1))
    count = prod(window.size) * channels * filters + _biases(config, filters)
    return _with_channels(window.over(inputs[0]), filters), count


def _transposed(config: Mapping[str, Any], inputs: Sequence[Shape]) -> Given:
    if not _is_map(inputs[0]):
        return None, 0
    window, filters = _window_of(config, "kernel_size", (1, 1)), config["filters"]
    count = prod(window.size) * (inputs[0][2] or 0) * filters + _biases(config, filters)
    added = config.get("output_padding") or (None, None)
    each = zip(inputs[0], window.size, window.strides, window.dilation, added, strict=False)
    return (*(_spread(*side, window.same) for side in each), filters), count


def _spread(length: int | None, size: int, stride: int, dilation: int, added: int | None, same: bool) -> int | None:
    """As Keras works the length out: `deconv_output_length` of its documentation."""
    if length is None:
        return None
    reach = (size - 1) * dilation + 1
    if added is None:
        return length * stride if same else length * stride + max(reach - stride, 0)
    return (length - 1) * stride + reach - (2 * (reach // 2) if same else 0) + added


def _depthwise(config: Mapping[str, Any], inputs: Sequence[Shape]) -> Given:
    if not _is_map(inputs[0]):
        return None, 0
    window = _window_of(config, "kernel_size", (1, 1))
    channels = (inputs[0][2] or 0) * config.get("depth_multiplier", 1)
    count = prod(window.size) * channels + _biases(config, channels)
    return _with_channels(window.over(inputs[0]), channels or None), count


def _separable(config: Mapping[str, Any], inputs: Sequence[Shape]) -> Given:
    if not _is_map(inputs[0]):
        return None, 0
    window, filters = _window_of(config, "kernel_size", (1, 1)), config["filters"]
    channels = (inputs[0][2] or 0) * config.get("depth_multiplier", 1)
    count = prod(window.size) * channels + channels * filters + _biases(config, filters)
    return _with_channels(window.over(inputs[0]), filters), count


def _normalised(numbers: int) -> Rule:
    """A layer that keeps the shape and holds so many numbers for each channel, those that its switches leave."""

    def rule(config: Mapping[str, Any], inputs: Sequence[Shape]) -> Given:
        learnt = config.get("center", True) + config.get("scale", True)
        return inputs[0], (numbers + learnt) * _along(config.get("axis", -1), inputs[0])

    return rule


def _along(axes: Any, shape: Shape) -> int:
    """How many places the axes have together, the batch being axis 0."""
    places = [axis if axis < 0 else axis - 1 for axis in (axes if isinstance(axes, list) else [axes])]
    return prod(shape[place] or 1 for place in places if -len(shape) <= place < len(shape))


def _normalisation(config: Mapping[str, Any], inputs: Sequence[Shape]) -> Given:
    kept = config.get("mean") is None
    return inputs[0], 2 * _along(config.get("axis", -1), inputs[0]) + 1 if kept else 0


def _prelu(config: Mapping[str, Any], inputs: Sequence[Shape]) -> Given:
    shared = config.get("shared_axes") or []
    return inputs[0], prod((length or 1) for place, length in enumerate(inputs[0], 1) if place not in shared)


def _layer_scale(config: Mapping[str, Any], inputs: Sequence[Shape]) -> Given:
    return inputs[0], config["projection_dim"]


# layers without


def _same(config: Mapping[str, Any], inputs: Sequence[Shape]) -> Given:
    return inputs[0], 0


def _input(config: Mapping[str, Any], inputs: Sequence[Shape]) -> Given:
    return tuple(config["batch_shape"][1:]), 0


def _pooling(config: Mapping[str, Any], inputs: Sequence[Shape]) -> Given:
    if not _is_map(inputs[0]):
        return None, 0
    window = _window_of(config, "pool_size", config.get("pool_size", (2, 2)))
    return _with_channels(_Window(config.get("pool_size", (2, 2)), window.strides, (1, 1), window.same).over(inputs[0]),
                          inputs[0][2]), 0  # fmt: skip


def _global_pooling(config: Mapping[str, Any], inputs: Sequence[Shape]) -> Given:
    if not _is_map(inputs[0]):
        return None, 0
    channels = inputs[0][2]
    return ((1, 1, channels) if config.get("keepdims") else (channels,)), 0


def _to_size(*names: str) -> Rule:
    def rule(config: Mapping[str, Any], inputs: Sequence[Shape]) -> Given:
        sides = [each for name in names for each in _listed(config[name])]
        return ((*sides, inputs[0][2]) if _is_map(inputs[0]) else None), 0

    return rule


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _padded(name: str, sign: int, default: int) -> Rule:
    def rule(config: Mapping[str, Any], inputs: Sequence[Shape]) -> Given:
        added = config.get(name, [[default] * 2] * 2)
        if not _is_map(inputs[0]):
            return None, 0
        sides = [
            None if side is None else side + sign * sum(both) for side, both in zip(inputs[0], added, strict=False)
        ]
        if any(side is not None and side < 1 for side in sides):
            return None, 0
        return (*sides, inputs[0][2]), 0

    return rule


def _up_sampled(config: Mapping[str, Any], inputs: Sequence[Shape]) -> Given:
    if not _is_map(inputs[0]):
        return None, 0
    factors = config.get("size", (2, 2))
    sides = [None if side is None else side * factor for side, factor in zip(inputs[0], factors, strict=False)]
    return (*sides, inputs[0][2]), 0


def _flattened(config: Mapping[str, Any], inputs: Sequence[Shape]) -> Given:
    return (_count(inputs[0]),), 0


def _count(shape: Shape) -> int | None:
    return None if None in shape else prod(length for length in shape if length is not None)


def _reshaped(config: Mapping[str, Any], inputs: Sequence[Shape]) -> Given:
    wanted, count = config["target_shape"], _count(inputs[0])
    known = prod(length for length in wanted if length not in (-1, None)) or 1
    rest = None if count is None else count // known
    return tuple(rest if length in (-1, None) else length for length in wanted), 0


def _permuted(config: Mapping[str, Any], inputs: Sequence[Shape]) -> Given:
    dims = config["dims"]
    if sorted(dims) != list(range(1, len(inputs[0]) + 1)):
        return None, 0
    return tuple(inputs[0][place - 1] for place in dims), 0


def _repeated(config: Mapping[str, Any], inputs: Sequence[Shape]) -> Given:
    return (config["n"], *inputs[0]), 0


def _merged(config: Mapping[str, Any], inputs: Sequence[Shape]) -> Given:
    """The shape that all of them are stretched to."""
    rank = max(map(len, inputs))
    filled = [(1,) * (rank - len(shape)) + shape for shape in inputs]
    return tuple(None if None in lengths else max(lengths) for lengths in zip(*filled, strict=True)), 0


def _concatenated(config: Mapping[str, Any], inputs: Sequence[Shape]) -> Given:
    axis = config.get("axis", -1)
    place = axis if axis < 0 else axis - 1
    if any(len(shape) != len(inputs[0]) for shape in inputs) or not -len(inputs[0]) <= place < len(inputs[0]):
        return None, 0
    lengths = [shape[place] for shape in inputs]
    joined = list(inputs[0])
    joined[place] = None if None in lengths else sum(length for length in lengths if length is not None)
    return tuple(joined), 0


def _unknown(config: Mapping[str, Any], inputs: Sequence[Shape]) -> Given:
    return None, 0


RULES: Mapping[str, Rule] = {
    "InputLayer": _input, "Dense": _dense, "Conv2D": _convolution, "Conv2DTranspose": _transposed,
    "SeparableConv2D": _separable, "DepthwiseConv2D": _depthwise, "PReLU": _prelu, "LayerScale": _layer_scale,
    "BatchNormalization": _normalised(2), "LayerNormalization": _normalised(0), "GroupNormalization": _normalised(0),
    "Normalization": _normalisation, "MaxPooling2D": _pooling, "AveragePooling2D": _pooling,
    "GlobalAveragePooling2D": _global_pooling, "GlobalMaxPooling2D": _global_pooling,
    "AdaptiveAveragePooling2D": _to_size("output_size"), "AdaptiveMaxPooling2D": _to_size("output_size"),
    "ZeroPadding2D": _padded("padding", 1, 1), "Cropping2D": _padded("cropping", -1, 0),
    "UpSampling2D": _up_sampled, "Flatten": _flattened, "Reshape": _reshaped, "Permute": _permuted,
    "RepeatVector": _repeated, "Concatenate": _concatenated, "Dot": _unknown,
    **dict.fromkeys(("Resizing", "CenterCrop", "RandomCrop"), _to_size("height", "width")),
    **dict.fromkeys(("Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum"), _merged),
    **dict.fromkeys([f"ops.{name}" for name in ("Add", "Subtract", "Multiply", "TrueDivide", "Maximum", "Minimum")],
                    _merged),
    **dict.fromkeys(
        ("Activation", "ReLU", "LeakyReLU", "ELU", "Softmax", "UnitNormalization", "Dropout", "SpatialDropout2D",
         "GaussianDropout", "GaussianNoise", "AlphaDropout", "ActivityRegularization", "Identity", "Rescaling",
         "RandomFlip", "RandomRotation", "RandomZoom", "RandomTranslation", "RandomContrast", "RandomBrightness",
         "CustomScaleLayer"),
        _same,
    ),
}  # fmt: skip
"""What each layer of `model_look_layers` gives for (its fields, the shapes that it reads)."""

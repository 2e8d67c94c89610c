"""The layers that a model may have: Keras's own, by module and class, and what each of their fields may hold.

To allow another layer, add its row here and its rule in `model_look_shapes`. What runs code of the file's (Lambda,
wrappers of other layers, preprocessing with files and vocabularies) can't be listed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cnn_explorer.files.model_look_fields import (
    LARGEST_SIZE,
    LARGEST_WINDOW,
    Check,
    axes,
    batch_shape,
    choice,
    list_of_axes,
    number,
    numbers,
    only,
    optional,
    pair,
    shape,
    sides,
    switch,
    text,
    whole,
)
from cnn_explorer.files.model_look_names import (
    activation,
    constraint,
    initializer,
    input_type,
    number_type,
    regularizer,
    seed,
)
from cnn_explorer.files.model_look_plan import LAYERS_MODULE

MOST_FILTERS = 65_536
MOST_COPIES = 1024
"""Kernels per channel of a depthwise convolution, and groups."""

Fields = Mapping[str, Check]


@dataclass(frozen=True)
class Kind:
    """A layer type: the checks of its fields, which of them must be there, and where Keras keeps the class.

    `obsolete` are fields that older versions wrote, with the only value that changes nothing; they are left out.
    `renamed` are fields by the name that older versions gave them.
    """

    fields: Fields = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    module: str = LAYERS_MODULE
    obsolete: Fields = field(default_factory=dict)
    renamed: Mapping[str, str] = field(default_factory=dict)


COMMON: Fields = {"name": text, "trainable": switch, "dtype": number_type}
"""Fields of every layer."""

INPUT_SHAPE: Fields = {"batch_input_shape": batch_shape, "batch_shape": batch_shape, "input_dtype": input_type}
"""What older versions wrote into the first layer of a Sequential model."""

_SIZE = whole(1, LARGEST_SIZE)
_WINDOW = pair(1, LARGEST_WINDOW)
_PADDING = choice("valid", "same")
_LAST = only("channels_last", None)
_SHARE = number(0, 1)
_FACTOR = number()
_FILL = choice("constant", "reflect", "wrap", "nearest")
_INTERPOLATION = choice("nearest", "bilinear", "bicubic", "lanczos3", "lanczos5", "gaussian", "mitchellcubic", "area")
_ANY_NUMBERS = optional(numbers)


def _learnt(*names: str) -> dict[str, Check]:
    """The fields of some weights: how they are drawn, punished and held."""
    rows: tuple[tuple[str, Check], ...] = (
        ("initializer", initializer), ("regularizer", regularizer), ("constraint", constraint),
    )  # fmt: skip
    return {f"{name}_{word}": check for name in names for word, check in rows}


_OUTPUT: Fields = {"activation": activation, "use_bias": switch, "activity_regularizer": regularizer}
_CONVOLUTION: Fields = {
    "kernel_size": _WINDOW, "strides": _WINDOW, "dilation_rate": _WINDOW, "padding": _PADDING, "data_format": _LAST,
    **_OUTPUT,
}  # fmt: skip
_DEPTHWISE: Fields = {**_CONVOLUTION, "depth_multiplier": whole(1, MOST_COPIES), **_learnt("depthwise", "bias")}
_POOLING: Fields = {"pool_size": _WINDOW, "strides": optional(_WINDOW), "padding": _PADDING, "data_format": _LAST}
_GLOBAL_POOLING = Kind({"data_format": _LAST, "keepdims": switch})
_ADAPTIVE_POOLING = Kind({"output_size": pair(1, LARGEST_SIZE), "data_format": _LAST}, ("output_size",))
_DROPOUT: Fields = {"rate": _SHARE, "seed": seed, "noise_shape": optional(shape())}
_SCALED: Fields = {
    "axis": axes, "epsilon": number(0, 1), "center": switch, "scale": switch, **_learnt("beta", "gamma"),
}  # fmt: skip
_RESIZED: Fields = {"height": _SIZE, "width": _SIZE, "data_format": _LAST}
_RANDOM: Fields = {"seed": seed, "data_format": _LAST}
_RANDOM_FILLED: Fields = {**_RANDOM, "fill_mode": _FILL, "fill_value": _FACTOR, "interpolation": _INTERPOLATION}
_RANGE: Fields = {"factor": numbers, "value_range": numbers}

LAYERS: Mapping[str, Kind] = {
    "InputLayer": Kind(
        {"sparse": only(False, None), "ragged": only(False, None), "optional": only(False), "dtype": input_type,
         "shape": shape(), "input_shape": shape()},
    ),
    "Dense": Kind(
        {"units": _SIZE, **_OUTPUT, **_learnt("kernel", "bias")}, ("units",),
        obsolete={"quantization_config": only(None)},
    ),
    "Conv2D": Kind(
        {"filters": whole(1, MOST_FILTERS), **_CONVOLUTION, "groups": whole(1, MOST_COPIES),
         **_learnt("kernel", "bias")},
        ("filters", "kernel_size"),
    ),
    "Conv2DTranspose": Kind(
        {"filters": whole(1, MOST_FILTERS), **_CONVOLUTION, "output_padding": optional(pair(0, LARGEST_WINDOW)),
         **_learnt("kernel", "bias")},
        ("filters", "kernel_size"), obsolete={"groups": only(1)},
    ),
    "SeparableConv2D": Kind(
        {"filters": whole(1, MOST_FILTERS), **_DEPTHWISE, **_learnt("pointwise")}, ("filters", "kernel_size"),
        obsolete={"groups": only(1), **_learnt("kernel")},
    ),
    "DepthwiseConv2D": Kind(_DEPTHWISE, ("kernel_size",), obsolete={"groups": only(1), **_learnt("kernel")}),
    "Activation": Kind({"activation": activation}, ("activation",)),
    "ReLU": Kind({name: optional(number(0)) for name in ("max_value", "negative_slope", "threshold")}),
    "LeakyReLU": Kind({"negative_slope": number(0)}, renamed={"alpha": "negative_slope"}),
    "PReLU": Kind({**_learnt("alpha"), "shared_axes": optional(list_of_axes)}),
    "ELU": Kind({"alpha": number(0)}),
    "Softmax": Kind({"axis": axes}),
    "MaxPooling2D": Kind(_POOLING),
    "AveragePooling2D": Kind(_POOLING),
    "GlobalAveragePooling2D": _GLOBAL_POOLING,
    "GlobalMaxPooling2D": _GLOBAL_POOLING,
    "AdaptiveAveragePooling2D": _ADAPTIVE_POOLING,
    "AdaptiveMaxPooling2D": _ADAPTIVE_POOLING,
    "ZeroPadding2D": Kind({"padding": sides, "data_format": _LAST}),
    "Cropping2D": Kind({"cropping": sides, "data_format": _LAST}),
    "UpSampling2D": Kind({"size": _WINDOW, "interpolation": _INTERPOLATION, "data_format": _LAST}),
    "BatchNormalization": Kind(
        {**_SCALED, "momentum": _SHARE, "moving_mean_initializer": initializer,
         "moving_variance_initializer": initializer, "synchronized": switch},
        obsolete={"renorm": only(False), "renorm_clipping": only(None), "renorm_momentum": number(), "fused": switch,
                  "virtual_batch_size": only(None), "adjustment": only(None)},
    ),
    "LayerNormalization": Kind({**_SCALED, "rms_scaling": only(False)}),
    "GroupNormalization": Kind({**_SCALED, "groups": whole(-1, MOST_FILTERS)}),
    "UnitNormalization": Kind({"axis": axes}),
    "Dropout": Kind(_DROPOUT, ("rate",)),
    "SpatialDropout2D": Kind({**_DROPOUT, "data_format": _LAST}, ("rate",), obsolete={"noise_shape": only(None)}),
    "GaussianDropout": Kind({"rate": _SHARE, "seed": seed}, ("rate",)),
    "GaussianNoise": Kind({"stddev": number(0), "seed": seed}, ("stddev",)),
    "AlphaDropout": Kind(_DROPOUT, ("rate",)),
    "ActivityRegularization": Kind({"l1": number(0), "l2": number(0)}),
    "Flatten": Kind({"data_format": _LAST}),
    "Reshape": Kind({"target_shape": shape(-1)}, ("target_shape",)),
    "Permute": Kind({"dims": list_of_axes}, ("dims",)),
    "RepeatVector": Kind({"n": _SIZE}, ("n",)),
    "Identity": Kind(),
    "Add": Kind(),
    "Subtract": Kind(),
    "Multiply": Kind(),
    "Average": Kind(),
    "Maximum": Kind(),
    "Minimum": Kind(),
    "Concatenate": Kind({"axis": axes}),
    "Dot": Kind({"axes": axes, "normalize": switch}, ("axes",)),
    "Rescaling": Kind({"scale": numbers, "offset": numbers}, ("scale",)),
    "Normalization": Kind({"axis": optional(axes), "mean": _ANY_NUMBERS, "variance": _ANY_NUMBERS, "invert": switch}),
    "Resizing": Kind(
        {**_RESIZED, "interpolation": _INTERPOLATION, "crop_to_aspect_ratio": switch, "pad_to_aspect_ratio": switch,
         "fill_mode": _FILL, "fill_value": _FACTOR, "antialias": switch},
        ("height", "width"),
    ),
    "CenterCrop": Kind(_RESIZED, ("height", "width")),
    "RandomCrop": Kind({**_RESIZED, "seed": seed}, ("height", "width")),
    "RandomFlip": Kind({**_RANDOM, "mode": choice("horizontal", "vertical", "horizontal_and_vertical")}),
    "RandomRotation": Kind({**_RANDOM_FILLED, "factor": numbers}, ("factor",)),
    "RandomZoom": Kind({**_RANDOM_FILLED, "height_factor": numbers, "width_factor": _ANY_NUMBERS}, ("height_factor",)),
    "RandomTranslation": Kind(
        {**_RANDOM_FILLED, "height_factor": numbers, "width_factor": numbers}, ("height_factor", "width_factor")
    ),
    "RandomContrast": Kind({**_RANDOM, **_RANGE}, ("factor",)),
    "RandomBrightness": Kind({**_RANDOM, **_RANGE}, ("factor",)),
    "LayerScale": Kind(
        {"init_values": _FACTOR, "projection_dim": whole(1, MOST_FILTERS)}, ("init_values", "projection_dim"),
        "keras.src.applications.convnext",
    ),
    "CustomScaleLayer": Kind({"scale": _FACTOR}, ("scale",), "keras.src.applications.inception_resnet_v2"),
    "ops.Add": Kind(module="keras.src.ops.numpy"),
    "ops.Subtract": Kind(module="keras.src.ops.numpy"),
    "ops.Multiply": Kind(module="keras.src.ops.numpy"),
    "ops.TrueDivide": Kind(module="keras.src.ops.numpy"),
    "ops.Maximum": Kind(module="keras.src.ops.numpy"),
    "ops.Minimum": Kind(module="keras.src.ops.numpy"),
}  # fmt: skip
"""Every layer type that may be opened. "ops." marks a calculation with tensors (x + y) that is written as a layer."""

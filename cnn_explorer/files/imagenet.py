"""What Keras publishes of its models trained on ImageNet: their weights, and the names of the 1,000 classes.

Addresses and checksums are those of `keras.applications`; a test compares them with the Keras that is installed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cnn_explorer.files.opening import AnyPath, read_regular_file
from cnn_explorer.files.remote import Remote
from cnn_explorer.network.sentence import Refused, say

BASE = "https://storage.googleapis.com/tensorflow/keras-applications/"
CLASSES = 1000
LONGEST_NAME = 60
_SLACK = 1.1
"""A file of weights is hardly larger than they are."""

_ORDERED = "_weights_tf_dim_ordering_tf_kernels"
_WEIGHTS: Mapping[str, tuple[str, str, int]] = {
    "VGG16": (f"vgg16/vgg16{_ORDERED}.h5", "64373286793e3c8b2b4e3219cbf3544b", 553),
    "VGG19": (f"vgg19/vgg19{_ORDERED}.h5", "cbe5617147190e668d6c5d5026f83318", 575),
    "ResNet50": (f"resnet/resnet50{_ORDERED}.h5", "2cb95161c43110f7111970584f804107", 103),
    "InceptionV3": (f"inception_v3/inception_v3{_ORDERED}.h5", "9a0d58056eeedaa3f26cb7ebd46da564", 96),
    "DenseNet121": (f"densenet/densenet121{_ORDERED}.h5", "9d60b8095a5708f2dcce2bca79d332c7", 33),
    "Xception": (f"xception/xception{_ORDERED}.h5", "0a58e3b7378bc2990ea3b43d5981f1f6", 92),
    "MobileNetV2": (f"mobilenet_v2/mobilenet_v2{_ORDERED}_1.0_224.h5", "", 15),
    "MobileNetV3Small": (
        "mobilenet_v3/weights_mobilenet_v3_small_224_1.0_float.h5", "8768d4c2e7dee89b9d02b2d03d65d862", 10,
    ),
    "EfficientNetV2B0": ("efficientnet_v2/efficientnetv2-b0.h5", "21ecbf6da12460d5c40bb2f29ceb2188", 29),
    "ConvNeXtTiny": (
        "convnext/convnext_tiny.h5", "8ae6e78ce2933352b1ef4008e6dd2f17bc40771563877d156bc6426c7cf503ff", 115,
    ),
}  # fmt: skip
"""Of each of KNOWN_MODELS where its weights are, their checksum (MobileNetV2's is not published), and their size in MB:
four bytes a number."""

CLASS_INDEX = Remote(
    "imagenet_class_index.json",
    "https://storage.googleapis.com/download.tensorflow.org/data/imagenet_class_index.json",
    "c2c37ea517e94d9795004a39431a14cb",
    1_000_000,
    say("The list of ImageNet's classes"),
    say("Until it is there the classes have numbers."),
)


def megabytes(name: str) -> int:
    """How large the weights of a known model are."""
    return _WEIGHTS[name][2]


def weights_of(name: str) -> Remote:
    """The weights of a known model, trained on ImageNet."""
    place, checksum, size = _WEIGHTS[name]
    return Remote(
        place.rpartition("/")[2], BASE + place, checksum, int(size * _SLACK * 10**6) + 10**6,
        say("{name}'s weights", name=name),
        say("Open the model with random weights or with a file of weights that you have, or try again later."),
    )  # fmt: skip


def imagenet_names(folder: AnyPath) -> tuple[str, ...]:
    """The names of the classes in the list that was downloaded into a folder; none where it isn't there, or damaged."""
    try:
        plain = json.loads(read_regular_file(Path(str(folder)) / CLASS_INDEX.name, CLASS_INDEX.largest))
        return tuple(_name(plain[str(number)]) for number in range(CLASSES))
    except (Refused, ValueError, TypeError, LookupError, RecursionError):
        return ()


def _name(entry: Any) -> str:
    _, name = entry
    if not isinstance(name, str) or not name.isprintable() or not 0 < len(name) <= LONGEST_NAME:
        raise ValueError("not a name")
    return name.replace("_", " ")

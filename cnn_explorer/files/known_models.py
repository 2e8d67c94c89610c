"""The models of `keras.applications` that can be opened by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cnn_explorer.network.sentence import Sentence, say
from cnn_explorer.resources_folder import resource

TRAINED = str(resource("models", "small-3x3-mnist.keras"))
"""The small network that comes with the program, trained on MNIST."""


@dataclass(frozen=True)
class KnownModel:
    """What it is, in a few words."""

    about: Sentence


KNOWN_MODELS: Mapping[str, KnownModel] = {
    "VGG16": KnownModel(say("2014: 13 convolutions of 3×3 in a row, and three dense layers with most of the weights")),
    "VGG19": KnownModel(say("2014: 16 convolutions of 3×3 in a row, and three dense layers with most of the weights")),
    "ResNet50": KnownModel(say("2015: 50 layers with shortcuts that add what went in to what comes out")),
    "InceptionV3": KnownModel(say("2015: windows of several sizes side by side, put together channel by channel")),
    "DenseNet121": KnownModel(say("2016: each layer reads the maps of all layers before it in its block")),
    "Xception": KnownModel(say("2016: separable convolutions in place of usual ones")),
    "MobileNetV2": KnownModel(say("2018: small enough for telephones, with depthwise convolutions")),
    "MobileNetV3Small": KnownModel(say("2019: smaller still, its channels weighed by what the whole map shows")),
    "EfficientNetV2B0": KnownModel(say("2021: depth, width and size of the image grown together")),
    "ConvNeXtTiny": KnownModel(say("2022: convolutions only, arranged as in a transformer")),
}
"""By their names in `keras.applications`."""

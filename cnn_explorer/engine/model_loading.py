"""A model file, opened by Keras in safe mode, looked at before and checked after: runs in the loader's process only.

What Keras gets is never the file. Its configuration was read into a plan and is written down again, so that it holds
nothing but layers and functions of Keras's own that are on a list; the weights are read from a private copy.
"""

from __future__ import annotations

import os
import re
import warnings
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from cnn_explorer.engine.model_checks import insist_on_finite, unchanged
from cnn_explorer.engine.model_describing import described
from cnn_explorer.engine.model_limits import lift_memory_limit, limit_files, limit_memory
from cnn_explorer.files.model_look import looked_at
from cnn_explorer.files.model_look_archive import LARGEST_WEIGHTS
from cnn_explorer.files.model_look_config import read_config
from cnn_explorer.files.model_look_description import ModelDescription
from cnn_explorer.files.model_look_json import plain_values
from cnn_explorer.files.model_look_plan import ModelPlan, keras_config
from cnn_explorer.files.model_look_size import ModelSize, size_of
from cnn_explorer.files.model_look_words import Unfit, refusal, shown
from cnn_explorer.files.opening import quoted
from cnn_explorer.network.sentence import say

LOOK_MEMORY = 300_000_000
"""Bytes that the look may take."""
LOAD_MEMORY = 400_000_000
"""Bytes that building a model may take, besides what its weights do."""
COPIES = 5
"""Of the weights: in the file's pages, in the model, on the way, while they are checked, and for the window."""
LONGEST_REASON = 120
_NAMED = re.compile(r"layer #\d+ \(named ([^,)]+)")
"""How Keras's reader of whole HDF5 models says whose weights don't fit."""


@dataclass(frozen=True)
class Accepted:
    """A file that was looked at and may be built: its private copy, what it declares, and the memory for it."""

    copy: str
    plan: ModelPlan
    size: ModelSize
    whole: bool
    memory: int


def accept(path: str, folder: str) -> Accepted:
    """Copies a model file, or the weights in it, into `folder` and looks at all of it. Imports no TensorFlow.

    Raises: Refused, with one sentence, where it can't be believed.
    """
    from cnn_explorer.engine.model_hdf5 import config_in, look_at_hdf5

    limit_files(LARGEST_WEIGHTS + LOOK_MEMORY)
    limit_memory(LOOK_MEMORY, final=False)
    copy = os.path.join(folder, "model.weights.h5")
    with looked_at(path) as look:
        look.copy(copy)
        plan = look.plan
    try:
        look_at_hdf5(copy)
        if plan is None:
            copy = _renamed(copy, os.path.join(folder, "model.h5"))
            plan = read_config(plain_values(config_in(copy), "model_config"))
        size = size_of(plan)
    except Unfit as unfit:
        raise refusal(path, unfit) from unfit
    lift_memory_limit()
    return Accepted(copy, plan, size, look.plan is None, LOAD_MEMORY + COPIES * 4 * size.weights)


def accept_weights(path: str, folder: str, told: Callable[[int], object] = lambda memory: None) -> ModelDescription:
    """The weights in an HDF5 file without a model, looked at as `accept` does. Imports no TensorFlow.

    `told` hears when the look is over, and how much memory reading may take. Raises: Refused, with one sentence.
    """
    from cnn_explorer.engine.model_hdf5 import look_at_hdf5
    from cnn_explorer.engine.model_stored import insist_on_size, stored_weights

    limit_memory(LOOK_MEMORY, final=False)
    copy = os.path.join(folder, "weights.h5")
    with looked_at(path) as look:
        look.copy(copy)
    try:
        declared = look_at_hdf5(copy)
        insist_on_size(declared)
        memory = LOOK_MEMORY + COPIES * declared
        told(memory)
        lift_memory_limit()
        limit_memory(memory, final=True)
        return stored_weights(copy)
    except Unfit as unfit:
        raise refusal(path, unfit) from unfit


def _renamed(path: str, name: str) -> str:
    os.rename(path, name)
    return name


def load(path: str, accepted: Accepted) -> ModelDescription:
    """Builds the model, gives it its weights, checks what came of it and describes it.

    Raises: Refused, with one sentence, where Keras can't build it or what it has built can't be used.
    """
    import keras

    limit_memory(accepted.memory, final=True)
    try:
        with unchanged(keras), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            model = _built(keras, accepted)
        insist_on_finite(model)
        return described(accepted.plan, accepted.size, model)
    except Unfit as unfit:
        raise refusal(path, unfit) from unfit


def _built(keras: Any, accepted: Accepted) -> Any:
    from cnn_explorer.engine.model_weights import place_weights

    model = tried(
        lambda: keras.saving.deserialize_keras_object(keras_config(_without_draws(accepted.plan)), safe_mode=True)
    )
    give: Callable[[], Any] = lambda: place_weights(model, accepted.copy)  # noqa: E731
    if accepted.whole:
        give = lambda: model.load_weights(accepted.copy)  # noqa: E731
    tried(give)
    return model


def tried(work: Callable[[], Any]) -> Any:
    """What Keras gives, or its reason in a few words: its own messages run to 5,000 characters. Raises: Unfit."""
    try:
        return work()
    except Unfit:
        raise
    except MemoryError as error:
        raise Unfit(say("it takes more memory than it may")) from error
    except Exception as error:  # whatever Keras and TensorFlow raise
        if type(error).__name__ == "ResourceExhaustedError":
            raise Unfit(say("it takes more memory than it may")) from error
        named = _NAMED.search(str(error))
        if named is not None:
            raise Unfit(say("the weights of layer {layer} don't have the shape that it needs", layer=shown(named[1])),
                        "weights") from error  # fmt: skip
        raise Unfit(say("Keras can't build it: {reason}", reason=_in_short(error))) from error


def _in_short(error: Exception) -> str:
    """The end of the chain of reasons, in one line: each of Keras's messages begins with what it was doing."""
    text = str(error).rsplit("Exception encountered:", 1)[-1].strip()
    first = next((line.strip() for line in text.splitlines() if line.strip()), type(error).__name__)
    return quoted(first.rstrip("."), LONGEST_REASON)


# what is put in


def _without_draws(plan: ModelPlan) -> ModelPlan:
    """The plan with weights that begin as zeros: they come from the file, and drawing 138 million takes a second."""
    layers = tuple(
        replace(layer, model=_without_draws(layer.model))
        if layer.model is not None
        else replace(layer, config={**layer.config, **dict.fromkeys(_DRAWN.get(layer.kind, ()), "zeros")})
        for layer in plan.layers
    )
    return replace(plan, layers=layers)


_DRAWN = {
    "Dense": ("kernel_initializer",),
    "Conv2D": ("kernel_initializer",),
    "Conv2DTranspose": ("kernel_initializer",),
    "DepthwiseConv2D": ("depthwise_initializer",),
    "SeparableConv2D": ("depthwise_initializer", "pointwise_initializer"),
}

"""The models that Keras itself has, with random weights or those in a file: runs in the loader's process only."""

from __future__ import annotations

import json
import os
import warnings
from typing import Any

from cnn_explorer.engine.model_checks import insist_on_finite, unchanged
from cnn_explorer.engine.model_describing import described
from cnn_explorer.engine.model_limits import limit_files, limit_memory
from cnn_explorer.engine.model_loading import tried
from cnn_explorer.engine.model_weights import place_weights
from cnn_explorer.files.known_models import KNOWN_MODELS
from cnn_explorer.files.model_look import looked_at
from cnn_explorer.files.model_look_archive import LARGEST_WEIGHTS
from cnn_explorer.files.model_look_config import read_config
from cnn_explorer.files.model_look_description import ModelDescription
from cnn_explorer.files.model_look_size import size_of
from cnn_explorer.files.model_look_words import Unfit, refusal
from cnn_explorer.files.opening import display_name
from cnn_explorer.network.sentence import Refused, say

MEMORY = 2_500_000_000
"""Bytes that building one may take. Their weights are at most 0.6 GB, and Keras draws them one array at a time."""
SEED = 1


def known_model(name: str, weights: str = "", folder: str = "") -> ModelDescription:
    """One of KNOWN_MODELS: with the same random numbers each time, or with the weights in an HDF5 file.

    That file was looked at, and is copied into `folder`. Raises: Refused where there is no model of that name, the
    file's weights are not for it, or it can't be described.
    """
    import keras

    if name not in KNOWN_MODELS:
        raise Refused(say("There is no model called {name}.", name=name))
    copy = _looked_at(weights, folder) if weights else ""
    limit_files(LARGEST_WEIGHTS)  # the memory that the weights go through counts as a file
    limit_memory(MEMORY, final=True)
    keras.utils.set_random_seed(SEED)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = getattr(keras.applications, name)(weights=None)
    try:
        if copy:
            with unchanged(keras):
                _give(model, copy)
            insist_on_finite(model)
        plan = read_config(json.loads(model.to_json()))
        return described(plan, size_of(plan), model)
    except Unfit as unfit:
        if copy:
            raise refusal(weights, unfit) from unfit
        raise Refused(say("{name} can't be opened: {reason}.", name=name, reason=unfit.reason), unfit.field) from unfit


def _looked_at(weights: str, folder: str) -> str:
    """A private copy of an HDF5 file that was looked at; its name says to Keras which kind of file it is."""
    from cnn_explorer.engine.model_hdf5 import has_classic_weights, look_at_hdf5

    copy = os.path.join(folder, "known.weights.h5")
    with looked_at(weights) as look:
        if look.plan is not None:
            raise Refused(say("{file} is a whole model: open it as a file.", file=display_name(weights)), "weights")
        look.copy(copy)
    try:
        look_at_hdf5(copy)
        if has_classic_weights(copy):
            os.rename(copy, classic := os.path.join(folder, "known.h5"))
            return classic
    except Unfit as unfit:
        raise refusal(weights, unfit) from unfit
    return copy


def _give(model: Any, copy: str) -> None:
    """Gives the model the weights in a file. Raises: Unfit where they are not for it."""
    if copy.endswith(".weights.h5"):
        tried(lambda: place_weights(model, copy))
    else:
        tried(lambda: model.load_weights(copy))

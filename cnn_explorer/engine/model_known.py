"""The models that Keras itself has, built with random weights: runs in the loader's process only."""

from __future__ import annotations

import json
import warnings

from cnn_explorer.engine.model_describing import described
from cnn_explorer.engine.model_limits import limit_files, limit_memory
from cnn_explorer.files.known_models import KNOWN_MODELS
from cnn_explorer.files.model_look_config import read_config
from cnn_explorer.files.model_look_description import ModelDescription
from cnn_explorer.files.model_look_size import size_of
from cnn_explorer.files.model_look_words import Unfit
from cnn_explorer.network.sentence import Refused, say

MEMORY = 2_500_000_000
"""Bytes that building one may take. Their weights are at most 0.6 GB, and Keras draws them one array at a time."""
SEED = 1


def known_model(name: str) -> ModelDescription:
    """One of KNOWN_MODELS, the same numbers each time.

    Raises: Refused where there is none of that name, or it can't be described.
    """
    import keras

    known = KNOWN_MODELS.get(name)
    if known is None:
        raise Refused(say("There is no model called {name}.", name=name))
    limit_files(1)
    limit_memory(MEMORY, final=True)
    keras.utils.set_random_seed(SEED)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = getattr(keras.applications, name)(weights=None, include_top=known.with_top)
    try:
        plan = read_config(json.loads(model.to_json()))
        return described(plan, size_of(plan), model)
    except Unfit as unfit:
        raise Refused(say("{name} can't be opened: {reason}.", name=name, reason=unfit.reason), unfit.field) from unfit

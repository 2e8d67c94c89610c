"""The network that a training without a window is to train: a preset by its name, a document, or a model."""

from __future__ import annotations

import os
import re
from dataclasses import replace

from cnn_explorer.engine.model_networks import network_of
from cnn_explorer.engine.model_process import open_model
from cnn_explorer.files.archive import MAGIC
from cnn_explorer.files.model_look_saved import SavedModelLook
from cnn_explorer.files.opening import display_name, read_head
from cnn_explorer.files.saved_document import document_of, read_saved
from cnn_explorer.files.sniff import kind_of
from cnn_explorer.files.training_record import read_record
from cnn_explorer.network.layers.layer import Shape
from cnn_explorer.network.network import Network
from cnn_explorer.network.network_presets import NetworkPreset, network_presets
from cnn_explorer.network.presets import default_document
from cnn_explorer.network.sentence import Refused, say


def network_named(name: str) -> tuple[Network, Shape]:
    """The network, and the shape of its input. Raises Refused where there is none of this name."""
    found = [preset for preset in network_presets() if slug(preset) == name.lower()]
    if not found and not os.path.lexists(name):  # the beginning of a name is enough, where it is that of one only
        found = [preset for preset in network_presets() if slug(preset).startswith(name.lower())]
    if len(found) == 1:
        made = found[0].build(default_document())
        return made.network, made.image.shape
    if not os.path.lexists(name):
        raise Refused(
            say("There is no preset and no file {name}; the presets are {presets}.", name=display_name(name),
                presets=", ".join(map(slug, network_presets())))
        )  # fmt: skip
    return _of_file(name)


def slug(preset: NetworkPreset) -> str:
    """A preset's English name as it is typed: handbook-cnn."""
    return re.sub(r"[^a-z0-9]+", "-", str(preset.name).lower().replace("×", "x")).strip("-")


def _of_model(path: str) -> tuple[Network, Shape]:
    described = open_model(path)
    if isinstance(described, SavedModelLook):
        raise Refused(
            say("{file} is a SavedModel, which can't be trained; save it as .keras.", file=display_name(path))
        )
    made = network_of(described)
    record = read_record(path) if read_head(path, len(MAGIC)) == MAGIC else None
    return replace(made.network, classes=record.classes) if record else made.network, made.input_shape


def _of_file(path: str) -> tuple[Network, Shape]:
    kind = kind_of(path)
    if kind.name == "model":
        return _of_model(path)
    if kind.name == "document":
        document, _ = document_of(read_saved(path))
        return document.network, document.image.shape
    raise Refused(say("{file} holds no network; choose a saved document or a .keras model.", file=display_name(path)))

"""A model file as what the window uses: looked at, loaded by a process of its own, and made a network.

Imports no TensorFlow: this runs in the window's process, on a thread.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from cnn_explorer.engine.model_networks import NetworkOf, network_of
from cnn_explorer.engine.model_process import LONGEST_SECONDS, START_SECONDS, ModelProcess
from cnn_explorer.engine.model_stored import network_with
from cnn_explorer.files.archive import MAGIC
from cnn_explorer.files.imagenet import CLASSES, imagenet_names
from cnn_explorer.files.model_look import look_at_model
from cnn_explorer.files.model_look_description import ModelDescription
from cnn_explorer.files.model_look_words import WEIGHTS_ONLY
from cnn_explorer.files.opened_model import (
    PREPARATIONS,
    PREPARING,
    OpenedModel,
    StoredWeights,
    classes_for,
    preparing_layer,
    scaling_layer,
)
from cnn_explorer.files.opening import display_name, read_head
from cnn_explorer.files.saved_program import ProgramRun, SavedProgram, program_in
from cnn_explorer.files.training_record import read_record
from cnn_explorer.network.arrays import frozen
from cnn_explorer.network.document import Image
from cnn_explorer.network.layers import Conv2D
from cnn_explorer.network.layers.layer import Shape
from cnn_explorer.network.network import Network, Takes
from cnn_explorer.network.sentence import Refused, say

Told = Callable[[str, float], object]
"""Hears what is being done, "looking", "starting", "building" or "running", and how many seconds that may take."""


class ModelLoader:
    """Opens one file. One thread may call `open`, and any other `stop`.

    `folder` is where downloads are kept, ImageNet's class names among them.
    """

    def __init__(self, folder: str = "") -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._stopped = False
        self._process: ModelProcess | None = None
        self._spare: ModelProcess | None = None

    def warm(self) -> None:
        """Has a process load TensorFlow already, for the file that is opened next."""
        with self._lock:
            if not self._stopped and self._spare is None:
                self._spare = ModelProcess()
                self._spare.warm()

    def open(self, path: str, told: Told) -> OpenedModel | StoredWeights | SavedProgram:
        """The model in a file, the weights where it has no more, or what a SavedModel declares, which is not run.

        Nothing of the loading is left afterwards, whatever comes of it. Raises: Refused, with one sentence.
        """
        told("looking", LONGEST_SECONDS)
        looked = look_at_model(path)
        if looked is not None:
            return program_in(path, looked)
        try:
            self._look_first(path, told)
            return _as_trained(opened(self._start(path).open(path, told=partial(_tell, told)), self._folder), path)
        except Refused as refused:
            if refused.field != WEIGHTS_ONLY:
                raise
        told("looking", LONGEST_SECONDS)
        return stored(path, self._start(path, fresh=True).open_weights(path))

    def known(self, name: str, told: Told, weights: str = "") -> OpenedModel:
        """A model of Keras's own by its name, with random weights or those in a file. Raises: Refused."""
        told("starting", START_SECONDS)
        description = self._start(name).known(name, told=partial(_tell, told), weights=weights)
        return opened(description, self._folder)

    def run(self, path: str, program: SavedProgram, image: Image, told: Told) -> ProgramRun:
        """Runs a SavedModel once on an image, for whoever has said yes to it. Raises: Refused."""
        told("starting", START_SECONDS)
        pixels, shape = program.pixels(image)
        outputs = self._start(path).run(path, pixels, told=partial(_tell, told))
        return ProgramRun(shape, outputs, program.number_type, program.notes())

    def _look_first(self, path: str, told: Told) -> None:
        """While the process that is warm soon is busy with TensorFlow, another one looks at the file: a bad one is told
        of at once."""
        with self._lock:
            early = self._spare is not None and not self._spare.ready
        if early:
            self._start(path, fresh=True).look(path)
            told("starting", START_SECONDS)

    def _start(self, path: str, fresh: bool = False) -> ModelProcess:
        """The process that is warm, where there is one, or a `fresh` one."""
        with self._lock:
            if self._stopped:
                raise Refused(say("Opening {file} was stopped.", file=display_name(path)))
            if fresh or self._spare is None:
                self._process = ModelProcess()
            else:
                self._process, self._spare = self._spare, None
            return self._process

    def stop(self) -> None:
        """Ends it at once: `open` then raises Refused. May be called more than once."""
        with self._lock:
            self._stopped = True
            if self._spare is not None:
                self._spare.close()
                self._spare = None
            if self._process is not None:
                self._process.stop()


_NAMED_BY_KERAS = re.compile(
    "(conv2d|depthwise_conv2d|separable_conv2d|conv2d_transpose|(max|average|global_max|global_average)_pooling2d|"
    "dense|flatten|activation|batch_normalization|layer_normalization|dropout|zero_padding2d|up_sampling2d)(_[0-9]+)?"
)
_STAGES = {"looked": "starting", "building": "building", "running": "running"}


def _tell(told: Told, word: str, seconds: float) -> None:
    if word in _STAGES:
        told(_STAGES[word], seconds)


def opened(model: ModelDescription, folder: str = "") -> OpenedModel:
    """The network of a model, which takes pixels from 0 to 1 whatever the model itself expects.

    Raises: Refused, naming the first layer that has no equivalent.
    """
    found = network_of(model)
    network, first = found.network, _preparing(model, found)
    if first is not None:
        network = _behind(first, network)
    shapes = network.shapes(found.input_shape)
    return OpenedModel(
        network=replace(
            network, classes=_names(model, found.input_shape, shapes[-1], folder),
            input_shape=_takes(model.input_shape or (), found.input_shape),
        ),
        input_shape=found.input_shape, prepared=first is not None, left_out=found.left_out,
    )  # fmt: skip


def _takes(declared: tuple[int | None, ...], image: Shape) -> Takes:
    """The shape of the images that a model takes, with the sides open that it leaves open."""
    rows, columns, channels = image
    if len(declared) < 2:
        return image
    return declared[0] and rows, declared[1] and columns, channels


def _as_trained(model: OpenedModel, path: str) -> OpenedModel:
    """A model that was trained with this program: with the names of its classes, and its layers as nameless as they
    were, for conv2d_1 was Keras's idea."""
    if read_head(path, len(MAGIC)) != MAGIC:
        return model
    try:
        record = read_record(path)
    except Refused:
        return model  # what is written beside the weights can't be believed; the model is as good without
    if record is None:
        return model
    layers = tuple(replace(each, name="") if _NAMED_BY_KERAS.fullmatch(each.name) else each
                   for each in model.network.layers)  # fmt: skip
    return replace(model, network=replace(model.network, layers=layers, classes=record.classes))


def stored(path: str, weights: ModelDescription) -> StoredWeights:
    """The weights of a file, for the network that is on the screen when they are there."""
    held = replace(
        weights, layers=tuple(replace(each, weights={name: frozen(values) for name, values in each.weights.items()})
                              for each in weights.layers)
    )  # fmt: skip

    def into(network: Network) -> Network:
        try:
            return network_with(network, held)
        except Refused as refused:
            raise Refused(
                say("{file} has weights without a model, and they don't fit the network on the screen: {reason}",
                    file=display_name(path), reason=refused.sentence), refused.field,
            ) from refused  # fmt: skip

    return StoredWeights(into)


def _names(model: ModelDescription, image: Shape, last: Shape, folder: str) -> tuple[str, ...]:
    """ImageNet's for a model of Keras's own with as many classes, where the names are in the folder."""
    count = _classes(last)
    if count == CLASSES and model.preprocessing is not None and folder:
        return imagenet_names(folder)
    return classes_for(image, count)


def _behind(first: Conv2D, network: Network) -> Network:
    """The network with a layer before all others: who read the image reads its output."""
    sources = tuple(tuple(source + 1 for source in read) for read in network.sources)
    return network.with_layers((first, *network.layers), ((0,), *sources) if sources else ())


def _classes(shape: Shape) -> int | None:
    return shape[2] if shape[:2] == (1, 1) else None


def _preparing(model: ModelDescription, found: NetworkOf) -> Conv2D | None:
    channels = found.input_shape[2]
    if _begins_with_rescaling(model):
        return scaling_layer(found.pixel_scale, found.pixel_offset, channels, PREPARING)
    wanted = "0 to 255" if model.preprocessing == "inside" else model.preprocessing
    preparation = PREPARATIONS.get(wanted or "")
    return preparing_layer(*preparation, channels, PREPARING) if preparation else None


def _begins_with_rescaling(model: ModelDescription) -> bool:
    kinds = [layer.kind for layer in model.every_layer() if layer.kind != "InputLayer" and layer.model is None]
    return kinds[:1] == ["Rescaling"]

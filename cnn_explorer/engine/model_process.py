"""Opening somebody's model in a process of its own, which is ended when it takes too long or too much.

Imports no TensorFlow: this runs in the window's process, on a thread, and in the command.
"""

from __future__ import annotations

import contextlib
import json
import multiprocessing
import os
import threading
from collections.abc import Callable
from math import prod
from time import monotonic
from typing import Any, TypeVar

import numpy as np

from cnn_explorer.engine import memory
from cnn_explorer.engine.model_limits import memory_of
from cnn_explorer.engine.model_message import model_in
from cnn_explorer.engine.model_serve import INPUT, serve_model
from cnn_explorer.engine.own_folder import OwnFolder
from cnn_explorer.files.model_look import look_at_model
from cnn_explorer.files.model_look_description import ModelDescription
from cnn_explorer.files.model_look_saved import SavedModelLook
from cnn_explorer.files.model_look_words import shown
from cnn_explorer.files.opening import AnyPath, cannot_open, display_name, quoted
from cnn_explorer.files.saved_program import MOST_OUTPUTS, ProgramOutput
from cnn_explorer.network.arrays import Floats
from cnn_explorer.network.sentence import Refused, Sentence, say

LONGEST_SECONDS = 60.0
"""The time that a file may take, TensorFlow's own start not counted. InceptionResNetV2 takes about 10."""
START_SECONDS = 120.0
"""The time for TensorFlow's start: on a cold disk it is long, and it is not the file's."""
LOOK_MEMORY = 1_200_000_000
"""Bytes that the process may fill while it looks at the file: TensorFlow, where it is there already, and some more."""
_MOST_GROWTH = 10_000_000_000
_BYTES_A_SECOND = 100_000_000
"""Memory that even a busy machine fills: VGG16, whose weights are 550 MB, has half a minute more."""
_LONGEST_MESSAGE = 64_000_000
_PULSE = 0.05
_DEEPEST_SENTENCE = 4
_NONSENSE = (AttributeError, LookupError, StopIteration, TypeError, ValueError)
"""What a reply raises that the loader never sends, while it is its own master."""

Answer = TypeVar("Answer")
Told = Callable[[str, float], object]
"""Hears the word of a message, and the seconds within which the next one has to come."""


def _unheard(word: str, seconds: float) -> None:
    return None


class ModelProcess:
    """A loader: opens one file, then it has ended. Start it early and `warm` it, and the file opens at once.

    One thread may call `open`, and any other `stop`.
    """

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._folder = OwnFolder("model")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(
            target=serve_model, args=(theirs, self._folder.path), name="cnn-explorer-model", daemon=True
        )
        self._process.start()
        theirs.close()
        self._stopped = threading.Event()
        self._limit = LOOK_MEMORY
        self._loading = False

    @property
    def process_id(self) -> int:
        """The process's id in the system."""
        return self._process.pid or 0

    def warm(self) -> None:
        """Has the process load TensorFlow meanwhile."""
        self._loading = True
        with contextlib.suppress(OSError):
            self._send({"word": "warm"})

    @property
    def ready(self) -> bool:
        """Whether what `warm` has begun is over."""
        return self._pipe.poll()

    def look(self, path: AnyPath, seconds: float = LONGEST_SECONDS) -> None:
        """Looks at a file as `open` does, without TensorFlow, and no further. Raises: Refused, with one sentence."""
        self._asked("look", path, seconds, _unheard, lambda message: None)

    def open(self, path: AnyPath, seconds: float = LONGEST_SECONDS, told: Told = _unheard) -> ModelDescription:
        """The model in a file. Whatever comes of it, the process has ended afterwards and nothing of it is left.

        `told` hears of what goes on: "looked", "ready", "building". Raises: Refused, with one sentence.
        """
        return self._asked("open", path, seconds, told, self._model)

    def open_weights(self, path: AnyPath, seconds: float = LONGEST_SECONDS) -> ModelDescription:
        """The weights in an HDF5 file that has no model, for `model_stored.network_with`; otherwise as `open`."""
        return self._asked("weights", path, seconds, _unheard, self._model)

    def known(
        self, name: str, seconds: float = LONGEST_SECONDS, told: Told = _unheard, weights: str = ""
    ) -> ModelDescription:
        """A model of Keras's own by its name, with random weights or those in a file; otherwise as `open`."""
        self._loading = True
        return self._asked("known", name, seconds, told, self._model, weights=weights)

    def run(
        self, path: AnyPath, pixels: Floats, seconds: float = LONGEST_SECONDS, told: Told = _unheard
    ) -> tuple[ProgramOutput, ...]:
        """What the program in a SavedModel's folder gives for a batch of one image; otherwise as `open`."""
        np.save(os.path.join(self._folder.path, INPUT), pixels)
        self._loading = True
        return self._asked("run", path, seconds, told, _outputs)

    def _asked(
        self, word: str, path: AnyPath, seconds: float, told: Told, read: Callable[[dict[str, Any]], Answer],
        **more: str,
    ) -> Answer:  # fmt: skip
        """What `read` makes of the last message."""
        try:
            with contextlib.suppress(OSError):  # it has ended: the reply will say so
                self._send({"word": word, "path": os.fsdecode(path), **more})
            return read(self._last_message(path, seconds, told))
        except (EOFError, OSError, *_NONSENSE) as error:
            raise self._ended(path) from error
        finally:
            self.close()

    def stop(self) -> None:
        """Ends the process at once: `open` then raises Refused. May be called from any thread, more than once."""
        self._stopped.set()
        self._process.kill()

    def close(self) -> None:
        """Ends the process, and removes its temporary files. No other thread may wait in `open`."""
        self._process.kill()
        self._process.join()
        self._pipe.close()
        self._folder.remove()

    def _send(self, message: dict[str, Any]) -> None:
        self._pipe.send_bytes(json.dumps(message).encode())

    def _last_message(self, path: AnyPath, seconds: float, told: Told) -> dict[str, Any]:
        while True:
            message = self._reply(path, START_SECONDS if self._loading else seconds)
            word = message["word"]
            if word == "ready":
                self._loading = False
            elif word == "looked":
                self._loading, self._limit = True, 0
            elif word in ("building", "running"):
                growth = min(int(message["memory"]), _MOST_GROWTH)
                self._limit = memory_of(self.process_id) + growth
                seconds += growth / _BYTES_A_SECOND
            elif word == "refused":
                raise Refused(sentence_in(message["reason"]), str(message["field"]))
            elif word == "unavailable":
                raise cannot_open(path, say("TensorFlow can't be loaded: {reason}",
                                            reason=quoted(str(message["reason"]), 80)))  # fmt: skip
            else:
                return message
            told(word, START_SECONDS if self._loading else seconds)

    def _reply(self, path: AnyPath, seconds: float) -> dict[str, Any]:
        """The next message. Raises: Refused where the process takes too long, or too much memory."""
        end = monotonic() + seconds
        while not self._pipe.poll(_PULSE):
            if self._limit and memory_of(self.process_id) > self._limit:
                raise cannot_open(path, say("it takes more memory than it may, and was stopped"))
            if monotonic() > end:
                raise cannot_open(
                    path, say("it took more than {seconds} seconds, and was stopped", seconds=f"{seconds:g}")
                )
        message: dict[str, Any] = json.loads(self._pipe.recv_bytes(_LONGEST_MESSAGE))
        return message

    def _ended(self, path: AnyPath) -> Refused:
        if self._stopped.is_set():
            return Refused(say("Opening {file} was stopped.", file=display_name(path)))
        return cannot_open(path, say("the process that opened it has ended; perhaps it took too much memory"))

    def _model(self, message: dict[str, Any]) -> ModelDescription:
        shapes = [tuple(map(int, shape)) for shape in message["shapes"]]
        if message["shared"]:
            arrays = _split(memory.receive_block(self._pipe), shapes)
        else:
            arrays = [self._array(shape) for shape in shapes]
        for values in arrays:
            values.flags.writeable = False
        return model_in(message["model"], arrays)

    def _array(self, shape: tuple[int, ...]) -> Floats:
        values = np.empty(prod(shape), np.float32)
        self._pipe.recv_bytes_into(values.view(np.uint8).data)
        return values.reshape(shape)


def _split(cells: Floats, shapes: list[tuple[int, ...]]) -> list[Floats]:
    arrays, first = [], 0
    for shape in shapes:
        arrays.append(cells[first : first + prod(shape)].reshape(shape))
        first += prod(shape)
    return arrays


def _outputs(message: dict[str, Any]) -> tuple[ProgramOutput, ...]:
    return tuple(
        ProgramOutput(
            shown(str(each["name"])), shown(str(each["type"])), tuple(map(int, each["shape"])),
            float(each["least"]), float(each["mean"]), float(each["greatest"]), tuple(map(float, each["values"])),
        )
        for each in message["outputs"][:MOST_OUTPUTS]
    )  # fmt: skip


def sentence_in(values: Any, depth: int = 1) -> Sentence:
    """A Sentence from its plain values, which came from a process that may not be its own master any more.

    Raises one of _NONSENSE where they are none.
    """
    template, pairs = values
    if depth > _DEEPEST_SENTENCE:
        raise ValueError("a sentence that is nested too deeply")
    found = {str(name): sentence_in(each, depth + 1) if isinstance(each, list) else each for name, each in pairs}
    sentence = Sentence(str(template), tuple(found.items()))
    str(sentence)
    return sentence


def open_model(
    path: AnyPath, loader: ModelProcess | None = None, seconds: float = LONGEST_SECONDS
) -> ModelDescription | SavedModelLook:
    """Opens a model: looks at it here, then has it loaded by `loader`, or by a process that is started for it.

    Of a SavedModel, which is a program, gives only what it declares. Raises: Refused, with one sentence.
    """
    looked = look_at_model(path)
    if looked is not None:
        return looked
    return (loader or ModelProcess()).open(path, seconds)

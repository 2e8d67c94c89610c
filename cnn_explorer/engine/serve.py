"""The engine's process: imports TensorFlow, then answers requests until its pipe closes.

Messages are tuples that begin with a word. The window's process sends, through `process.EngineProcess`:

    ("memory", key, dropped keys)         a block of shared memory follows; forget these blocks
    ("array", key, shape, block)          an array of float32 in that block (None: its bytes follow); copy it
    ("given array", key, shape)           an array of float32; a block with it follows, which is not kept
    ("layer", key, kind, values, arrays)  a layer: the values of its fields, and the keys of its large weights by name
    ("evaluate", number, array key,       compute the layers of these keys, for inputs of these shapes, from an image,
      [(layer key, shape, sources)],        each from the outputs `sources` (see `Network.steps`); forget the unused
      unused, block)                        arrays and layers; write the maps into that block (None: send them)
    ("images", key, shape, labels, first) an ImageSet, its images' bytes follow; it is kept until the next one comes
    ("job", number, name, arguments,      begin one of `jobs.JOBS` on the layers of these keys, for inputs of a shape:
      shape, array key,                     about an image, and about the images of this key (None: there are none);
      [(layer key, shape, sources)],        forget the unused arrays and layers
      unused,
      images key)
    ("cancel", number)                    end a job, without an answer
    ("stop",)                             end

and the engine sends:

    ("ready", "TensorFlow 2.21.0")        once, when it can be asked; or
    ("unavailable", reason)               when TensorFlow can't be imported, and ends
    ("maps", number, shapes, limits, ms)  the maps, and the smallest and largest value of each channel of all of them
                                          side by side, (2, channels); without a block, each map follows as bytes
    ("error", number, reason)             where an evaluation failed; the engine goes on
    ("job progress", number, done,        how far a job is, and what it has found so far (None: nothing to show)
      total, partial)
    ("job done", number, finding)         or
    ("job failed", number, reason)        a text, or a Sentence

Nothing heavy is imported at the top: the process must reach `serve` before numpy reads the environment, and must never
load Qt.
"""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import sys
import threading
import traceback
from math import prod
from multiprocessing import connection, parent_process, reduction
from time import perf_counter
from typing import TYPE_CHECKING, Any

from cnn_explorer.engine.own_folder import leave, use_folder

if TYPE_CHECKING:
    from collections.abc import Callable, MutableMapping

    from cnn_explorer.network.arrays import Floats
    from cnn_explorer.network.findings import ImageSet
    from cnn_explorer.network.layers.layer import Shape

BLAS_VARIABLES = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
"""What the command line limits for the window's process, and marks with CNN_EXPLORER_BLAS_SET as its own doing."""

NICENESS = 4
"""So much the engine stands back where the window wants the same processor: it must follow the hand."""

SWITCH_INTERVAL = 0.0005
"""Seconds after which the thread that compiles lets the one that answers run."""

KEPT_FREE = 2**29
"""Bytes that the C library keeps for the next time."""
_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3  # as <malloc.h> numbers them

MESSAGE_LENGTH = 300
"""Characters of an error's reason that are passed on: TensorFlow's run to thousands."""


def serve(pipe: connection.Connection, folder: str) -> None:
    """Runs the engine at this end of the pipe, with `folder` for its temporary files. Never returns."""
    try:
        _settle(pipe, folder)
        _answer_all(pipe)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        leave(folder, 0)  # the window's process has gone: there is nobody to tell
    except BaseException:
        traceback.print_exc()  # into the log, which the window's process holds
        sys.stderr.flush()
        leave(folder, 1)
    leave(folder, 0)


def _answer_all(pipe: connection.Connection) -> None:
    loaded = _load()
    pipe.send(loaded)
    if loaded[0] != "ready":
        return
    engine = Engine(pipe)
    while engine.answer(pipe.recv()):
        engine.rest()


def _settle(pipe: connection.Connection, folder: str) -> None:
    use_folder(folder)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in the terminal is the window's affair
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    threading.Thread(target=_end_with_parent, args=(folder,), name="parent", daemon=True).start()
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    undo_blas_limit(os.environ)
    _keep_freed_memory()
    sys.setswitchinterval(SWITCH_INTERVAL)
    if pipe.recv():
        log = reduction.recv_handle(pipe)
        os.dup2(log, 1)
        os.dup2(log, 2)
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # a Windows program without a console: Keras fails on None
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 (as long as the process)


def undo_blas_limit(environment: MutableMapping[str, str]) -> None:
    """Takes the limits of the window's process out of the environment; those that the user has set stay."""
    if environment.pop("CNN_EXPLORER_BLAS_SET", ""):
        for variable in BLAS_VARIABLES:
            environment.pop(variable, None)


def _keep_freed_memory() -> None:
    """Lets the C library keep what is freed: maps of the same size come again at once, and new pages are dear.

    64 maps of 224×224 take 7 ms instead of 12. Elsewhere than on Linux with glibc nothing happens.
    """
    import ctypes

    with contextlib.suppress(OSError, AttributeError, TypeError):
        adjust = ctypes.CDLL(None).mallopt
        adjust(_TRIM_THRESHOLD, KEPT_FREE)
        adjust(_MMAP_THRESHOLD, KEPT_FREE)


def _end_with_parent(folder: str) -> None:
    """A long computation would notice only at its end that nobody waits for it."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        leave(folder, 0)


def _load() -> tuple[str, str]:
    gc.disable()  # collecting while a million objects are made is a fifth of the import
    try:
        import tensorflow as tf

        _warm_up()
    except Exception as error:  # whatever is wrong with an installation: missing, of another platform, half updated
        return "unavailable", reason_of(error)
    gc.freeze()
    gc.enable()
    return "ready", f"TensorFlow {tf.__version__}"


def _warm_up() -> None:
    """The first operation of each kind takes 50 ms: it should not be the user's."""
    import numpy as np

    from cnn_explorer.engine.forward import forward
    from cnn_explorer.network.arrays import frozen
    from cnn_explorer.network.document import Document, Image
    from cnn_explorer.network.layers import Conv2D, MaxPooling2D
    from cnn_explorer.network.network import Network

    layers = Conv2D(padding=(1, 1, 1, 1)), MaxPooling2D()
    for _ in forward(Document(Image(frozen(np.zeros((7, 7, 1)))), Network(layers))):
        pass


class Engine:
    """Answers messages. `answer` says whether to go on."""

    def __init__(self, pipe: connection.Connection) -> None:
        from cnn_explorer.engine.computer import Computer
        from cnn_explorer.engine.jobs import Worker
        from cnn_explorer.engine.kept import Kept

        self._pipe = pipe
        self._speaking = threading.Lock()  # the jobs' thread speaks, too
        self._kept = Kept()
        self._computer = Computer()
        self._worker = Worker(self._tell)
        self._images: tuple[int | None, ImageSet | None] = None, None
        self._blocks: dict[int, Floats] = {}
        self._answers: dict[str, Callable[..., None]] = {
            "memory": self._keep_memory,
            "array": self._keep_array,
            "given array": self._keep_given_array,
            "layer": self._kept.keep_layer,
            "evaluate": self._evaluate,
            "images": self._keep_images,
            "job": self._start_job,
            "cancel": self._worker.cancel,
        }

    def answer(self, message: tuple[Any, ...]) -> bool:
        """Does what the message asks for; False where that is to stop. Raises OSError where nobody takes the reply."""
        word, *subject = message
        if word == "stop":
            return False
        self._answers[word](*subject)
        return True

    def rest(self) -> None:
        """Between two messages: prepares for what may come, where nothing waits."""
        if not self._pipe.poll():
            self._computer.improve()

    def _keep_memory(self, key: int, dropped: list[int]) -> None:
        from cnn_explorer.engine.memory import receive_block

        for old in dropped:
            self._blocks.pop(old, None)
        self._blocks[key] = receive_block(self._pipe)

    def _keep_array(self, key: int, shape: tuple[int, ...], block: int | None) -> None:
        import numpy as np

        cells = np.frombuffer(self._pipe.recv_bytes(), np.float32) if block is None else self._blocks[block]
        self._kept.keep_array(key, cells[: prod(shape)].reshape(shape))

    def _keep_given_array(self, key: int, shape: tuple[int, ...]) -> None:
        from cnn_explorer.engine.memory import receive_block

        self._kept.keep_array(key, receive_block(self._pipe)[: prod(shape)].reshape(shape))

    def _evaluate(
        self,
        number: int,
        image: int,
        layers: list[tuple[int, Shape, tuple[int, ...]]],
        unused: list[int],
        block: int | None,
    ) -> None:
        start = perf_counter()
        steps = [(self._kept.layer(key), shape) for key, shape, _ in layers]
        sources = tuple(read for *_, read in layers)
        with self._worker.held():
            try:
                maps = self._computer.maps(self._kept.image(image), steps, sources)
            except Exception as error:  # every refusal of TensorFlow's: the engine outlives it
                self._tell(("error", number, reason_of(error)))
            else:
                self._send(number, maps, (perf_counter() - start) * 1000, block)
        self._kept.forget(unused)

    def _send(self, number: int, maps: list[Floats], milliseconds: float, block: int | None) -> None:
        import numpy as np

        from cnn_explorer.engine.memory import write
        from cnn_explorer.network.results import channel_limits

        limits = np.concatenate([np.empty((2, 0), np.float32), *map(channel_limits, maps)], 1)
        if block is not None:
            write(self._blocks[block], maps)
        with self._speaking:
            self._pipe.send(("maps", number, [values.shape for values in maps], limits, milliseconds))
            if block is None:
                for values in maps:
                    self._pipe.send_bytes(values.reshape(-1).view("u1").data)

    # long works

    def _keep_images(self, key: int, shape: tuple[int, ...], labels: Any, first: int) -> None:
        import numpy as np

        from cnn_explorer.network.findings import ImageSet

        images = np.frombuffer(self._pipe.recv_bytes(), np.uint8).reshape(shape)
        self._images = key, ImageSet(images, labels, first)

    def _start_job(
        self,
        number: int,
        name: str,
        arguments: dict[str, Any],
        shape: Shape,
        image: int | None,
        layers: list[tuple[int, Shape, tuple[int, ...]]],
        unused: list[int],
        images: int | None,
    ) -> None:
        from cnn_explorer.engine.jobs import JOBS, Asked
        from cnn_explorer.engine.stepwise import Path

        steps = tuple((self._kept.layer(key), size) for key, size, _ in layers)
        sources = tuple(read for *_, read in layers)
        chain = all(read == (at,) for at, read in enumerate(sources))
        path = Path(shape, steps, () if chain else sources)
        data = self._images[1] if images is not None and images == self._images[0] else None
        asked = Asked(path, None if image is None else self._kept.image(image), data)
        self._worker.start(number, JOBS[name](asked, **arguments))
        self._kept.forget(unused)

    def _tell(self, message: tuple[Any, ...]) -> None:
        with self._speaking:
            self._pipe.send(message)


def reason_of(error: Exception) -> str:
    """What an error says, in one line."""
    text = " ".join(str(error).split()) or type(error).__name__
    return text[:MESSAGE_LENGTH]

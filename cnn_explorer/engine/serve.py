"""The engine's process: imports TensorFlow, then answers requests until its pipe closes.

Messages are tuples that begin with a word. The window's process sends, through `process.EngineProcess`:

    ("image", pixels)                     the image of the evaluations to come
    ("memory", key, dropped keys)         a block of shared memory follows; forget these
    ("evaluate", number, network, key)    compute, and write the maps into that block (None: send them)
    ("stop",)                             end

and the engine sends:

    ("ready", "TensorFlow 2.21.0")        once, when it can be asked; or
    ("unavailable", reason)               when TensorFlow can't be imported, and ends
    ("maps", number, shapes, ms)          the maps of the layers that are switched on; without a block, each map follows
                                          as bytes
    ("error", number, reason)             where an evaluation failed; the engine goes on

Nothing heavy is imported at the top: the process must reach `serve` before numpy reads the environment, and must never
load Qt.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
import traceback
from multiprocessing import connection, parent_process, reduction
from time import perf_counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, MutableMapping

    from cnn_explorer.network.arrays import Floats

BLAS_VARIABLES = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
"""What the command line limits for the window's process, and marks with CNN_EXPLORER_BLAS_SET as its own doing."""

MESSAGE_LENGTH = 300
"""Characters of an error's reason that are passed on: TensorFlow's run to thousands."""


def serve(pipe: connection.Connection) -> None:
    """Runs the engine at this end of the pipe. Never returns: the process ends without Python's slow farewell."""
    try:
        _settle(pipe)
        _answer_all(pipe)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        os._exit(0)  # the window's process has gone: there is nobody to tell
    except BaseException:
        traceback.print_exc()  # into the log, which the window's process holds
        sys.stderr.flush()
        os._exit(1)
    os._exit(0)


def _answer_all(pipe: connection.Connection) -> None:
    loaded = _load()
    pipe.send(loaded)
    engine = Engine(pipe)
    while loaded[0] == "ready" and engine.answer(pipe.recv()):
        pass


def _settle(pipe: connection.Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in the terminal is the window's affair
    threading.Thread(target=_end_with_parent, name="parent", daemon=True).start()
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    undo_blas_limit(os.environ)
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


def _end_with_parent() -> None:
    """A long computation would notice only at its end that nobody waits for it."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(0)


def _load() -> tuple[str, str]:
    gc.disable()  # collecting while a million objects are made is a fifth of the import
    try:
        import tensorflow as tf

        _warm_up()
    except Exception as error:  # whatever is wrong with an installation: missing, of another platform, half updated
        return "unavailable", _reason(error)
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
        self._pipe = pipe
        self._image: Any = None
        self._blocks: dict[int, Floats] = {}
        self._answers: dict[str, Callable[..., None]] = {
            "image": self._keep_image,
            "memory": self._keep_memory,
            "evaluate": self._evaluate,
        }

    def answer(self, message: tuple[Any, ...]) -> bool:
        """Does what the message asks for; False where that is to stop. Raises OSError where nobody takes the reply."""
        word, *subject = message
        if word == "stop":
            return False
        self._answers[word](*subject)
        return True

    def _keep_image(self, pixels: Floats) -> None:
        from cnn_explorer.network.document import Image

        self._image = Image(pixels)

    def _keep_memory(self, key: int, dropped: list[int]) -> None:
        from cnn_explorer.engine.memory import receive_block

        for old in dropped:
            self._blocks.pop(old, None)
        self._blocks[key] = receive_block(self._pipe)

    def _evaluate(self, number: int, network: Any, key: int | None) -> None:
        from cnn_explorer.engine.forward import forward
        from cnn_explorer.network.document import Document

        start = perf_counter()
        try:
            maps = list(forward(Document(self._image, network)))
        except Exception as error:  # every refusal of TensorFlow's: the engine outlives it
            self._pipe.send(("error", number, _reason(error)))
            return
        self._send(number, maps, (perf_counter() - start) * 1000, key)

    def _send(self, number: int, maps: list[Floats], milliseconds: float, key: int | None) -> None:
        from cnn_explorer.engine.memory import write

        if key is not None:
            write(self._blocks[key], maps)
        self._pipe.send(("maps", number, [values.shape for values in maps], milliseconds))
        if key is None:
            for values in maps:
                self._pipe.send_bytes(values.reshape(-1).view("u1").data)


def _reason(error: Exception) -> str:
    text = " ".join(str(error).split()) or type(error).__name__
    return text[:MESSAGE_LENGTH]

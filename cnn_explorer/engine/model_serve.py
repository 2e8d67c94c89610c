"""The loader's process: opens one model file, sends what came of it, and ends. `model_process` is the other end.

Messages are JSON in bytes, never pickles: whoever takes this process over with a file gets no further by it. The parent
sends

    {"word": "warm"}                       import TensorFlow, so that a file opens at once
    {"word": "open", "path"}               open that file
    {"word": "look", "path"}               look at that file, and no further
    {"word": "weights", "path"}            read the weights in that file, which has no model
    {"word": "known", "path", "weights"}   build the model of Keras's own that has this name, with the weights in this
                                           file ("": random ones)
    {"word": "run", "path"}                run the SavedModel in that folder on the pixels in the loader's own folder

and the child

    {"word": "ready"}                      TensorFlow is there
    {"word": "fit"}                        the look that was asked for is over
    {"word": "looked"}                     the look at the file is over
    {"word": "building", "memory": bytes}  Keras begins; the memory that it may take
    {"word": "running", "memory": bytes}   a program begins; the memory that it may take
    {"word": "ran", "outputs"}             what it gave: fields of ProgramOutput as plain values
    {"word": "refused", "reason", "field"} it can't be opened: a Sentence as [template, [[name, value], …]]
    {"word": "unavailable", "reason"}      there is no TensorFlow, or no h5py
    {"word": "model", "model", "shapes",   it is open: the description, and the shapes of its weights, which follow
      "shared": whether}                   one behind the other in a block of shared memory, or each as bytes

Nothing heavy is imported at the top.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import traceback
from multiprocessing import connection, parent_process
from typing import TYPE_CHECKING, Any

from cnn_explorer.engine.own_folder import leave, use_folder

if TYPE_CHECKING:
    from cnn_explorer.files.model_look_description import ModelDescription
    from cnn_explorer.network.sentence import Sentence

BLOCK = 1
"""The key of the shared memory for the weights."""
INPUT = "input.npy"
"""The pixels for a program, in the loader's folder."""


def serve_model(pipe: connection.Connection, folder: str) -> None:
    """Runs the loader at this end of the pipe; `folder` is for its temporary files, and goes if the parent dies.

    Never returns: the process ends without Python's slow farewell.
    """
    code = 0
    try:
        _settle(folder)
        while _answer(pipe, json.loads(pipe.recv_bytes()), folder):
            pass
    except (EOFError, BrokenPipeError, ConnectionResetError):
        pass  # the parent has lost interest
    except BaseException:
        traceback.print_exc()
        code = 1
    leave(folder, code)


def _settle(folder: str) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in the terminal is the parent's affair
    threading.Thread(target=_end_with_parent, args=(folder,), name="parent", daemon=True).start()
    use_folder(folder)
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    os.environ["KERAS_BACKEND"] = "tensorflow"
    os.environ["HDF5_PLUGIN_PRELOAD"] = "::"  # before h5py is loaded: see `model_hdf5`
    for number in (1, 2):  # TensorFlow writes to them whatever it is told
        os.dup2(os.open(os.devnull, os.O_WRONLY), number)
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # a Windows program without a console: Keras fails on None
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 (as long as the process)


def _end_with_parent(folder: str) -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        leave(folder, 0)


def _answer(pipe: connection.Connection, message: dict[str, Any], folder: str) -> bool:
    """Does what the message asks for; whether to wait for another."""
    if message["word"] == "warm":
        return _loaded(pipe)
    from cnn_explorer.network.sentence import Refused

    work = {"open": _open, "look": _look, "weights": _read_weights, "known": _build_known, "run": _run_program}[
        message["word"]
    ]
    try:
        work(pipe, message, folder)
    except ImportError as error:
        _send(pipe, {"word": "unavailable", "reason": str(error)[:200]})
    except Refused as refused:
        _send(pipe, {"word": "refused", "reason": _plain(refused.sentence), "field": refused.field})
    return False


def _loaded(pipe: connection.Connection) -> bool:
    try:
        import h5py  # noqa: F401
        import keras  # noqa: F401
    except Exception as error:  # whatever is wrong with an installation
        _send(pipe, {"word": "unavailable", "reason": " ".join(str(error).split())[:200]})
        return False
    _send(pipe, {"word": "ready"})
    return True


def _open(pipe: connection.Connection, message: dict[str, Any], folder: str) -> None:
    from cnn_explorer.engine.model_direct import read_directly
    from cnn_explorer.engine.model_limits import lift_memory_limit, limit_memory
    from cnn_explorer.engine.model_loading import accept, load

    path = message["path"]
    accepted = accept(path, folder)
    _send(pipe, {"word": "looked"})
    limit_memory(accepted.memory, final=False)
    found = read_directly(accepted)
    lift_memory_limit()
    if found is not None:
        _send(pipe, {"word": "building", "memory": accepted.memory})
        _send_model(pipe, found)
    elif _loaded(pipe):
        _send(pipe, {"word": "building", "memory": accepted.memory})
        _send_model(pipe, load(path, accepted))


def _look(pipe: connection.Connection, message: dict[str, Any], folder: str) -> None:
    from cnn_explorer.engine.model_loading import accept

    accept(message["path"], folder)
    _send(pipe, {"word": "fit"})


def _read_weights(pipe: connection.Connection, message: dict[str, Any], folder: str) -> None:
    from cnn_explorer.engine.model_loading import accept_weights

    def told(memory: int) -> None:
        _send(pipe, {"word": "building", "memory": memory})

    _send_model(pipe, accept_weights(message["path"], folder, told))


def _build_known(pipe: connection.Connection, message: dict[str, Any], folder: str) -> None:
    from cnn_explorer.engine.model_known import MEMORY, known_model

    if _loaded(pipe):
        _send(pipe, {"word": "building", "memory": MEMORY})
        _send_model(pipe, known_model(message["path"], message.get("weights", ""), folder))


def _run_program(pipe: connection.Connection, message: dict[str, Any], folder: str) -> None:
    from cnn_explorer.engine.model_program import memory_for, run_program

    path = message["path"]
    memory = memory_for(path)
    if _loaded(pipe):
        _send(pipe, {"word": "running", "memory": memory})
        _send(pipe, {"word": "ran", "outputs": run_program(path, folder, memory)})


def _plain(value: Sentence | Any) -> Any:
    from cnn_explorer.network.sentence import Sentence

    if isinstance(value, Sentence):
        return [value.template, [[name, _plain(each)] for name, each in value.values]]
    return value if isinstance(value, int | float) else str(value)


def _send(pipe: connection.Connection, message: dict[str, Any]) -> None:
    pipe.send_bytes(json.dumps(message).encode())


def _send_model(pipe: connection.Connection, model: ModelDescription) -> None:
    import numpy as np

    from cnn_explorer.engine import memory
    from cnn_explorer.engine.model_message import arrays_of, plain_model

    arrays = arrays_of(model)
    count = sum(each.size for each in arrays)
    block = None
    if memory.AVAILABLE and 4 * count > memory.SMALLEST:
        try:
            block = memory.Block(BLOCK, 4 * count)
        except OSError:
            block = None  # no memory to share: they go through the pipe
    message = {"word": "model", "model": plain_model(model), "shapes": [each.shape for each in arrays]}
    _send(pipe, message | {"shared": block is not None})
    if block is None:
        for values in arrays:
            pipe.send_bytes(np.ascontiguousarray(values).reshape(-1).view(np.uint8).data)
        return
    cells, first = block.take(count), 0
    for values in arrays:
        cells[first : first + values.size] = values.reshape(-1)
        first += values.size
    parent = parent_process()
    block.hand_over(pipe, parent.pid or 0 if parent is not None else 0)

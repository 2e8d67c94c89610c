"""The window's end of the engine: starts its process, speaks to it and ends it. `serve` documents the messages.

Imports no TensorFlow: this runs in the window's process.
"""

from __future__ import annotations

import multiprocessing
import os
import tempfile
from multiprocessing import reduction
from typing import Any

import numpy as np

from cnn_explorer.engine import memory
from cnn_explorer.engine.serve import serve
from cnn_explorer.network.arrays import Floats
from cnn_explorer.network.document import Document, Image
from cnn_explorer.network.layers.layer import Shape

LOG_LENGTH = 4000
"""Characters of the engine's own output that `log` gives."""


class EngineProcess:
    """A running engine. One thread may call `send` while another waits in `receive`."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=serve, args=(theirs,), name="cnn-explorer-engine", daemon=True)
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 (as long as the process)
        self._image: Image | None = None
        self._pool = memory.Pool()
        self._lent: dict[int, Floats] = {}
        self._process.start()
        theirs.close()
        self._send_log()

    @property
    def process_id(self) -> int:
        """The process's id in the system."""
        return self._process.pid or 0

    def _send_log(self) -> None:
        possible = os.name == "posix"  # elsewhere a handle can't take the place of the standard streams
        self._pipe.send(possible)
        if possible:
            reduction.send_handle(self._pipe, self._log.fileno(), self.process_id)

    def send(self, number: int, document: Document) -> None:
        """Asks for an evaluation; a reply with this number will come. Raises OSError where the engine has ended."""
        if document.image is not self._image:
            self._image = document.image
            self._pipe.send(("image", document.image.pixels))
        self._pipe.send(("evaluate", number, document.network, self._lend(number, document)))

    def _lend(self, number: int, document: Document) -> int | None:
        shapes = document.network.shapes(document.image.shape)
        enabled = [layer.enabled for layer in document.network.layers]
        count = memory.cell_count(shape for shape, on in zip(shapes[1:], enabled, strict=False) if on)
        block = self._block(4 * count) if 4 * count > memory.SMALLEST and memory.AVAILABLE else None
        if block is None:
            return None
        self._lent[number] = block.take(count)
        return block.key

    def _block(self, size: int) -> memory.Block | None:
        found = self._pool.find(size)
        if found is None:
            try:
                found, dropped = self._pool.add(size)
            except OSError:
                return None  # no memory to share: the maps come through the pipe
            self._pipe.send(("memory", found.key, dropped))
            found.hand_over(self._pipe, self.process_id)
        return found

    def receive(self) -> tuple[Any, ...]:
        """Waits for the next reply: ("ready", name), ("unavailable", reason), ("error", number, reason) or
        ("maps", number, maps, milliseconds), the maps being those of the layers that are switched on, read-only.

        Raises EOFError or OSError where the engine has ended.
        """
        word, *subject = self._pipe.recv()
        if word == "maps":
            number, shapes, milliseconds = subject
            return word, number, self._maps(number, shapes), milliseconds
        if word == "error":
            self._lent.pop(subject[0], None)
        return word, *subject

    def _maps(self, number: int, shapes: list[Shape]) -> list[Floats]:
        cells = self._lent.pop(number, None)
        if cells is not None:
            maps = memory.split(cells, shapes)
        else:
            maps = memory.split(np.empty(memory.cell_count(shapes), np.float32), shapes)
            for values in maps:
                self._pipe.recv_bytes_into(values.reshape(-1).view(np.uint8).data)
        for values in maps:
            values.flags.writeable = False
        return maps

    def log(self) -> str:
        """The last of what the engine wrote to its standard streams: for the report of an error."""
        size = os.fstat(self._log.fileno()).st_size
        kept = os.pread(self._log.fileno(), LOG_LENGTH, max(0, size - LOG_LENGTH)) if os.name == "posix" else b""
        return kept.decode("utf-8", "replace")

    def is_alive(self) -> bool:
        """Whether the process runs."""
        return self._process.is_alive()

    def kill(self) -> None:
        """Ends the process at once, whatever it does, and waits for the end. May be called from any thread, twice."""
        self._process.kill()
        self._process.join()

    def close(self) -> None:
        """Ends the process and gives its pipe and log back. No other thread may use either by then."""
        self.kill()
        self._pipe.close()
        self._log.close()


def start_engine() -> EngineProcess:
    """A new engine, TensorFlow still loading: its first reply says whether it can be asked. Raises OSError."""
    return EngineProcess()

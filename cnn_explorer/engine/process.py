"""The window's end of the engine: starts its process, speaks to it and ends it. `serve` documents the messages.

Imports no TensorFlow: this runs in the window's process.
"""

from __future__ import annotations

import multiprocessing
import os
import tempfile
from itertools import accumulate
from multiprocessing import reduction
from typing import Any

import numpy as np

from cnn_explorer.engine import memory
from cnn_explorer.engine.own_folder import OwnFolder
from cnn_explorer.engine.sent import Sent
from cnn_explorer.engine.serve import serve
from cnn_explorer.network.arrays import Floats, frozen
from cnn_explorer.network.document import Document
from cnn_explorer.network.findings import ImageSet, Inquiry
from cnn_explorer.network.layers.layer import Shape

LOG_LENGTH = 4000
"""Characters of the engine's own output that `log` gives."""
_NO_IMAGE = frozen(np.zeros((1, 1, 1)))


class EngineProcess:
    """A running engine. One thread may call `send` while another waits in `receive`."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._folder = OwnFolder("engine")
        self._process = context.Process(
            target=serve, args=(theirs, self._folder.path), name="cnn-explorer-engine", daemon=True
        )
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 (as long as the process)
        self._pool = memory.Pool()
        self._sent = Sent()
        self._buffers: list[Floats] = []
        self._lent: dict[int, tuple[Floats | None, list[Floats]]] = {}
        self._images: tuple[int, ImageSet | None] = 0, None
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

    def send(self, number: int, asked: Document | Inquiry | None) -> None:
        """Asks for an evaluation, begins a long work, or ends the work of this number: see the methods for each."""
        if isinstance(asked, Document):
            self.evaluate(number, asked)
        elif asked is not None:
            self.start_job(number, asked)
        else:
            self.cancel_job(number)

    def evaluate(self, number: int, document: Document) -> None:
        """Asks for an evaluation; a reply with this number will come. Raises OSError where the engine has ended."""
        steps = document.network.steps(document.image.shape)
        image, layers, unused = self._sent.request(self, document.image.pixels, [step.layer for step in steps])
        count = memory.cell_count(step.layer.output_shape(step.shape) for step in steps)
        block, cells = self._borrow(count)
        self._lent[number] = cells, self._buffers
        self._buffers = []
        told = [(key, step.shape, step.sources) for key, step in zip(layers, steps, strict=True)]
        self._pipe.send(("evaluate", number, image, told, unused, block))

    def start_job(self, number: int, asked: Inquiry) -> None:
        """Begins a long work; replies with this number will come. Raises OSError where the engine has ended."""
        images = None if asked.data is None else self._send_images(asked.data)
        steps = asked.network.steps(asked.shape)
        pixels = _NO_IMAGE if asked.image is None else asked.image
        key, layers, unused = self._sent.request(self, pixels, [step.layer for step in steps])
        path = [(key, step.shape, step.sources) for key, step in zip(layers, steps, strict=True)]
        image = None if asked.image is None else key
        self._pipe.send(("job", number, asked.name, dict(asked.arguments), asked.shape, image, path, unused, images))

    def _send_images(self, data: ImageSet) -> int:
        """The key of a set of images, which is sent if it is another one than the last."""
        key, last = self._images
        if data is not last:
            key += 1
            self._images = key, data
            images = np.ascontiguousarray(data.images)
            self._pipe.send(("images", key, images.shape, data.labels, data.first))
            self._pipe.send_bytes(images.reshape(-1).data)
        return key

    def cancel_job(self, number: int) -> None:
        """Ends a long work; no reply to it comes that had not been on its way. Raises OSError likewise."""
        self._pipe.send(("cancel", number))

    def send_array(self, key: int, values: Floats) -> None:
        """Has the engine keep an array, for `evaluate` and `start_job`."""
        if values.nbytes >= memory.OF_ITS_OWN and self._gave(key, values):
            return
        block, cells = self._borrow(values.size)
        if cells is not None:
            cells[...] = values.reshape(-1)
            self._buffers.append(cells)
        self._pipe.send(("array", key, values.shape, block))
        if cells is None:
            self._pipe.send_bytes(values.reshape(-1).view(np.uint8).data)

    def _gave(self, key: int, values: Floats) -> bool:
        """Sends an array in a block that is then the engine's alone: neither side keeps the memory of large weights."""
        try:
            block = memory.Block(0, values.nbytes) if memory.AVAILABLE else None
        except OSError:
            block = None
        if block is None:
            return False
        for place, part in zip(memory.parts(block.take(values.size)), memory.parts(values.reshape(-1)), strict=True):
            place[...] = part
        self._pipe.send(("given array", key, values.shape))
        block.hand_over(self._pipe, self.process_id)
        return True

    def send_layer(self, key: int, kind: str, values: dict[str, Any], arrays: dict[str, int]) -> None:
        """Has the engine keep a layer, for `evaluate` and `start_job`."""
        self._pipe.send(("layer", key, kind, values, arrays))

    def _borrow(self, count: int) -> tuple[int | None, Floats | None]:
        """A block of shared memory and its first `count` cells, None where the pipe is as good or the system has none.

        The block is free again when nothing refers to the cells: those of arrays are kept until the reply, when the
        engine has long read them, and those of maps for as long as somebody shows the maps.
        """
        block = self._block(4 * count) if 4 * count > memory.SMALLEST and memory.AVAILABLE else None
        return (None, None) if block is None else (block.key, block.take(count))

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
        """Waits for the next reply: ("ready", name), ("unavailable", reason), ("error", number, reason), what `serve`
        lists of jobs, or ("maps", number, maps, limits, milliseconds), the maps being those of the layers that are
        switched on and the limits `results.channel_limits` of each, all read-only.

        Raises EOFError or OSError where the engine has ended.
        """
        word, *subject = self._pipe.recv()
        if word == "maps":
            number, shapes, limits, milliseconds = subject
            return word, number, self._maps(number, shapes), _each(limits, shapes), milliseconds
        if word == "error":
            self._lent.pop(subject[0], None)
        return word, *subject

    def _maps(self, number: int, shapes: list[Shape]) -> list[Floats]:
        cells, _ = self._lent.pop(number, (None, []))
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
        self._folder.remove()

    def close(self) -> None:
        """Ends the process and gives its pipe and log back. No other thread may use either by then."""
        self.kill()
        self._pipe.close()
        self._log.close()


def _each(limits: Floats, shapes: list[Shape]) -> list[Floats]:
    """The limits of each map, (2, channels): those of all maps stand side by side."""
    limits.flags.writeable = False
    ends = list(accumulate(shape[2] for shape in shapes))
    return [limits[:, end - shape[2] : end] for end, shape in zip(ends, shapes, strict=True)]


def start_engine() -> EngineProcess:
    """A new engine, TensorFlow still loading: its first reply says whether it can be asked. Raises OSError."""
    return EngineProcess()

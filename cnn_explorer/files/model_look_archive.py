"""The look at a .keras file: a zip archive of a configuration and of weights, of which nothing else is unpacked.

Keras unpacks everything that is in it, into memory or into the temporary folder, and believes every name and size.
"""

from __future__ import annotations

import contextlib
import re
import shutil
import stat
import zipfile
from collections.abc import Iterator
from typing import BinaryIO

from cnn_explorer.files import archive
from cnn_explorer.files.model_look_config import read_config
from cnn_explorer.files.model_look_json import LARGEST_CONFIG, plain_values
from cnn_explorer.files.model_look_plan import ModelPlan
from cnn_explorer.files.model_look_words import Unfit, shown
from cnn_explorer.files.opening import MEGABYTE, AnyPath, file_size
from cnn_explorer.network.sentence import say

CONFIG = "config.json"
WEIGHTS = "model.weights.h5"
HDF5_MAGIC = b"\x89HDF\r\n\x1a\n"

MOST_MEMBERS = 1000
LARGEST_WEIGHTS = 4_000_000_000
"""Bytes, with the optimizer's own numbers, which may be twice as many as the weights."""
_FREE_GROWTH = 100 * MEGABYTE
_GREATEST_GROWTH = 20
"""Times the file's size that its members may take: weights hardly get smaller by packing."""
_DRIVE = re.compile(r"[A-Za-z]:")


class KerasArchive:
    """A .keras file that was looked at: its plan, and its weights as they are packed."""

    def __init__(self, members: zipfile.ZipFile) -> None:
        self._members = members
        self.plan: ModelPlan = read_config(plain_values(self._config(), CONFIG))
        self._insist_on_weights()

    def _config(self) -> bytes:
        if CONFIG not in self._members.namelist():
            raise Unfit(say("it has no {name}, which says what layers it has", name=CONFIG), CONFIG)
        with self._members.open(CONFIG) as member:
            return member.read(LARGEST_CONFIG + 1)

    def _insist_on_weights(self) -> None:
        if WEIGHTS not in self._members.namelist():
            raise Unfit(say("it has no weights ({name}); save the model again", name=WEIGHTS), WEIGHTS)
        size = self._members.getinfo(WEIGHTS).file_size
        if size > LARGEST_WEIGHTS:
            raise Unfit(
                say("its weights are too large: {size} MB, and the limit is {limit} MB", size=size // MEGABYTE,
                    limit=LARGEST_WEIGHTS // MEGABYTE), WEIGHTS,
            )  # fmt: skip
        with self._members.open(WEIGHTS) as member:
            if member.read(len(HDF5_MAGIC)) != HDF5_MAGIC:
                raise Unfit(say("its weights ({name}) are not an HDF5 file", name=WEIGHTS), WEIGHTS)

    def copy_weights(self, target: str) -> None:
        """Unpacks the weights into a new file. Raises OSError where there is no room."""
        with self._members.open(WEIGHTS) as source, open(target, "xb") as file:
            shutil.copyfileobj(source, file, 1 << 20)


@contextlib.contextmanager
def keras_archive(path: AnyPath, handle: BinaryIO) -> Iterator[KerasArchive]:
    """The archive in `handle`; an error in its packing inside the `with` block is a Refused too.

    Raises: Refused where it is no whole archive, and Unfit where what it holds can't be believed.
    """
    with archive.open_archive(path, handle, MOST_MEMBERS) as members:
        _insist_on_names(members)
        _insist_on_growth(members, file_size(handle))
        yield KerasArchive(members)


def _insist_on_names(members: zipfile.ZipFile) -> None:
    for info in members.infolist():
        name = info.orig_filename
        parts = name.rstrip("/").split("/")
        if "\\" in name or "\0" in name or _DRIVE.match(name) or any(part in ("", ".", "..") for part in parts):
            raise Unfit(
                say("its member {name} has a name that leads outside of the archive", name=shown(name)), "archive"
            )
        mode = info.external_attr >> 16
        if stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
            raise Unfit(say("its member {name} is a link or a device, not a file", name=shown(name)), "archive")


def _insist_on_growth(members: zipfile.ZipFile, size: int) -> None:
    unpacked = sum(info.file_size for info in members.infolist())
    if unpacked > size * _GREATEST_GROWTH + _FREE_GROWTH:
        raise Unfit(
            say("it is too large: it expands from {size} MB to {unpacked} MB", size=f"{size / MEGABYTE:.1f}",
                unpacked=unpacked // MEGABYTE), "archive",
        )  # fmt: skip

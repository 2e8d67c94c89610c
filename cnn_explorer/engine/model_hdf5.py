"""The look at an HDF5 file, before Keras or anybody else reads a number of it.

HDF5 can point to other files, to itself, and declare what it does not store: 18 kB made Keras take 9.5 GB. Runs in the
loader's process only, for h5py is native code that reads hostile bytes; and on a copy that nobody else can change.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from math import prod
from typing import Any

# Set before the library is loaded: it would otherwise load programs that a file names as its way of packing.
os.environ["HDF5_PLUGIN_PRELOAD"] = "::"

import h5py

from cnn_explorer.files.model_look_archive import LARGEST_WEIGHTS
from cnn_explorer.files.model_look_json import LARGEST_CONFIG
from cnn_explorer.files.model_look_words import WEIGHTS_ONLY, Unfit, shown
from cnn_explorer.network.sentence import say

MOST_OBJECTS = 20_000
"""Groups and datasets. InceptionResNetV2 has 3,000."""
DEEPEST_GROUP = 48
MOST_AXES = 8
MOST_ATTRIBUTES = 64
LARGEST_ATTRIBUTE = 16_000_000
_PACKINGS = frozenset({1, 2, 3, 32000})
"""Filters by their registered numbers: deflate, shuffle, checksum, lzf."""
_GREATEST_RATIO = 1100
"""Deflate can't do better than 1032 to 1."""
_MEGABYTE = 1_000_000
CONFIG = "model_config"


@dataclass
class _Count:
    objects: int = 0
    declared: int = 0
    stored: int = 0


UNREADABLE = (OSError, RuntimeError, LookupError, ValueError, TypeError, AttributeError)
"""What h5py raises at a file that is damaged, or holds something else where one looks for something."""


def look_at_hdf5(path: str) -> int:
    """Walks through every group, dataset and attribute, without reading a dataset; the bytes of all datasets.

    Raises Unfit at what leads outside of the file or around in it, declares more than it stores, or is too large.
    """
    try:
        with h5py.File(path, "r") as file:
            count = _Count()
            for group in _groups(file, count):
                _look_at_attributes(group)
            _insist_on_total(count)
            return count.declared
    except UNREADABLE as error:
        raise unreadable(error) from error


def unreadable(error: Exception) -> Unfit:
    """Says that the file is cut short or damaged."""
    if "truncated" in str(error):
        return Unfit(say("it is cut short; copy it again from where it came"))
    return Unfit(say("it is damaged, or no HDF5 file that can be read; copy it again from where it came"))


def _groups(file: Any, count: _Count) -> Iterator[Any]:
    """Every group; the datasets in it have been looked at by then."""
    waiting, seen = [(file, 1)], {h5py.h5o.get_info(file.id).addr}
    while waiting:
        group, depth = waiting.pop()
        yield group
        for name in group:
            count.objects += 1
            if count.objects > MOST_OBJECTS or depth > DEEPEST_GROUP:
                raise Unfit(say("its weights are too large: more than {most} parts, or nested too deeply",
                                most=MOST_OBJECTS))  # fmt: skip
            found = _object(group, name)
            if isinstance(found, h5py.Group):
                address = h5py.h5o.get_info(found.id).addr
                if address in seen:
                    raise Unfit(say("its group {name} is in it twice, or contains itself", name=_path(group, name)))
                seen.add(address)
                waiting.append((found, depth + 1))
            else:
                _look_at_dataset(found, count)


def _object(group: Any, name: str) -> Any:
    link = group.get(name, getlink=True)
    if not isinstance(link, h5py.HardLink):
        raise Unfit(
            say("its part {name} is a link to something outside of its place, which is not allowed",
                name=_path(group, name))
        )  # fmt: skip
    found = group[name]
    if not isinstance(found, h5py.Group | h5py.Dataset):
        raise Unfit(say("its part {name} is neither a group nor an array", name=_path(group, name)))
    return found


def _path(group: Any, name: str) -> str:
    return shown(f"{group.name.rstrip('/')}/{name}".lstrip("/"))


def _look_at_dataset(dataset: Any, count: _Count) -> None:
    name = shown(dataset.name.lstrip("/"))
    if dataset.external:
        raise Unfit(say("its array {name} is stored outside of the file, which is not allowed", name=name))
    if dataset.is_virtual:
        raise Unfit(say("its array {name} is put together from other files, which is not allowed", name=name))
    if dataset.dtype.kind not in "biuf" or dataset.shape is None or len(dataset.shape) > MOST_AXES:
        raise Unfit(say("its array {name} does not hold plain numbers", name=name))
    declared, stored = prod(dataset.shape) * dataset.dtype.itemsize, dataset.id.get_storage_size()
    count.declared += declared
    if declared > stored * _ratio(dataset, name):
        raise Unfit(
            say("its array {name} declares {declared} MB but stores {stored} MB", name=name,
                declared=_megabytes(declared), stored=_megabytes(stored))
        )  # fmt: skip
    _look_at_attributes(dataset)


def _ratio(dataset: Any, name: str) -> int:
    """How many bytes one stored byte can stand for."""
    created = dataset.id.get_create_plist()
    filters = [created.get_filter(place)[0] for place in range(created.get_nfilters())]
    if not _PACKINGS.issuperset(filters):
        raise Unfit(say("its array {name} is packed in a way that is not supported", name=name))
    return _GREATEST_RATIO if {1, 32000} & set(filters) else 1


def _insist_on_total(count: _Count) -> None:
    if count.declared > LARGEST_WEIGHTS:
        raise Unfit(
            say("its weights are too large: {size} MB, and the limit is {limit} MB", size=_megabytes(count.declared),
                limit=LARGEST_WEIGHTS // _MEGABYTE)
        )  # fmt: skip


def _megabytes(size: int) -> str:
    return f"{size / _MEGABYTE:.1f}"


def _look_at_attributes(holder: Any) -> None:
    count = h5py.h5a.get_num_attrs(holder.id)
    if count > MOST_ATTRIBUTES:
        raise Unfit(
            say("its part {name} has more than {most} attributes", name=shown(holder.name), most=MOST_ATTRIBUTES)
        )
    for index in range(count):
        attribute = h5py.h5a.open(holder.id, index=index)
        space, kind = attribute.get_space(), attribute.get_type()
        size = space.get_simple_extent_npoints() * kind.get_size()
        if size > LARGEST_ATTRIBUTE or space.get_simple_extent_ndims() > 1:
            raise Unfit(say("an attribute of its part {name} is too large", name=shown(holder.name)))
        if kind.get_class() in (h5py.h5t.REFERENCE, h5py.h5t.COMPOUND, h5py.h5t.OPAQUE):
            raise Unfit(
                say("an attribute of its part {name} is of a kind that is not supported", name=shown(holder.name))
            )


def has_classic_weights(path: str) -> bool:
    """Whether the weights are listed layer by layer, as Keras 1 and 2 wrote them and whole models still have them."""
    try:
        with h5py.File(path, "r") as file:
            return "layer_names" in file.attrs or "model_weights" in file
    except UNREADABLE as error:
        raise unreadable(error) from error


def config_in(path: str) -> bytes:
    """The configuration of a whole model in HDF5, as JSON. Raises Unfit where there are only weights."""
    try:
        with h5py.File(path, "r") as file:
            text = file.attrs.get(CONFIG)
    except UNREADABLE as error:
        raise unreadable(error) from error
    if text is None:
        raise Unfit(
            say("it has weights only and no model; save the whole model, or open it when a network like it is there"),
            WEIGHTS_ONLY,
        )
    data = text.encode("utf-8", "surrogateescape") if isinstance(text, str) else text
    if not isinstance(data, bytes):
        raise Unfit(say("its {name} is not a text", name=CONFIG), CONFIG)
    return bytes(data[: LARGEST_CONFIG + 1])

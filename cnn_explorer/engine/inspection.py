"""What a filter is for: the images that excite it, an image made for it, and what the network is without it."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
import tensorflow as tf

from cnn_explorer.engine.forward import Tensor
from cnn_explorer.engine.stepwise import Pace, Path, Step, Steps, as_floats, as_input, run, without_softmax
from cnn_explorer.network.arrays import Floats
from cnn_explorer.network.findings import Ablation, Activity, Excitement, ImageSet, Liking
from cnn_explorer.network.receptive_field import fields_of


def like(
    path: Path,
    place: int,
    number: int,
    steps: int = 150,
    smooth: float = 0.08,
    fade: float = 0.02,
    cell: tuple[int, int] | None = None,
    seed: int = 0,
) -> Steps[Liking]:
    """An image that channel `number` of the map at `place` answers to as strongly as can be: gradient ascent on the
    pixels (Erhan et al. 2009, "Visualizing higher-layer features of a deep network"), which stay between 0 and 1.

    It climbs the mean of the channel's map, what is below 0 counting a tenth so that silence has a slope, too; or the
    value of one `cell`. Steps are as long wherever the slope is small, and shorter towards the end. At each the image
    is blurred a little (`smooth`, 0 for none) and loses a part of its ink (`fade`): without that it becomes noise that
    no eye can read (Yosinski et al. 2015, "Understanding neural networks through deep visualization", section 3).
    """
    path = without_softmax(path.upto(place))
    x = tf.constant(np.random.default_rng(seed).uniform(0.3, 0.5, (1, *path.shape)), tf.float32)
    begun = _answer(x, path, number, cell)
    for done in range(1, steps + 1):
        with tf.GradientTape() as tape:
            tape.watch(x)
            climbed = _climbed(run(x, path)[..., number], cell, 0.1)
        slope = tape.gradient(climbed, x)
        usual = tf.sqrt(tf.reduce_mean(slope**2))
        stride = LONGEST_STRIDE * (1 - 0.8 * done / steps)
        part = stride / LONGEST_STRIDE
        x = x * (1 - fade * part) + stride * tf.math.divide_no_nan(slope, usual)
        x = tf.clip_by_value(_blurred(x, smooth * part) if smooth else x, 0.0, 1.0)
        found = partial(_liking, x, path, number, cell, begun, done)
        yield Step(done, steps, found)
    return found()


LONGEST_STRIDE = 0.1
"""How far a usual pixel goes at the first step."""


def _climbed(maps: Tensor, cell: tuple[int, int] | None, below: float) -> Tensor:
    """One number: the mean of a map (1, rows, columns), what is below 0 counting a part; or the value of one cell."""
    if cell is not None:
        return maps[0, cell[0], cell[1]]
    return tf.reduce_mean(tf.nn.leaky_relu(maps, below))


def _answer(x: Tensor, path: Path, number: int, cell: tuple[int, int] | None) -> float:
    return float(_climbed(run(x, path)[..., number], cell, 0.0))


def _liking(x: Tensor, path: Path, number: int, cell: tuple[int, int] | None, begun: float, done: int) -> Liking:
    return Liking(as_floats(x[0]), _answer(x, path, number, cell), begun, done)


def _blurred(x: Tensor, part: float) -> Tensor:
    """Every pixel with a part of the mean of its 3×3 neighbours; the border is mirrored."""
    padded = tf.pad(x, ((0, 0), (1, 1), (1, 1), (0, 0)), "SYMMETRIC")
    return x * (1 - part) + part * tf.nn.avg_pool2d(padded, 3, 1, "VALID")


# over many images


def excite(data: ImageSet, path: Path, place: int, number: int, most: int = 16) -> Steps[Excitement]:
    """The `most` images of `data` in which channel `number` of the map at `place` is largest, each at one cell."""
    images, pace, done, path = data.images, Pace(), 0, path.upto(place)
    best: list[_Best] = []
    while done < len(images):
        part = pace.part(done, len(images))
        with pace:
            maps = np.asarray(run(as_input(images[part], path.shape), path)[..., number])
        best = sorted([*best, *_largest(maps, done)], reverse=True)[:most]
        done = part.stop
        found = partial(_excitement, best, path, number, done)
        pace.hurried = yield Step(done, len(images), found)
    return found()


_Best = tuple[float, int, int, int]
"""The largest value of a map, minus the index of its image (so that the first of equals comes first), row, column."""


def _largest(maps: Floats, first: int) -> list[_Best]:
    flat = maps.reshape(len(maps), -1)
    cells = flat.argmax(1)
    found = zip(flat.max(1).tolist(), cells.tolist(), strict=True)
    return [(value, -(first + at), *divmod(cell, maps.shape[2])) for at, (value, cell) in enumerate(found)]


def _excitement(best: list[_Best], path: Path, number: int, looked_at: int) -> Excitement:
    cells = tuple((row, column) for _, _, row, column in best)
    regions = tuple(fields_of(path.layers, path.shapes, len(path), (*cell, number), path.sources)[0] for cell in cells)
    indices = tuple(-index for _, index, _, _ in best)
    return Excitement(indices, tuple(value for value, *_ in best), cells, regions, looked_at)


def activity(data: ImageSet, path: Path, place: int) -> Steps[Activity]:
    """What every channel of the map at `place` does over all images of `data`."""
    images, pace, done, path = data.images, Pace(), 0, path.upto(place)
    largest: Any = -np.inf
    total: Any = 0.0
    active: Any = 0
    while done < len(images):
        part = pace.part(done, len(images))
        with pace:
            maps = run(as_input(images[part], path.shape), path)
            most = np.asarray(tf.reduce_max(maps, (1, 2)))
            total = total + np.asarray(tf.reduce_sum(tf.reduce_mean(maps, (1, 2)), 0)).astype(float)
        largest, active = np.maximum(largest, most.max(0)), active + (most > 0).sum(0)
        done = part.stop
        pace.hurried = yield Step(done, len(images))
    return Activity(done, *(np.asarray(each, np.float32) for each in (largest, total / done, active / done)))


def ablate(x: Tensor, path: Path, place: int, number: int, data: ImageSet | None) -> Steps[Ablation]:
    """The network with and without channel `number` of the map at `place`, which is 0 instead: for the image `x`, and
    how many images of `data` it recognises.

    With the output the layer's weights and bias of that channel are 0 as far as all that follows can tell.
    """
    before, after = (as_floats(y[0, 0, 0]) for y in _with_and_without(x, path, place, number))
    if data is None or data.labels is None:
        yield Step(1, 1)
        return Ablation(before, after)
    yield Step(0, len(data.images), lambda: Ablation(before, after))
    classes, pace, done = len(before), Pace(), 0
    counts = np.zeros((3, classes), int)  # of each class: images, recognised with the filter, and without
    while done < len(data.images):
        part = pace.part(done, len(data.images))
        labels = data.labels[part].astype(int)
        with pace:
            both = _with_and_without(as_input(data.images[part], path.shape), path, place, number)
            right = [np.asarray(tf.argmax(y[:, 0, 0], 1)) == labels for y in both]
        for row, chosen in zip(counts, (np.ones(len(labels), bool), *right), strict=True):
            row += np.bincount(labels[chosen], minlength=classes)
        done = part.stop
        found = partial(_ablation, before, after, counts)
        pace.hurried = yield Step(done, len(data.images), found)
    return found()


def _ablation(before: Floats, after: Floats, counts: np.ndarray) -> Ablation:
    return Ablation(before, after, *(tuple(row.tolist()) for row in counts))


def _with_and_without(x: Tensor, path: Path, place: int, number: int) -> tuple[Tensor, Tensor]:
    def without(maps: Tensor) -> Tensor:
        kept = np.ones(maps.shape[3], np.float32)
        kept[number] = 0
        # Not a product: 0 times what has outgrown float32 is no number.
        return tf.where(kept > 0, maps, 0.0)

    if path.sources:
        return run(x, path), run(x, path, {place: without})
    maps, rest = run(x, path.upto(place)), path.behind(place)  # what both have in common is computed once
    return run(maps, rest), run(without(maps), rest)

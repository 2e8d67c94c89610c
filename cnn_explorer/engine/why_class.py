"""Why this class: which pixels the score of a class comes from, in three ways.

They look at the network itself with a GradientTape. The libraries for it fail on Keras 3's Sequential models.
"""

from __future__ import annotations

from functools import partial

import numpy as np
import tensorflow as tf

from cnn_explorer.engine.forward import Tensor
from cnn_explorer.engine.stepwise import Pace, Path, Step, Steps, as_floats, run, scores, without_softmax
from cnn_explorer.network.findings import Heat


def grad_cam(x: Tensor, path: Path, target: int, place: int) -> Steps[Heat]:
    """Gradient-weighted class activation mapping (Selvaraju et al. 2017) of the map at `place`.

    L = ReLU(Σ α_k A_k), where α_k is the mean over all cells of ∂score/∂A_k: equations 1 and 2. Stretched to the
    image's size.
    """
    maps: list[Tensor] = []
    with tf.GradientTape() as tape:

        def watched(y: Tensor) -> Tensor:
            tape.watch(y)
            maps.append(y)
            return y

        score = run(x, without_softmax(path), {place: watched})[:, 0, 0, target]
    gradient = tape.gradient(score, maps[0], unconnected_gradients=tf.UnconnectedGradients.ZERO)
    weights = tf.reduce_mean(gradient, (1, 2), keepdims=True)
    heat = tf.nn.relu(tf.reduce_sum(weights * maps[0], 3, keepdims=True))
    yield Step(1, 1)
    values = tf.image.resize(heat, x.shape[1:3], "bilinear")
    return Heat("grad_cam", target, as_floats(values[0, :, :, 0]), float(score[0]))


def integrated_gradients(x: Tensor, path: Path, target: int, steps: int = 128) -> Steps[Heat]:
    """Integrated gradients (Sundararajan et al. 2017) along the straight line from an image of zeros.

    (x - x') · Σ ∂score(x' + a (x - x'))/∂x / m, over m values a: equation 3, with each a in the middle of its part of
    the line rather than at its end, which leaves a smaller error. The channels of a pixel are added.
    """
    empty = tf.zeros_like(x)
    middles = tf.reshape((tf.range(steps, dtype=tf.float32) + 0.5) / steps, (-1, 1, 1, 1))
    total = tf.zeros_like(x[0])
    ends = [float(scores(image, path, target)[0]) for image in (x, empty)]
    pace, done = Pace(4), 0
    while done < steps:
        part = pace.part(done, steps)
        with pace:
            along = x * middles[part]
            with tf.GradientTape() as tape:
                tape.watch(along)
                score = scores(along, path, target)
            total += tf.reduce_sum(tape.gradient(score, along), 0)
        done = part.stop
        found = partial(_integrated, x, total, done, target, *ends)
        pace.hurried = yield Step(done, steps, found)
    return found()


def _integrated(x: Tensor, total: Tensor, done: int, target: int, score: float, baseline: float) -> Heat:
    return Heat("integrated_gradients", target, as_floats(tf.reduce_sum(x[0] * total, 2) / done), score, baseline)


def occlusion(x: Tensor, path: Path, target: int, size: int = 4, stride: int = 2, fill: float = 0.0) -> Steps[Heat]:
    """Occlusion (Zeiler and Fergus 2014, section 4.2): by how much the score falls when a square is covered.

    The square of `size` cells, filled with `fill`, moves on by `stride`, and at last stands at the border. A pixel gets
    the mean of what all squares that cover it have done.
    """
    rows, columns = (int(side) for side in x.shape[1:3])
    corners = [(row, column) for row in _starts(rows, size, stride) for column in _starts(columns, size, stride)]
    score = float(scores(x, path, target)[0])
    falls, covered = np.zeros((rows, columns)), np.zeros((rows, columns))
    image, pace, done = np.asarray(x[0]), Pace(), 0
    while done < len(corners):
        part = pace.part(done, len(corners))
        with pace:
            hidden = np.repeat(image[np.newaxis], part.stop - part.start, 0)
            for each, (row, column) in zip(hidden, corners[part], strict=True):
                each[row : row + size, column : column + size] = fill
            left = np.asarray(scores(tf.constant(hidden), path, target), float)
        for (row, column), fallen in zip(corners[part], score - left, strict=True):
            falls[row : row + size, column : column + size] += fallen
            covered[row : row + size, column : column + size] += 1
        done = part.stop
        found = partial(_occluded, falls, covered, target, score)
        pace.hurried = yield Step(done, len(corners), found)
    return found()


def _occluded(falls: np.ndarray, covered: np.ndarray, target: int, score: float) -> Heat:
    return Heat("occlusion", target, (falls / np.maximum(covered, 1)).astype(np.float32), score)


def _starts(side: int, size: int, stride: int) -> list[int]:
    """Where squares begin along a side of the image: every `stride` cells, and one that ends with it."""
    last = max(side - size, 0)
    return sorted({*range(0, last + 1, stride), last})

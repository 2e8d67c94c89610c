"""Learning one kernel from one picture: gradient descent that looks for the kernel whose map is the target.

The map is the valid cross-correlation of the image with the kernel, out[i, j] = Σ image[i+u, j+v] · kernel[u, v], and
the loss the mean of the squared errors, L = 1/n Σ (out - target)². So

    ∂L/∂kernel[u, v] = 2/n Σ (out - target)[i, j] · image[i+u, j+v]

which is again a cross-correlation: of the image with the errors. The loss is a bowl, of which the curvatures are the
eigenvalues of 2/n AᵀA, a row of A being one window; they decide how far a step may go (Boyd and Vandenberghe 2004,
section 9.3).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from cnn_explorer.network.arrays import Floats, frozen
from cnn_explorer.network.sentence import Refused, Sentence, say

Doubles = NDArray[np.float64]
_FLAT = 1e-9
"""Times the largest curvature: a direction with less has no influence on the map."""


@dataclass(frozen=True, eq=False)
class KernelStep:
    """Where the search stands after `number` steps. All arrays are read-only.

    `image` is (rows, columns), `kernel` and its `gradient` have the kernel's size, and `output`, `target` and
    `error` = output - target the map's: (rows - kernel rows + 1, columns - kernel columns + 1).
    """

    image: Floats
    target: Floats
    kernel: Floats
    output: Floats
    error: Floats
    gradient: Floats
    loss: float
    number: int = 0

    def next(self, rate: float) -> KernelStep:
        """After one more step: kernel - rate · gradient."""
        return _at(self.image, self.target, self.kernel - np.float32(rate) * self.gradient, self.number + 1)

    def after(self, rate: float, count: int) -> KernelStep:
        """After `count` more steps."""
        step = self
        for _ in range(count):
            step = step.next(rate)
        return step


def begin(image: Floats, target: Floats, kernel: Floats) -> KernelStep:
    """The search from a first kernel. Raises Refused where the three sizes don't go together."""
    expected = tuple(side - width + 1 for side, width in zip(image.shape, kernel.shape, strict=True))
    if min(expected) < 1 or target.shape != expected:
        raise Refused(
            say(
                "A {kernel} kernel makes a map of {expected} cells of this image, but the target has {target}.",
                kernel=_size(kernel.shape), expected=_size(expected), target=_size(target.shape),
            )
        )  # fmt: skip
    return _at(frozen(image), frozen(target), kernel, 0)


def correlate(image: Floats, kernel: Floats) -> Floats:
    """The map of a kernel: out[i, j] = Σ image[i+u, j+v] · kernel[u, v], nothing padded."""
    windows = sliding_window_view(image.astype(np.float64), kernel.shape)
    return frozen(np.einsum("ijuv,uv->ij", windows, kernel.astype(np.float64)))


def _at(image: Floats, target: Floats, kernel: Floats, number: int) -> KernelStep:
    output = correlate(image, kernel)
    error = frozen(output - target)
    loss = float(np.mean(error.astype(np.float64) ** 2))
    gradient = frozen(correlate(image, error) * np.float32(2 / error.size))
    return KernelStep(image, target, frozen(kernel), output, error, gradient, loss, number)


def curvatures(image: Floats, size: tuple[int, int]) -> Doubles:
    """How the loss curves along each direction of the kernel that does not disturb the others, ascending."""
    windows = sliding_window_view(image.astype(np.float64), size).reshape(-1, size[0] * size[1])
    values: Doubles = np.asarray(np.linalg.eigvalsh(2 / len(windows) * windows.T @ windows), np.float64)
    values[values < 0] = 0
    return values


def largest_rate(image: Floats, size: tuple[int, int]) -> float:
    """The learning rate from which on the steps overshoot more and more: 2 / the largest curvature (∞ if it is 0)."""
    largest = float(curvatures(image, size)[-1])
    return 2 / largest if largest else np.inf


def best_rate(image: Floats, size: tuple[int, int]) -> float:
    """The rate that gets near fastest: 2 / (the largest + the smallest curvature that counts); 0 on an empty image."""
    found = curvatures(image, size)
    counting = found[found > _FLAT * found[-1]]
    return 2 / float(counting[0] + counting[-1]) if len(counting) else 0.0


def undecided(image: Floats, size: tuple[int, int]) -> Sentence | None:
    """Says that many kernels make the same map of this image, where they do."""
    found = curvatures(image, size)
    free = int(np.sum(found <= _FLAT * found[-1])) if found[-1] else len(found)
    if not free:
        return None
    return say(
        "This image does not decide all {count} weights: {free} combinations of them make no difference to the map. "
        "Draw more into it, and only one kernel fits.",
        count=len(found), free=free,
    )  # fmt: skip


def _size(shape: tuple[int, ...]) -> str:
    return "×".join(map(str, shape))

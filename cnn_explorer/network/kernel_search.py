"""Finding one kernel from one picture: gradient descent on the squared difference between its map and a target.

With the windows of the picture as the rows of a matrix X and the kernel as a vector w, the map is X·w, the loss
L = mean((X·w - t)²), and its gradient 2/N · Xᵀ·(X·w - t). There is no bias and no padding.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from cnn_explorer.network.arrays import Floats, frozen

SIDE = 3
Numbers = NDArray[np.float64]


def windows(image: Floats, side: int = SIDE) -> Numbers:
    """The windows of an image (rows, columns), each a row of side × side numbers."""
    found: Numbers = sliding_window_view(image.astype(float), (side, side)).reshape(-1, side * side)
    return found


@dataclass(frozen=True, eq=False)
class Search:
    """A picture (rows, columns), the map that is wanted of it (rows - 2, columns - 2), and the kernel (3, 3) so far.

    `losses` are those of the kernels on the way here, this one's at last; `steps` says how many steps of gradient
    descent led here.
    """

    image: Floats
    target: Floats
    kernel: Floats
    steps: int = 0
    losses: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        if not self.losses:
            object.__setattr__(self, "losses", (self.loss_of(self.kernel),))

    @property
    def output(self) -> Floats:
        """The map of the kernel."""
        return map_of(self.image, self.kernel)

    @property
    def loss(self) -> float:
        """The mean of the squared differences between the map and the target."""
        return self.losses[-1]

    def loss_of(self, kernel: Floats) -> float:
        """The loss that a kernel has here."""
        with np.errstate(over="ignore", invalid="ignore"):
            return float(np.mean((map_of(self.image, kernel).astype(float) - self.target) ** 2))

    @property
    def gradient(self) -> Numbers:
        """How the loss grows with each weight, (3, 3)."""
        rows = windows(self.image)
        error = rows @ self.kernel.astype(float).ravel() - self.target.astype(float).ravel()
        found: Numbers = (2 / len(rows) * rows.T @ error).reshape(self.kernel.shape)
        return found

    def stepped(self, rate: float, count: int = 1) -> Search:
        """After so many steps of gradient descent; fewer where the numbers grow without end."""
        search = self
        for _ in range(count):
            with np.errstate(over="ignore", invalid="ignore"):
                kernel = search.kernel.astype(float) - rate * search.gradient
            if not np.all(np.abs(kernel) < LARGEST):
                return search
            kept = frozen(kernel)
            search = replace(search, kernel=kept, steps=search.steps + 1, losses=(*search.losses, search.loss_of(kept)))
        return search

    def with_kernel(self, kernel: Floats) -> Search:
        """With a kernel that somebody has chosen; its loss is one more on the way."""
        return replace(self, kernel=frozen(kernel), losses=(*self.losses, self.loss_of(kernel)))

    def restarted(self, kernel: Floats) -> Search:
        """From this kernel on, as if nothing had been before."""
        return Search(self.image, self.target, frozen(kernel))


LARGEST = 1e6
"""Weights beyond this are on their way to infinity."""


def map_of(image: Floats, kernel: Floats) -> Floats:
    """The map (rows - 2, columns - 2) of a kernel."""
    rows, columns = (length - SIDE + 1 for length in image.shape)
    with np.errstate(over="ignore", invalid="ignore"):
        return frozen((windows(image) @ kernel.astype(float).ravel()).reshape(rows, columns))


def largest_rate(image: Floats) -> float:
    """The learning rate beyond which gradient descent on this picture flies apart; infinite where nothing is in it.

    That is 2/λ, with λ the largest eigenvalue of the loss's second derivative, 2/N · XᵀX.
    """
    rows = windows(image)
    most = float(np.linalg.norm(rows, 2)) ** 2 * 2 / len(rows)
    return 2 / most if most else float("inf")


def weights_told(image: Floats) -> int:
    """How many of the 9 weights (or sums of them) a picture can tell: with fewer, several kernels give the same map."""
    return int(np.linalg.matrix_rank(windows(image)))


def hidden_kernel(rng: np.random.Generator) -> Floats:
    """A kernel to be found: whole numbers from -2 to 2, not all of them 0."""
    kernel = np.zeros((SIDE, SIDE))
    while not kernel.any():
        kernel = rng.integers(-2, 3, (SIDE, SIDE)).astype(float)
    return frozen(kernel)

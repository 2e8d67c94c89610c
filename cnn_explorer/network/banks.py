"""Banks of filters: ways to fill all filters of a layer at once.

A bank is a function (rows, columns, channels, filters, rng) -> kernels (rows, columns, channels, filters). Those of a
drawn pattern put the same pattern on every channel, divided by the number of channels, so that an output is as large
as for one channel. Only the random ones use `rng`.

In the formulas a place of the kernel is (u, v), u to the right and v downwards from the middle, in cells.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from math import ceil, cos, log, pi, sin, sqrt

import numpy as np

from cnn_explorer.network.arrays import Floats, frozen
from cnn_explorer.network.kernel_presets import KernelPreset, kernel_presets
from cnn_explorer.network.kernels import resized
from cnn_explorer.network.layers.weights import he_normal
from cnn_explorer.network.sentence import Sentence, say

Fill = Callable[[int, int, int, int, np.random.Generator], Floats]

_ROUNDING = 1e-9
ANGLES = 8
"""So many directions come first; those after them lie between."""


@dataclass(frozen=True)
class Bank:
    """A way to fill filters. `does` says in a sentence what they respond to; `fill` makes them.

    `smallest` is how many rows and columns a kernel must have for the bank to mean anything.
    """

    name: Sentence
    does: Sentence
    fill: Fill
    smallest: int = 1

    def suits(self, rows: int, columns: int) -> bool:
        """Whether kernels of this size can show what the bank is about."""
        return min(rows, columns) >= self.smallest


def edges(rows: int, columns: int, channels: int, filters: int, rng: np.random.Generator) -> Floats:
    """Edges: the slope of a bell, in the direction θ in which values rise.

    w(u, v) = (u cos θ + v sin θ) · 2^-(u² + v²), with u and v from -1 to 1 at the border, scaled so that the positive
    weights add up to 1: a step from 0 to 1 along θ gives 1, a flat area 0. Every direction is a mixture of the two at
    right angles, which Freeman and Adelson (1991) call steerable. At 0° a kernel of 3×3 is Sobel's, divided by 4.
    """
    u, v = _places(rows, columns)
    u, v = u / max((columns - 1) / 2, 0.5), v / max((rows - 1) / 2, 0.5)
    bell = np.exp2(-(u**2 + v**2))
    directions = [2 * pi * turn for turn in _turns(filters)]
    return _on_every_channel([_signed((u * cos(a) + v * sin(a)) * bell) for a in directions], channels)


def gabor(rows: int, columns: int, channels: int, filters: int, rng: np.random.Generator) -> Floats:
    """Gabor: a wave under a bell. It responds to stripes and lines of one direction and one width.

    w(u, v) = e^(-(a² + b²/4) / 2σ²) · cos(2π a / λ + ψ), a = u cos θ + v sin θ, b = -u sin θ + v cos θ
    (Daugman 1985, with the bell twice as long as wide), λ = 1 + half the shorter side, σ = 0.56 λ for a bandwidth of
    one octave. Every direction comes twice, ψ = 0 for lines and ψ = -90° for edges. The mean is taken off, so that a
    flat area gives 0, and the positive weights add up to 1.
    """
    u, v = _places(rows, columns)
    wavelength = 1 + min(rows, columns) / 2
    width = sqrt(log(2) / 2) / pi * 3 * wavelength
    patterns = []
    for place in range(filters):
        angle = pi * _turns(ceil(filters / 2), ANGLES // 2)[place // 2]
        along, across = u * cos(angle) + v * sin(angle), v * cos(angle) - u * sin(angle)
        bell = np.exp(-(along**2 + across**2 / 4) / (2 * width**2))
        patterns.append(_signed(bell * np.cos(2 * pi * along / wavelength - pi / 2 * (place % 2))))
    return _on_every_channel(patterns, channels)


def gaussians(rows: int, columns: int, channels: int, filters: int, rng: np.random.Generator) -> Floats:
    """Gaussians, from narrow to wide: means in which nearer cells count more.

    w(u, v) = e^(-(u² + v²) / 2σ²), divided by the sum: the weights add up to 1, a flat area stays as it is.
    """
    return _on_every_channel([_gaussian(rows, columns, width) for width in _widths(rows, columns, filters)], channels)


def differences(rows: int, columns: int, channels: int, filters: int, rng: np.random.Generator) -> Floats:
    """Differences of Gaussians, from narrow to wide, by turns light on dark and dark on light.

    w = G(σ) - G(1.6 σ), each with the sum 1, which is nearly the Laplacian of a Gaussian (Marr and Hildreth 1980),
    scaled so that the positive weights add up to 1. A flat area gives 0, a spot as wide as the middle gives most.
    """
    widths = _widths(rows, columns, ceil(filters / 2))
    patterns = []
    for place in range(filters):
        width = widths[place // 2]
        pattern = _signed(_gaussian(rows, columns, width) - _gaussian(rows, columns, 1.6 * width))
        patterns.append(-pattern if place % 2 else pattern)
    return _on_every_channel(patterns, channels)


def he_weights(rows: int, columns: int, channels: int, filters: int, rng: np.random.Generator) -> Floats:
    """Random: normal with variance 2 / n for n = rows · columns · channels inputs (He et al. 2015), for ReLU.

    As in Keras's HeNormal, no weight is further from 0 than two deviations of the normal that is cut off there.
    """
    return he_normal((rows, columns, channels, filters), rows * columns * channels, rng)


def glorot_weights(rows: int, columns: int, channels: int, filters: int, rng: np.random.Generator) -> Floats:
    """Random: uniform between ±√(6 / (n + m)), for n = rows · columns · channels inputs and m = rows · columns ·
    filters outputs (Glorot and Bengio 2010); its variance is 2 / (n + m). Keras begins with it.
    """
    limit = sqrt(6 / (rows * columns * (channels + filters)))
    parts = rng.random((rows, columns, channels, filters), np.float32)
    parts -= 0.5
    parts *= np.float32(2 * limit)
    return parts


def named_kernels(rows: int, columns: int, channels: int, filters: int, rng: np.random.Generator) -> Floats:
    """The kernels of the gallery, one after the other, and then again from the first; cut, or with 0 around them."""
    found = [resized(preset.weights, rows, columns) for preset in kernel_presets()]
    return _on_every_channel([found[place % len(found)] for place in range(filters)], channels)


def one_kernel(
    preset: KernelPreset, rows: int, columns: int, channels: int, filters: int, rng: np.random.Generator
) -> Floats:
    """One kernel of the gallery in every filter."""
    return _on_every_channel([resized(preset.weights, rows, columns)] * filters, channels)


BANKS = (
    Bank(
        say("Edges"),
        say("Edges in 8 directions: each filter responds where values rise in its direction. A flat area gives 0."),
        edges,
        smallest=2,
    ),
    Bank(
        say("Gabor"),
        say("Waves under a bell, for lines and edges in 4 directions: trained networks begin with such filters."),
        gabor,
        smallest=3,
    ),
    Bank(
        say("Gaussians"),
        say("Blurs from narrow to wide: each keeps flat areas, and less and less of what is small."),
        gaussians,
        smallest=2,
    ),
    Bank(
        say("Spots (DoG)"),
        say("Differences of Gaussians: light and dark spots, from narrow to wide. A flat area gives 0."),
        differences,
        smallest=3,
    ),
    Bank(
        say("Random (He)"),
        say("Normal random numbers with variance 2 / inputs: how networks with ReLU begin before they are trained."),
        he_weights,
    ),
    Bank(
        say("Random (Glorot)"),
        say("Even random numbers with variance 2 / (inputs + outputs): how Keras begins unless it is told otherwise."),
        glorot_weights,
    ),
    Bank(
        say("Named kernels"),
        say("The kernels of the gallery, one after the other: Handbook, Identity, blurs, edges and the rest."),
        named_kernels,
        smallest=2,
    ),
)  # fmt: skip


@cache
def preset_banks() -> tuple[Bank, ...]:
    """For each kernel of the gallery the bank with it in every filter."""
    return tuple(Bank(preset.name, preset.does, partial(one_kernel, preset), 2) for preset in kernel_presets())


def _places(rows: int, columns: int) -> tuple[np.ndarray, np.ndarray]:
    """u (1, columns) and v (rows, 1) of every cell, from the middle of the kernel."""
    return (np.arange(columns) - (columns - 1) / 2)[None, :], (np.arange(rows) - (rows - 1) / 2)[:, None]


def _turns(count: int, first: int = ANGLES) -> list[float]:
    """`count` different parts of a whole turn: `first` even steps, then those half a step further, and so on."""
    return [place % first / first + _between(place // first) / first for place in range(count)]


def _between(number: int) -> float:
    """0, 1/2, 1/4, 3/4, 1/8 ...: each as far from those before as can be (van der Corput)."""
    part, step = 0.0, 0.5
    while number:
        part += step * (number & 1)
        number, step = number >> 1, step / 2
    return part


def _widths(rows: int, columns: int, count: int) -> list[float]:
    """Standard deviations in cells, each larger than the one before by the same factor, up to a third of a side."""
    widest = max(min(rows, columns) / 3, 0.5)
    return [float(width) for width in np.geomspace(0.45, widest, count)] if count > 1 else [widest / 1.5]


def _gaussian(rows: int, columns: int, width: float) -> np.ndarray:
    u, v = _places(rows, columns)
    bell = np.exp(-(u**2 + v**2) / (2 * width**2))
    return np.asarray(bell / bell.sum())


def _signed(pattern: np.ndarray) -> np.ndarray:
    """The pattern with the sum 0, its positive weights with the sum 1; what is only rounding becomes 0."""
    centred = pattern - pattern.mean()
    centred[np.abs(centred) < _ROUNDING] = 0
    positive = centred[centred > 0].sum()
    return np.asarray(centred / positive) if positive else centred


def _on_every_channel(patterns: list[np.ndarray], channels: int) -> Floats:
    kernels = np.stack(patterns, axis=-1)[:, :, None, :] / channels
    return frozen(np.broadcast_to(kernels, (*kernels.shape[:2], channels, kernels.shape[3])))

"""Which of the textbooks' 3×3 kernels a learned one is most like: "92 % Sobel y"."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from cnn_explorer.network.arrays import Floats
from cnn_explorer.network.kernel_presets import KernelPreset, kernel_presets
from cnn_explorer.network.sentence import Sentence, say

SIDE = 3
BY_CHANCE = 0.8
"""One in twenty kernels of nine random numbers is as near as this to one of the gallery's (their median is 0.58)."""


@dataclass(frozen=True)
class Match:
    """The kernel is about `scale` times the preset's, turned in its signs where `opposite`.

    `similarity` is from 0 (nothing in common) to 1 (the same but for its scale).
    """

    preset: KernelPreset
    similarity: float
    opposite: bool
    scale: float

    @property
    def by_chance(self) -> bool:
        """Whether random kernels come as near now and then."""
        return self.similarity < BY_CHANCE

    @property
    def weights(self) -> Floats:
        """The textbook's kernel with the sign and the scale of the learned one."""
        scaled: Floats = self.preset.weights * np.float32(-self.scale if self.opposite else self.scale)
        return scaled

    def sentence(self) -> Sentence:
        """What it is, in words."""
        places = {"percent": int(self.similarity * 100 + 0.5), "kernel": self.preset.name}
        if self.by_chance:
            return say(
                "Like no textbook kernel: {percent} % {kernel}. Of random kernels 1 in 20 comes as near as {chance} %.",
                **places, chance=int(BY_CHANCE * 100),
            )  # fmt: skip
        if self.opposite:
            return say("{percent} % {kernel}, with every sign turned", **places)
        return say("{percent} % {kernel}", **places)


@cache
def textbook() -> tuple[KernelPreset, ...]:
    """The 3×3 kernels of the gallery that textbooks have: all but the worked example's, which stands first."""
    return tuple(preset for preset in kernel_presets()[1:] if preset.weights.shape == (SIDE, SIDE))


def nearest(kernel: Floats, centred: bool = False) -> Match | None:
    """The textbook's kernel that is most like a (3, 3) kernel, over sign and scale.

    The measure is the cosine of the angle between the two, each as nine numbers: |Σ a·b| / √(Σ a² · Σ b²), which
    template matching calls normalised cross-correlation (Lewis 1995, "Fast normalized cross-correlation"). Its square
    is the part of Σ a² that the best multiple of b accounts for. `centred` takes the mean from both first, so that only
    the pattern counts (then it is Pearson's correlation, and kernels that are flat match nothing). The scale is that
    of least squares, Σ a·b / Σ b². None for a kernel of another size, and where nothing is left to compare.
    """
    if kernel.shape != (SIDE, SIDE):
        return None
    learned = _flat(kernel, centred)
    size = float(np.linalg.norm(learned))
    if size <= _ROUNDING * float(np.linalg.norm(kernel)) or size == 0:
        return None
    known, sizes = _known(centred)
    cosines = np.divide(known @ learned, sizes * size, out=np.zeros(len(known)), where=sizes > _ROUNDING)
    # Of two that are equally near but for rounding, the one with the same sign, else the first.
    best = int(np.argmax(np.round(np.abs(cosines), 6) + 1e-9 * (cosines > 0)))
    similarity = min(abs(float(cosines[best])), 1.0)
    if similarity <= _ROUNDING:
        return None
    return Match(textbook()[best], similarity, bool(cosines[best] < 0), similarity * size / float(sizes[best]))


_ROUNDING = 1e-6


def _flat(kernel: Floats, centred: bool) -> np.ndarray:
    numbers = kernel.astype(float).reshape(-1)
    return numbers - numbers.mean() if centred else numbers


@cache
def _known(centred: bool) -> tuple[np.ndarray, np.ndarray]:
    """The textbook's kernels as rows, and their sizes."""
    rows = np.stack([_flat(preset.weights, centred) for preset in textbook()])
    return rows, np.linalg.norm(rows, axis=1)

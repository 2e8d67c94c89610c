"""Batch normalisation: each channel shifted and scaled to mean 0 and deviation 1, then scaled and shifted as learnt."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import prod, sqrt
from typing import ClassVar

import numpy as np

from cnn_explorer.network.arrays import Floats
from cnn_explorer.network.explanation import Cell, Explanation, Region
from cnn_explorer.network.geometry import Axis
from cnn_explorer.network.layers.controls import control
from cnn_explorer.network.layers.layer import Layer, Shape, all_of
from cnn_explorer.network.layers.weights import MOST_WEIGHTS, weights
from cnn_explorer.network.sentence import Sentence, say


@dataclass(frozen=True, eq=False)
class BatchNormalization(Layer):
    """y = gamma · (x - mean) / √(variance + epsilon) + beta, channel by channel (Ioffe & Szegedy 2015).

    In use, mean and variance are `moving_mean` and `moving_variance`. In `training` they are the batch's own: of one
    image, over its rows and columns, the variance divided by their number; and after each batch the moving ones become
    momentum · moving + (1 - momentum) · the batch's. All four arrays are (channels,).
    """

    gamma: Floats = weights([1.0], channels=MOST_WEIGHTS)
    beta: Floats = weights([0.0], channels=MOST_WEIGHTS)
    moving_mean: Floats = weights([0.0], trained=False, channels=MOST_WEIGHTS)
    moving_variance: Floats = weights([1.0], trained=False, channels=MOST_WEIGHTS)
    epsilon: float = control(
        1e-3, "number", say("Epsilon"), say("Added to the variance, so that nothing is divided by 0"), low=1e-6, high=1
    )
    momentum: float = control(
        0.99, "number", say("Momentum"),
        say("How much of the moving mean and variance is kept after each batch of the training"), low=0, high=1,
    )  # fmt: skip
    training: bool = field(default=False, metadata={"saved": False})

    kind: ClassVar[str] = "BatchNormalization"
    keeps_flat: ClassVar[bool] = True

    @classmethod
    def title(cls) -> Sentence:
        return say("Batch normalisation")

    def label(self) -> str:
        return "BatchNorm"

    def axes(self, shape: Shape) -> tuple[Axis, Axis]:
        return Axis(shape[0], 1), Axis(shape[1], 1)

    def reads(self, shape: Shape, region: Region) -> Region:
        """In training a cell depends on its whole map, for mean and variance are the map's."""
        return _whole_maps(shape, region) if self.training else region

    def reaches(self, shape: Shape, region: Region) -> Region:
        return _whole_maps(shape, region) if self.training else region

    def batch_statistics(self, x: Floats) -> tuple[Floats, Floats]:
        """Mean and variance of each channel of `x`, (channels,)."""
        wide = x.astype(np.float64)
        return wide.mean((0, 1)).astype(np.float32), wide.var((0, 1)).astype(np.float32)

    def statistics(self, x: Floats) -> tuple[Floats, Floats]:
        """The mean and the variance that `x` is normalised with, (channels,): its own in training, or the moving."""
        return self.batch_statistics(x) if self.training else (self.moving_mean, self.moving_variance)

    def multiply_adds(self, shape: Shape) -> int:
        return prod(shape)

    def problem(self, shape: Shape) -> tuple[str, Sentence] | None:
        if np.any(self.moving_variance < 0):
            return "moving_variance", say("A variance can't be negative; choose 0 or more.")
        return super().problem(shape)

    def unfit(self, has: int, needs: int) -> Sentence:
        return say(
            "The numbers are for {has} channels, but the input has {needs}; choose numbers for {needs} channels.",
            has=has, needs=needs,
        )  # fmt: skip

    def forward(self, x: Floats) -> Floats:
        mean, variance = self.statistics(x)
        out: Floats = (x - mean) * (self.gamma / np.sqrt(variance + np.float32(self.epsilon))) + self.beta
        return out

    def explain(self, x: Floats, cell: Cell) -> Explanation:
        row, column, channel = cell
        values = x[row, column, channel].reshape(1, 1, 1)
        of_batch, moving = self._both_statistics(x, channel)
        mean, variance = of_batch if self.training else moving
        gamma, beta = float(self.gamma[channel]), float(self.beta[channel])
        result = gamma * (float(values[0, 0, 0]) - mean) / sqrt(variance + self.epsilon) + beta
        facts = {"mean": mean, "variance": variance, "epsilon": self.epsilon, "gamma": gamma, "beta": beta}
        facts |= {"batch_mean": of_batch[0], "batch_variance": of_batch[1]}
        facts |= {"moving_mean": moving[0], "moving_variance": moving[1], "training": float(self.training)}
        return Explanation(
            "normalise", self.window(x.shape, cell), values, result, np.ones((1, 1, 1), bool), facts=facts
        )

    def _both_statistics(self, x: Floats, channel: int) -> tuple[tuple[float, float], tuple[float, float]]:
        """(mean, variance) of channel `channel` of this batch, and the moving ones."""
        one = slice(channel, channel + 1)
        mean, variance = self.batch_statistics(x[..., one])
        moving = float(self.moving_mean[channel]), float(self.moving_variance[channel])
        return (float(mean[0]), float(variance[0])), moving


def _whole_maps(shape: Shape, region: Region) -> Region:
    if not (region.rows and region.columns and region.channels):
        return region
    return Region(all_of(shape[0]), all_of(shape[1]), region.channels)

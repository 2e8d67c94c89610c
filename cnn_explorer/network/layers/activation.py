"""Activation: every cell through the same function."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from cnn_explorer.network.arrays import Floats
from cnn_explorer.network.explanation import Cell, Explanation, Window
from cnn_explorer.network.geometry import Axis
from cnn_explorer.network.layers.controls import control
from cnn_explorer.network.layers.layer import Layer, Shape, all_of
from cnn_explorer.network.sentence import Sentence, say

LARGEST_POWER = 20.0
"""Where the largest number of a softmax is beyond this, it is taken from all of them before they become powers of e."""


@dataclass(frozen=True)
class Function:
    """An activation: its name for people, its formula, and y for x (an array; `slope` is the leaky ReLU's).

    `over_channels`: a cell of the output depends on all channels of its place, so there is no curve to draw.
    """

    title: str
    formula: str
    apply: Callable[[Any, float], Any]
    over_channels: bool = False


def softmax(x: Any, slope: float = 0.0) -> Any:
    """eˣ / Σ eˣ over the last axis, the largest x taken from all of them first, so that nothing overflows."""
    powers = np.exp(x - np.max(x, -1, keepdims=True))
    return powers / np.sum(powers, -1, keepdims=True)


def gelu(x: Any, slope: float = 0.0) -> Any:
    """x · Φ(x), Φ being the share of a normal distribution below x, to 2e-7 (Abramowitz & Stegun 7.1.26)."""
    t = 1 / (1 + _NEAR * np.abs(x) / np.sqrt(2))
    above = t * np.polyval(_TAIL, t) * np.exp(-np.square(x) / 2) / 2  # the share beyond |x|
    return x * np.where(np.asarray(x) > 0, 1 - above, above)


_NEAR, _TAIL = 0.3275911, (1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592)

FUNCTIONS: dict[str, Function] = {
    "linear": Function("linear", "y = x", lambda x, slope: x),
    "relu": Function("ReLU", "y = max(0, x)", lambda x, slope: np.maximum(x, 0)),
    "leaky_relu": Function("leaky ReLU", "y = max(x, {slope} x)", lambda x, slope: np.where(x > 0, x, slope * x)),
    "relu6": Function("ReLU6", "y = min(6, max(0, x))", lambda x, slope: np.minimum(np.maximum(x, 0), 6)),
    "silu": Function("SiLU", "y = x / (1 + e⁻ˣ)", lambda x, slope: x * (0.5 * (1 + np.tanh(0.5 * x)))),
    "gelu": Function("GELU", "y = x · Φ(x)", gelu),
    "sigmoid": Function("sigmoid", "y = 1 / (1 + e⁻ˣ)", lambda x, slope: 0.5 * (1 + np.tanh(0.5 * x))),
    "tanh": Function("tanh", "y = tanh x", lambda x, slope: np.tanh(x)),
    "softmax": Function("softmax", "y = eˣ / Σ eˣ", softmax, over_channels=True),
}


@dataclass(frozen=True, eq=False)
class Activation(Layer):
    """y = f(x), cell by cell; `activation` names f as Keras does, `negative_slope` is that of the leaky ReLU."""

    activation: str = control(
        "relu", "choice", say("Function"), say("The function that every cell goes through"), options=tuple(FUNCTIONS)
    )
    negative_slope: float = control(
        0.2, "number", say("Slope below 0"), say("The slope of the leaky ReLU for negative values"), low=0, high=1
    )

    kind: ClassVar[str] = "Activation"
    keeps_flat: ClassVar[bool] = True

    @classmethod
    def title(cls) -> Sentence:
        return say("Activation")

    def label(self) -> str:
        return FUNCTIONS[self.activation].title if self.activation != "linear" else "Activation"

    def axes(self, shape: Shape) -> tuple[Axis, Axis]:
        return Axis(shape[0], 1), Axis(shape[1], 1)

    @property
    def over_channels(self) -> bool:
        """Whether each cell depends on all channels of its place: the softmax."""
        return FUNCTIONS[self.activation].over_channels

    def channels_read(self, shape: Shape, channel: int) -> tuple[int, ...]:
        return all_of(shape[2]) if self.over_channels else (channel,)

    def channels_reached(self, shape: Shape, channel: int) -> tuple[int, ...]:
        return self.channels_read(shape, channel)

    def curve(self, x: Any) -> Any:
        """The function at x, a number or an array."""
        return FUNCTIONS[self.activation].apply(x, self.negative_slope)

    def forward(self, x: Floats) -> Floats:
        out: Floats = np.asarray(self.curve(x), np.float32)
        return out

    def explain(self, x: Floats, cell: Cell) -> Explanation:
        window = self.window(x.shape, cell)
        if self.over_channels:
            return self._explain_softmax(x, cell, window)
        values = x[cell[0], cell[1], cell[2]].reshape(1, 1, 1)
        result = float(self.curve(float(values[0, 0, 0])))
        return Explanation("function", window, values, result, np.ones((1, 1, 1), bool), function=self.activation)

    def _explain_softmax(self, x: Floats, cell: Cell, window: Window) -> Explanation:
        values = x[cell[0] : cell[0] + 1, cell[1] : cell[1] + 1]
        numbers = values[0, 0].astype(float)
        largest = float(numbers.max())
        shift = 0.0 if abs(largest) <= LARGEST_POWER else largest
        own, total = float(numbers[cell[2]]), float(np.exp(numbers - shift).sum())
        result = float(np.exp(own - shift)) / total
        counted = np.ones(values.shape, bool)
        facts = {"own": own, "total": total, "shift": shift}
        return Explanation("softmax", window, values, result, counted, function=self.activation, facts=facts)

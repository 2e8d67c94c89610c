"""Activation: every cell through the same function."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from cnn_explorer.network.arrays import Floats
from cnn_explorer.network.explanation import Cell, Explanation
from cnn_explorer.network.geometry import Axis
from cnn_explorer.network.layers.layer import Layer, Shape, control
from cnn_explorer.network.sentence import Sentence, say


@dataclass(frozen=True)
class Function:
    """An activation: its name for people, its formula, and y for x (an array; `slope` is the leaky ReLU's)."""

    title: str
    formula: str
    apply: Callable[[Any, float], Any]


FUNCTIONS: dict[str, Function] = {
    "linear": Function("linear", "y = x", lambda x, slope: x),
    "relu": Function("ReLU", "y = max(0, x)", lambda x, slope: np.maximum(x, 0)),
    "leaky_relu": Function("leaky ReLU", "y = max(x, {slope} x)", lambda x, slope: np.where(x > 0, x, slope * x)),
    "sigmoid": Function("sigmoid", "y = 1 / (1 + e⁻ˣ)", lambda x, slope: 0.5 * (1 + np.tanh(0.5 * x))),
    "tanh": Function("tanh", "y = tanh x", lambda x, slope: np.tanh(x)),
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

    @classmethod
    def title(cls) -> Sentence:
        return say("Activation")

    def label(self) -> str:
        return FUNCTIONS[self.activation].title if self.activation != "linear" else "Activation"

    def axes(self, shape: Shape) -> tuple[Axis, Axis]:
        return Axis(shape[0], 1), Axis(shape[1], 1)

    def curve(self, x: Any) -> Any:
        """The function at x, a number or an array."""
        return FUNCTIONS[self.activation].apply(x, self.negative_slope)

    def forward(self, x: Floats) -> Floats:
        out: Floats = np.asarray(self.curve(x), np.float32)
        return out

    def explain(self, x: Floats, cell: Cell) -> Explanation:
        window = self.window(x.shape, cell)
        values = x[cell[0], cell[1], cell[2]].reshape(1, 1, 1)
        result = float(self.curve(float(values[0, 0, 0])))
        return Explanation("function", window, values, result, np.ones((1, 1, 1), bool), function=self.activation)

"""Layers in order: the shapes between them, what they cost, and where one of them can't be."""

from __future__ import annotations

from dataclasses import dataclass, replace

from cnn_explorer.network.layers.layer import Layer, Shape
from cnn_explorer.network.sentence import Sentence


@dataclass(frozen=True)
class Problem:
    """Why layer `layer` (an index) can't be applied, and the field at fault."""

    layer: int
    field: str
    sentence: Sentence


@dataclass(frozen=True)
class Network:
    """Layers, applied one after the other; one that is switched off hands its input on."""

    layers: tuple[Layer, ...] = ()

    def shapes(self, input_shape: Shape) -> tuple[Shape, ...]:
        """The input's shape and each layer's output shape, up to the first layer that can't be applied."""
        shapes = [input_shape]
        for layer in self.layers:
            if layer.enabled:
                if layer.problem(shapes[-1]):
                    break
                shapes.append(layer.output_shape(shapes[-1]))
            else:
                shapes.append(shapes[-1])
        return tuple(shapes)

    def problems(self, input_shape: Shape) -> tuple[Problem, ...]:
        """The first layer that can't be applied and why: empty where all can."""
        shapes = self.shapes(input_shape)
        if len(shapes) > len(self.layers):
            return ()
        index = len(shapes) - 1
        found = self.layers[index].problem(shapes[-1])
        return (Problem(index, *found),) if found else ()

    def parameter_count(self, input_shape: Shape) -> int:
        """Trained numbers of all layers that are switched on and can be applied."""
        shapes = self.shapes(input_shape)
        pairs = zip(self.layers, shapes[:-1], strict=False)
        return sum(layer.parameter_count(shape) for layer, shape in pairs if layer.enabled)

    def with_layer(self, index: int, layer: Layer) -> Network:
        """The network with layer `index` replaced."""
        return replace(self, layers=(*self.layers[:index], layer, *self.layers[index + 1 :]))

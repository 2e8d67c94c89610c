"""Networks as the engine's inspections take them, and those inspections from their first step to the last."""

from __future__ import annotations

from typing import Any

from cnn_explorer.network.layer_input import Sources
from cnn_explorer.network.layers.layer import Layer, Shape
from cnn_explorer.network.network import Network


def path_of(shape: Shape, *layers: Layer, sources: Sources = ()) -> Any:
    """The layers with the shapes of their inputs, for an image of this shape: an `engine.stepwise.Path`."""
    from cnn_explorer.engine.stepwise import Path

    network = Network(layers, sources=sources)
    steps = network.steps(shape)
    assert len(steps) == len(layers)
    return Path(shape, tuple((step.layer, step.shape) for step in steps), network.sources)


def found_by(steps: Any) -> Any:
    """What a work finds. Its progress rises from step to step, up to the end."""
    done, total = -1, 0
    try:
        while True:
            step = next(steps)
            assert done < step.done <= step.total
            done, total = step.done, step.total
            if step.partial is not None:
                step.partial()
    except StopIteration as end:
        assert done == total
        return end.value

"""The same in code: a network or one of its layers as TensorFlow code that runs, with the numbers on the screen.

There are two ways to write it: "keras", as a `keras.Sequential`, and "tf.nn", as a function of plain operations. What
Keras has no layer for is written with `tf.nn`, and the code says so. No TensorFlow is needed to write any of it.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field

import numpy as np

from cnn_explorer.network.arrays import Floats
from cnn_explorer.network.code_program import ARCHIVE_SUFFIX, MOST_WRITTEN, SECTIONS, STYLES, plan_of
from cnn_explorer.network.code_steps import Part, Speak
from cnn_explorer.network.code_text import LINE, lines_of
from cnn_explorer.network.document import Document
from cnn_explorer.network.layers.layer import Layer
from cnn_explorer.network.results import Evaluation
from cnn_explorer.network.sentence import Sentence, say

__all__ = [
    "ARCHIVE_SUFFIX", "MOST_WRITTEN", "STYLES", "Code", "Part", "layer_part", "network_part", "write_code",
]  # fmt: skip


@dataclass(frozen=True, eq=False)
class Code:
    """Python source that runs.

    `style` is the one it is written in, which is "tf.nn" where Keras was asked for and has no such layer. `arrays` go
    into the file beside it, which it reads (empty: there is none). `notes` say what a reader should know. `exact`: it
    computes what is on the screen. `names` are the variables of each role: input, kernel (all weights) and output.
    """

    text: str
    style: str
    exact: bool
    arrays: dict[str, Floats] = field(default_factory=dict)
    notes: tuple[Sentence, ...] = ()
    names: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def archive(self) -> bytes:
        """The file with the arrays, as `np.load` reads it."""
        held = io.BytesIO()
        np.savez(held, **self.arrays)  # type: ignore[arg-type]
        return held.getvalue()


def network_part(document: Document) -> Part:
    """All layers that are on, up to the first that can't be applied."""
    network, image = document.network, document.image
    problems, steps = network.problems(image.shape), network.steps(image.shape)
    ends = problems[0].sentence if problems else None
    unwritten = next((at for at, step in enumerate(steps) if step.layer.by_keras), None)
    if unwritten is not None:
        ends, steps = not_written(steps[unwritten].layer), steps[:unwritten]
    layers, sources = tuple(step.layer for step in steps), tuple(step.sources for step in steps)
    title = say("The network on the screen")
    return Part(layers, image.pixels, title, network.training, ends=ends, sources=sources)


def layer_part(evaluation: Evaluation, index: int) -> Part | None:
    """Layer `index` alone, with the map that goes into it; None where there is no such map, as for the image."""
    x = evaluation.input_of(index) if index >= 0 else None
    if x is None:
        return None
    network = evaluation.document.network
    layer = network.layers[index]
    title = say("Layer {number}, {label}, alone", number=index + 1, label=layer.name or layer.label())
    found = layer.problem((x.shape[0], x.shape[1], x.shape[2])) if layer.enabled else None
    ends = found[1] if found else not_written(layer) if layer.enabled and layer.by_keras else None
    layers = (layer,) if layer.enabled and not ends else ()
    flat_before, read = network.walk(evaluation.document.image.shape).flat, evaluation.reads(index)
    flat = read is not None and all(flat_before[place] for place in read.maps)
    return Part(layers, x, title, network.training, whole=False, flat=flat, ends=ends)


def not_written(layer: Layer) -> Sentence:
    """Why there is no code of a layer that only Keras computes."""
    return say("{label} is a layer of Keras's own, whose code is not written here.", label=layer.name or layer.label())


def write_code(
    part: Part, style: str, weights: bool = True, saved: bool = False, speak: Speak = str, line: int = LINE
) -> Code:
    """The code of a part, in one of STYLES, with lines of `line` characters where they can be parted.

    With `weights` it has those on the screen, otherwise new ones are drawn when it runs. Arrays that are too large to
    be written out stand in `Code.arrays` when the code is `saved`, and are replaced by random ones when it is not.
    Comments go through `speak`, which may translate them.
    """
    plan = plan_of(part, style, weights, saved)
    with lines_of(line):
        blocks = ["\n".join(lines) for lines in (section(plan, speak) for section in SECTIONS) if lines]
    return Code(
        "\n\n".join(blocks) + "\n",
        plan.style,
        plan.exact,
        {array.name: array.values for array in plan.in_file},
        plan.notes,
        {"input": (part.entry,), "kernel": tuple(array.name for array in plan.arrays), "output": ("output",)},
    )

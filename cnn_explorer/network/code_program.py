"""Where each array of generated code comes from, and its sections from top to bottom."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import chain

from cnn_explorer.network import code_keras, code_tf_nn
from cnn_explorer.network.code_steps import Part, Speak, Step, Style, steps_of
from cnn_explorer.network.code_text import INDENT, Array, comment_lines, fitted, with_comment
from cnn_explorer.network.sentence import Sentence, say

_STYLES: dict[str, Style] = {"keras": code_keras.STYLE, "tf.nn": code_tf_nn.STYLE}
STYLES = tuple(_STYLES)

MOST_WRITTEN = 1024
"""Numbers that one array may have to be written out."""
MOST_WRITTEN_WEIGHTS = 4096
"""And all weights together: more are no longer read by anybody, and take longer to write than a frame."""
ARCHIVE_SUFFIX = ".weights.npz"
"""What the name of the file beside saved code ends in, in place of ".py"."""


@dataclass(frozen=True, eq=False)
class Plan:
    """What is decided before a line is written: the steps, and where each array comes from.

    `arrays` are all weights; `drawn`: the code draws them, with a seed where that is for want of room (`seeded`).
    `masks` are those that it has, and `by_chance` says that a layer drops cells without one. `in_file` are the arrays
    of the file beside the code; `random_input` says that what goes in is neither there nor written out.
    """

    part: Part
    style: str
    steps: list[Step]
    arrays: list[Array]
    masks: list[Array]
    drawn: bool
    seeded: bool
    by_chance: bool
    random_input: bool
    in_file: list[Array]
    notes: tuple[Sentence, ...]

    @property
    def exact(self) -> bool:
        """Whether the code computes what is on the screen."""
        return not (self.by_chance or self.random_input or (self.drawn and self.arrays))


def plan_of(part: Part, style: str, weights: bool, saved: bool) -> Plan:
    """The plan for what `write_code` is asked for."""
    steps = steps_of(part)
    refusal = code_keras.refusal(steps) if style == "keras" else None
    style = "tf.nn" if refusal else style
    arrays = list(chain.from_iterable(step.arrays for step in steps))
    few = sum(array.values.size for array in arrays) <= MOST_WRITTEN_WEIGHTS and not any(map(_is_large, arrays))
    seeded = weights and not few and not saved
    steps, by_chance = _with_masks(steps, style == "tf.nn" and weights and not seeded, saved)
    masks = [step.mask for step in steps if step.mask]
    in_file = [*(arrays if weights and not few else []), *filter(_is_large, [*masks, part.batch])]
    random_input = _is_large(part.batch) and not saved
    notes = (
        refusal,
        part.ends and say("The code ends before a layer that can't be applied: {reason}", reason=part.ends),
        say(
            "Random weights: the {count} on the screen are too many to copy; saved as .py they are kept.",
            count=_count(arrays),
        ) if seeded else None,
        say(
            "Random input: its {count} numbers are too many to copy; saved as .py they are kept.",
            count=_count([part.batch]),
        ) if random_input else None,
        say("Dropout draws other cells than those on the screen, at every run others.") if by_chance else None,
    )  # fmt: skip
    return Plan(
        part, style, steps, arrays, masks, not weights or seeded, seeded, by_chance, random_input,
        in_file if saved else [], tuple(filter(None, notes)),
    )  # fmt: skip


def _count(arrays: Iterable[Array]) -> str:
    return f"{sum(array.values.size for array in arrays):,}"


def _is_large(array: Array) -> bool:
    return array.values.size > MOST_WRITTEN


def _with_masks(steps: list[Step], possible: bool, saved: bool) -> tuple[list[Step], bool]:
    """The steps with the masks that the code can have, and whether one is left to chance."""
    masks = [step.mask if possible and step.mask and (saved or not _is_large(step.mask)) else None for step in steps]
    pairs = list(zip(steps, masks, strict=True))
    return [replace(step, mask=mask) for step, mask in pairs], any(step.mask and not mask for step, mask in pairs)


# The sections, as lists of lines


def _head(plan: Plan, speak: Speak) -> list[str]:
    title, style = plan.part.title, _STYLES[plan.style].title
    made = say("{part}, written with {style}. Made with CNN Explorer.", part=title, style=style)
    return [line for each in (made, *plan.notes) for line in comment_lines(speak(each))]


def _imports(plan: Plan, speak: Speak) -> list[str]:
    style = _STYLES[plan.style]
    file = ["from pathlib import Path", ""] if plan.in_file else []
    return [*file, *style.imports, *(["", style.seed] if plan.seeded else [])]


def _body(plan: Plan, speak: Speak) -> list[str]:
    return _STYLES[plan.style].body(plan.part, plan.steps, speak) if plan.steps else []


def _file(plan: Plan, speak: Speak) -> list[str]:
    if not plan.in_file:
        return []
    beside = comment_lines(speak(say("The file beside this one")))
    opened = f'with np.load(Path(__file__).with_suffix("{ARCHIVE_SUFFIX}")) as file:'
    return [*beside, opened, f"{INDENT}saved = dict(file)"]


def _weights(plan: Plan, speak: Speak) -> list[str]:
    style = _STYLES[plan.style]
    if plan.drawn or not plan.arrays:
        return style.drawn(plan.steps, speak) if plan.arrays else []
    lines = comment_lines(speak(say("The weights on the screen")))
    if any(array.turned for array in plan.arrays if array not in plan.in_file):
        turned = say("Kernels are written filter by filter; transpose puts the axes in TensorFlow's order.")
        lines += comment_lines(speak(turned))
    return [*lines, *_held(plan, plan.arrays), *style.used(plan.steps)]


def _masks(plan: Plan, speak: Speak) -> list[str]:
    if not plan.masks:
        return []
    return [*comment_lines(speak(say("What Dropout keeps (1) and drops (0)"))), *_held(plan, plan.masks)]


def _input(plan: Plan, speak: Speak) -> list[str]:
    batch, whole = plan.part.batch, plan.part.whole
    if not plan.random_input:
        comment = say("The image on the screen") if whole else say("What goes into the layer on the screen")
        return [*comment_lines(speak(comment)), *_held(plan, [batch])]
    comment = say("Random numbers in place of the image") if whole else say("Random numbers in place of the input")
    drawn = f"{batch.name} = np.random.default_rng(0).random({batch.values.shape}, np.float32)"
    return [*comment_lines(speak(comment)), *fitted(drawn)]


def _held(plan: Plan, arrays: Iterable[Array]) -> list[str]:
    """The statements that make arrays: from the file, where they are in it."""
    names = {array.name for array in plan.in_file}
    written = ([f'{a.name} = saved["{a.name}"]'] if a.name in names else a.lines() for a in arrays)
    return list(chain.from_iterable(written))


def _run(plan: Plan, speak: Speak) -> list[str]:
    last = plan.steps[-1] if plan.steps else None
    flat = last.flat_output if last else plan.part.flat
    channels = (last.output if last else plan.part.shape)[2]
    made = _STYLES[plan.style].call(plan.part, plan.steps) if last else f"output = {plan.part.entry}"
    shown = fitted("print(np.array(output)[0])" if flat else "print(np.array(output)[0, :, :, 0])")
    first = speak(say("the first of {count} channels", count=channels)) if channels > 1 and not flat else ""
    return [*fitted(made), *with_comment(shown, first)]


SECTIONS: tuple[Callable[[Plan, Speak], list[str]], ...] = (
    _head, _imports, _body, _file, _weights, _masks, _input, _run,
)  # fmt: skip
"""From top to bottom; one without lines is left out."""

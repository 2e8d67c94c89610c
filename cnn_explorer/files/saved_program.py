"""A SavedModel as what it is, a program: what it says of itself, what image it could be run on, and what that gave.

Nothing here runs it. Whoever is asked to does so in a process of its own, and only after a yes.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cnn_explorer.files.model_input import model_input
from cnn_explorer.files.model_look_saved import SavedModelLook, SignatureLook, TensorLook
from cnn_explorer.files.opening import AnyPath, display_name
from cnn_explorer.network.arrays import Floats
from cnn_explorer.network.document import LARGEST_SIDE, Image
from cnn_explorer.network.layers.layer import Shape
from cnn_explorer.network.sentence import Refused, Sentence, say

USUAL = "serving_default"
FRACTIONS, WHOLE = ("float32", "float64", "float16"), ("uint8", "int32", "int64")
"""Types of pixels: from 0 to 1, and from 0 to 255."""
MOST_VALUES = 10_000
"""Numbers of one output that are sent and shown; of more only the least, the mean and the greatest."""
MOST_OUTPUTS = 20


@dataclass(frozen=True)
class SavedProgram:
    """A SavedModel that can be run on one image: its signature, and the shape that it declares for the image.

    `about` says what it is and what running it means.
    """

    signature: str
    number_type: str
    shape: tuple[int | None, ...]
    about: Sentence

    def input_shape(self, image: Image) -> Shape:
        """The image that it is given in place of this one: sides that it leaves open are the image's own."""
        declared = (*self.shape[1:], 1) if len(self.shape) == 3 else self.shape[1:]
        rows, columns, channels = (
            own if side is None else side for side, own in zip(declared, image.shape, strict=True)
        )
        return rows, columns, channels

    def pixels(self, image: Image) -> tuple[Floats, Shape]:
        """A batch of one image as the program takes it, and the shape of that image."""
        shape = self.input_shape(image)
        pixels = model_input(image, shape).image.pixels
        if self.number_type in WHOLE:
            pixels = np.rint(np.clip(pixels, 0, 1) * np.float32(255))
        batch = pixels[np.newaxis]
        return (batch[..., 0] if len(self.shape) == 3 else batch), shape


@dataclass(frozen=True)
class ProgramOutput:
    """What a program gave under one name: its least, mean and greatest number, all of them where they are not many."""

    name: str
    number_type: str
    shape: tuple[int, ...]
    least: float
    mean: float
    greatest: float
    values: tuple[float, ...] = ()


@dataclass(frozen=True)
class ProgramRun:
    """A program was run once: on what image, and what it gave."""

    shape: Shape
    outputs: tuple[ProgramOutput, ...]
    number_type: str = FRACTIONS[0]


def program_in(path: AnyPath, look: SavedModelLook) -> SavedProgram:
    """The program in a SavedModel's folder. Raises: Refused, where it can't be run on an image, or touches files."""
    signature = usual_signature(look)
    reason = _unfit(signature.inputs)
    if look.touches_files or reason is not None:
        raise saved_model_refusal(path, look, reason)
    takes = signature.inputs[0]
    assert takes.shape is not None
    about = say(
        "{file} is a SavedModel: a program, which could do anything that you can do on this computer. {signature} It "
        "can't be stepped through. It can be run once on your image, in a process of its own.",
        file=display_name(path), signature=_told(signature),
    )  # fmt: skip
    return SavedProgram(signature.name, takes.number_type, takes.shape, about)


def _unfit(inputs: tuple[TensorLook, ...]) -> Sentence | None:
    """Why a program with these inputs can't be run on an image."""
    if len(inputs) != 1:
        return say("It takes more than one image.")
    takes = inputs[0]
    shape = takes.shape or ()
    sides, channels = shape[1:3], shape[3:] or (1,)
    fits = len(shape) in (3, 4) and shape[0] in (None, 1) and channels[0] in (None, 1, 3)
    if not fits or not all(side is None or 1 <= side <= LARGEST_SIDE for side in sides):
        return say("It does not take one image of at most {side}×{side} cells in 1 or 3 channels.", side=LARGEST_SIDE)
    if takes.number_type not in FRACTIONS + WHOLE:
        return say("It does not take numbers that could be pixels.")
    return None


def usual_signature(look: SavedModelLook) -> SignatureLook:
    """The way in which a SavedModel is called, where it has several."""
    return next((each for each in look.signatures if each.name == USUAL), look.signatures[0])


def saved_model_refusal(path: AnyPath, look: SavedModelLook, reason: Sentence | None = None) -> Refused:
    """Why a SavedModel isn't opened: what it declares, what it would do, and the way out."""
    sentence = say(
        "{file} is a SavedModel: a program, which is not run here. {signature}",
        file=display_name(path), signature=_told(usual_signature(look)),
    )  # fmt: skip
    if look.touches_files:
        sentence = say("{what} It reads or writes files: {operations}.", what=sentence,
                       operations=", ".join(look.touches_files))  # fmt: skip
    elif reason is not None:
        sentence = say("{what} {reason}", what=sentence, reason=reason)
    return Refused(say("{what} Save the model as a .keras file and open that.", what=sentence), "signature")


def _told(signature: SignatureLook) -> Sentence:
    return say(
        "Its signature {name} takes {inputs} and gives {outputs}.", name=signature.name,
        inputs=", ".join(map(_tensor, signature.inputs)), outputs=", ".join(map(_tensor, signature.outputs)),
    )  # fmt: skip


def _tensor(tensor: TensorLook) -> str:
    sides = "×".join("?" if side is None else str(side) for side in tensor.shape or ())
    return f"{tensor.name} ({', '.join(part for part in (tensor.number_type, sides) if part)})"

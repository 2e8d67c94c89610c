"""A SavedModel as what it is, a program: what it says of itself, what image it could be run on, and what that gave.

Nothing here runs it. Whoever is asked to does so in a process of its own, and only after a yes.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isqrt, prod

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
MOST_PIXELS = 2**26
"""Numbers of all images of a batch whose size is fixed."""
_OBVIOUS = {
    "training": 0.0, "is_training": 0.0, "train": 0.0, "learning_phase": 0.0, "keras_learning_phase": 0.0,
    "keep_prob": 1.0, "dropout": 0.0, "dropout_rate": 0.0,
}  # fmt: skip
"""What single numbers besides the image are where a model is used and not trained, by their names."""


@dataclass(frozen=True)
class Given:
    """A single number that a program takes besides the image, and what it gets."""

    name: str
    value: float


@dataclass(frozen=True)
class SavedProgram:
    """A SavedModel that can be run on one image: its signature, and the shape that it declares for the image.

    `about` says what it is and what running it means, `image` is what the signature calls the image, and `others` is
    what else it takes.
    """

    signature: str
    number_type: str
    shape: tuple[int | None, ...]
    about: Sentence
    image: str = ""
    others: tuple[Given, ...] = ()

    @property
    def batch(self) -> int:
        """How many images it takes at once."""
        return self.shape[0] or 1

    @property
    def takes_row(self) -> bool:
        """Whether it takes the pixels as one row of numbers."""
        return len(self.shape) == 2

    def input_shape(self, image: Image) -> Shape:
        """The image that it is given in place of this one: sides that it leaves open are the image's own."""
        if self.takes_row:
            return square_of(self.shape[1]) or image.shape
        declared = (*self.shape[1:], 1) if len(self.shape) == 3 else self.shape[1:]
        rows, columns, channels = (
            own if side is None else side for side, own in zip(declared, image.shape, strict=True)
        )
        return rows, columns, channels

    def pixels(self, image: Image) -> tuple[Floats, Shape]:
        """A batch of this image as the program takes it, and the shape of that image."""
        shape = self.input_shape(image)
        pixels = model_input(image, shape).image.pixels
        if self.number_type in WHOLE:
            pixels = np.rint(np.clip(pixels, 0, 1) * np.float32(255))
        sides = {2: (-1,), 3: shape[:2], 4: shape}[len(self.shape)]
        return np.repeat(pixels.reshape(1, *sides), self.batch, 0), shape

    def notes(self) -> tuple[Sentence, ...]:
        """What else happens to the image, and what the program is given besides it."""
        notes = []
        if self.takes_row:
            notes.append(say("It takes a row of numbers: the image's pixels, row by row."))
        if self.batch > 1:
            notes.append(say("It takes {count} images at once: it was given this one {count} times, and what it gave "
                             "for the first is shown.", count=self.batch))  # fmt: skip
        if self.others:
            given = ", ".join(f"{each.name} = {each.value:g}" for each in self.others)
            notes.append(say("Besides the image it was given {values}.", values=given))
        return tuple(notes)


def square_of(count: int | None) -> Shape | None:
    """The square image that a row of so many numbers is: n² in one channel, 3 n² in three; None where it is neither."""
    for channels in (1, 3):
        side = isqrt((count or 0) // channels)
        if count and side * side * channels == count and side <= LARGEST_SIDE:
            return side, side, channels
    return None


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
    """A program was run once: on what image, what it gave, and what else is to be said of that."""

    shape: Shape
    outputs: tuple[ProgramOutput, ...]
    number_type: str = FRACTIONS[0]
    notes: tuple[Sentence, ...] = ()


def program_in(path: AnyPath, look: SavedModelLook) -> SavedProgram:
    """The program in a SavedModel's folder. Raises: Refused, where it can't be run on an image, or touches files."""
    signature = usual_signature(look)
    takes = _image_of(signature.inputs)
    others = tuple(_given(each) for each in signature.inputs if each is not takes)
    reason = _unfit(takes) or next((each for each in others if isinstance(each, Sentence)), None)
    if look.touches_files or reason is not None:
        raise saved_model_refusal(path, look, reason)
    assert takes.shape is not None
    about = say(
        "{file} is a SavedModel: a program, which could do anything that you can do on this computer. {signature} It "
        "can't be stepped through. It can be run once on your image, in a process of its own.",
        file=display_name(path), signature=_told(signature),
    )  # fmt: skip
    given = tuple(each for each in others if isinstance(each, Given))
    return SavedProgram(signature.name, takes.number_type, takes.shape, about, takes.name, given)


def _image_of(inputs: tuple[TensorLook, ...]) -> TensorLook:
    """The input that is the image: the one with the most axes that can be one."""
    return max(inputs, key=lambda each: (_unfit(each) is None, len(each.shape or ())))


def _given(other: TensorLook) -> Given | Sentence:
    """What is given for an input besides the image, or why nobody knows what to give."""
    name = other.name.partition(":")[0].lower()
    single = other.shape is not None and set(other.shape) <= {1}
    value = 0.0 if other.number_type == "bool" else _OBVIOUS.get(name)
    if single and value is not None and other.number_type in ("bool", *FRACTIONS, *WHOLE):
        return Given(other.name, value)
    return say("It takes {input} besides the image, and nobody here knows what that should be.", input=_tensor(other))


def _unfit(takes: TensorLook) -> Sentence | None:
    """Why an input can't be an image."""
    shape = takes.shape or ()
    sides, channels = shape[1:3], shape[3:] or (1,)
    fits = len(shape) in (3, 4) and channels[0] in (None, 1, 3)
    fits = fits and all(side is None or 1 <= side <= LARGEST_SIDE for side in sides)
    if not (fits or (len(shape) == 2 and square_of(shape[1]))):
        return say(
            "It does not take an image of at most {side}×{side} cells in 1 or 3 channels, nor the pixels of a square "
            "one in a row.", side=LARGEST_SIDE,
        )  # fmt: skip
    count = 1 if shape[0] is None else shape[0]
    if not 1 <= count <= max(1, MOST_PIXELS // prod(LARGEST_SIDE if side is None else side for side in shape[1:])):
        return say("It takes {count} images at once, which are too many or none.", count=count)
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

"""A loader that opens what a test has it open, for all that can be shown without TensorFlow."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np

from cnn_explorer.files.opened_model import DIGITS, OpenedModel, StoredWeights
from cnn_explorer.files.saved_program import ProgramOutput, ProgramRun, SavedProgram
from cnn_explorer.network.document import Image
from cnn_explorer.network.layers import Conv2D, Dense, Flatten
from cnn_explorer.network.layers.layer import Shape
from cnn_explorer.network.network import Network
from cnn_explorer.network.sentence import Refused, Sentence, say
from tests.files.model_files import archive, sequential, write

Answer = OpenedModel | StoredWeights | SavedProgram | Sentence
PROGRAM = SavedProgram("serve", "float32", (None, 8, 8, 1), say("{name} is a program.", name="net"))
RUN = ProgramRun(
    (28, 28, 1),
    (
        ProgramOutput("scores", "float32", (1, 10), 0.0, 4.5, 9.0, tuple(map(float, range(10)))),
        ProgramOutput("many", "float32", (1, 1000), 0.0, 499.5, 999.0, tuple(map(float, range(1000)))),
        ProgramOutput("map", "float32", (1, 8, 8, 40), -1.0, 0.25, 2.0, (0.0,) * 2560),
    ),
    notes=(say("It takes a row of numbers: the image's pixels, row by row."),),
)
Told = Callable[[str, float], object]


def small_model(shape: Shape = (8, 8, 1)) -> OpenedModel:
    """A convolution and ten classes."""
    dense = Dense(kernel=np.zeros((1, 10)), bias=np.zeros(10))
    network = Network((Conv2D(), Flatten(), dense), classes=DIGITS, input_shape=shape)
    return OpenedModel(network.fitted(shape, np.random.default_rng(1)), shape)


def model_file(folder: Path, name: str = "digits.keras") -> Path:
    """A file that begins as a model does; what is in it only a loader knows."""
    return write(folder / name, archive(sequential()))


class FakeLoader:
    """Opens when it is let: `give` has it end with a model, `refuse` with a sentence; till then it hangs."""

    def __init__(self, limit: float = 60.0) -> None:
        self.limit = limit
        self.paths: list[str] = []
        self.weights: list[str] = []
        self.images: list[Image] = []
        self.warmed = False
        self.stopped = threading.Event()
        self._over = threading.Event()
        self._outcome: Answer = say("{file} was stopped", file="it")

    def open(self, path: str, told: Told) -> OpenedModel | StoredWeights | SavedProgram:
        self.paths.append(path)
        told("building", self.limit)
        self._over.wait()
        if isinstance(self._outcome, Sentence):
            raise Refused(self._outcome)
        return self._outcome

    def known(self, name: str, told: Told, weights: str = "") -> OpenedModel | StoredWeights | SavedProgram:
        self.weights.append(weights)
        return self.open(name, told)

    def run(self, path: str, program: SavedProgram, image: Image, told: Told) -> ProgramRun:
        self.images.append(image)
        told("running", self.limit)
        return RUN

    def warm(self) -> None:
        self.warmed = True

    def give(self, model: OpenedModel | StoredWeights | SavedProgram) -> None:
        self._end(model)

    def refuse(self, sentence: Sentence) -> None:
        self._end(sentence)

    def _end(self, outcome: Answer) -> None:
        self._outcome = outcome
        self._over.set()

    def stop(self) -> None:
        self.stopped.set()
        self._over.set()


class Loaders:
    """Gives loaders and keeps them; `answer` is what each of them opens at once, where there is one."""

    def __init__(self, answer: Answer | None = None, limit: float = 60.0) -> None:
        self.answer, self.limit = answer, limit
        self.made: list[FakeLoader] = []

    def __call__(self) -> FakeLoader:
        loader = FakeLoader(self.limit)
        self.made.append(loader)
        if isinstance(self.answer, Sentence):
            loader.refuse(self.answer)
        elif self.answer is not None:
            loader.give(self.answer)
        return loader

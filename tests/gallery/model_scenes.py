"""Scenes of opening models: an input made to fit, weights for another network, and a program that could be run."""

from __future__ import annotations

import numpy as np
from PySide6.QtWidgets import QApplication

from cnn_explorer.files.datasets import Digits
from cnn_explorer.files.model_look_saved import SavedModelLook, SignatureLook, TensorLook
from cnn_explorer.files.opened_model import PREPARATIONS, PREPARING, preparing_layer
from cnn_explorer.files.saved_program import program_in
from cnn_explorer.network.document import Document, Image
from cnn_explorer.network.layers import Conv2D
from cnn_explorer.network.network import Network
from cnn_explorer.network.sentence import say
from cnn_explorer.session.cursor import Cursor
from cnn_explorer.views.main_window import MainWindow

SHAPE = (64, 48, 3)


def colours() -> np.ndarray:
    """(rows, columns, 3) from 0 to 1: red grows to the right, green downwards."""
    rows, columns, _ = SHAPE
    pixels = np.full(SHAPE, 0.4, np.float32)
    pixels[..., 0] = np.linspace(0, 1, columns)
    pixels[..., 1] = np.linspace(0, 1, rows)[:, np.newaxis]
    return pixels


def model_input(window: MainWindow, digits: Digits) -> None:
    layer = Conv2D(kernel=np.full((3, 3, 3, 1), 0.1), name="conv")
    layers = (preparing_layer(*PREPARATIONS["caffe"], 3, PREPARING), layer.with_filters(6, np.random.default_rng(1)))
    network = Network(layers, input_shape=SHAPE)
    image = Image(colours(), "file", "colours.png", light=True)
    window.session.open(Document(image, network), cursor=Cursor(level="network", stepping=False))
    QApplication.processEvents()


def weights_refused(window: MainWindow, digits: Digits) -> None:
    model_input(window, digits)
    reason = say("Layer {layer} needs {needs}, and the file has {has} for it.", layer="conv", needs="3×3×3×6, 6",
                 has="5×5×3×6, 6")  # fmt: skip
    window.files.show_problem(
        say("{file} has weights without a model, and they don't fit the network on the screen: {reason}",
            file="colours.weights.h5", reason=reason)
    )  # fmt: skip


def program_asked(window: MainWindow, digits: Digits) -> None:
    model_input(window, digits)
    signature = SignatureLook(
        "serving_default",
        (TensorLook("image", "float32", (None, 224, 224, 3)),),
        (TensorLook("output_0", "float32", (None, 1000)),),
    )
    program = program_in("flowers", SavedModelLook((signature,), ()))
    window.files.models.models.found_program.emit(program)


MODEL_SCENES = (model_input, weights_refused, program_asked)

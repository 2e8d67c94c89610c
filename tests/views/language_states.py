"""The states of the window whose texts follow the language: what a person can come to see."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from cnn_explorer.files.model_look_saved import SavedModelLook, SignatureLook, TensorLook
from cnn_explorer.files.saved_program import program_in
from cnn_explorer.network.document import Document, Image
from cnn_explorer.network.layers import LAYERS, Activation, AveragePooling2D
from cnn_explorer.network.network import Network
from cnn_explorer.network.presets import default_document
from cnn_explorer.network.sentence import Sentence, say
from cnn_explorer.session.cursor import IMAGE, Cursor
from cnn_explorer.session.faults import Fault, Faults
from cnn_explorer.views.main_window import MainWindow
from tests.gallery.scenes import SCENES
from tests.views import language_inspecting, language_training
from tests.views.mnist_setting import few_digits
from tests.views.model_setting import RUN

State = Callable[[MainWindow, Path], object]


def show(window: MainWindow, layer: int, changed: Any = None, **fields: Any) -> None:
    """A layer of the handbook's network, with other fields or in place of its own."""
    document = default_document()
    if changed is None:
        changed = replace(document.network.layers[max(layer, 0)], **fields)
    window.session.open(document.with_layer(max(layer, 0), changed), cursor=Cursor(layer=layer, row=1, column=1))


def mnist(window: MainWindow, labelled: bool = True) -> Any:
    window.input_panel.choose("mnist")
    page = window.input_panel.pages["mnist"]
    page.use_digits(few_digits(labelled=labelled), "few.npz")
    return page


def opened(window: MainWindow, path: Path) -> None:
    """A file in the page of images, when it has been read."""
    from cnn_explorer.files.sniff import open_any

    window.input_panel.choose("file")
    window.input_panel.pages["file"].show_picture(open_any(path))


def matrix(window: MainWindow, folder: Path) -> None:
    np.save(folder / "matrix.npy", np.arange(12.0).reshape(3, 4))
    opened(window, folder / "matrix.npy")


def a_model(window: MainWindow, folder: Path, shape: tuple[int, int, int] = (40, 30, 1)) -> None:
    """One that takes images of one shape only."""
    network = replace(default_document().network, input_shape=shape)
    window.session.open(Document(Image(np.zeros(shape, np.float32)), network))
    window.input_panel.choose("28x28")


def a_program(window: MainWindow, folder: Path) -> None:
    signature = SignatureLook("0", (TensorLook("0", "float32", (None, 8, 8, 1)),), (TensorLook("0", "", (None, 10)),))
    program = program_in("0", SavedModelLook((signature,), ()))
    told = Sentence(program.about.template, (("file", "0"), ("signature", say("rows"))))
    window.files.models._ask(replace(program, about=told))


def what_a_program_gave(window: MainWindow, folder: Path) -> None:
    outputs = tuple(replace(output, name="0", number_type="") for output in RUN.outputs)
    window.files.models.ran.emit(replace(RUN, outputs=outputs), "0")


def a_picture_for_a_model(window: MainWindow, folder: Path) -> None:
    a_model(window, folder, (40, 30, 3))
    picture(window, folder)


def picture(window: MainWindow, folder: Path) -> None:
    from PIL import Image as PilImage

    PilImage.fromarray(np.full((40, 30, 3), 90, np.uint8)).save(folder / "grey.png")
    opened(window, folder / "grey.png")


def problem_in_page(window: MainWindow, folder: Path) -> None:
    for source in ("mnist", "file"):
        window.input_panel.choose(source)
        page = window.input_panel.pages[source]
        row = getattr(page, "work_row", None) or page.source.work_row
        row.begin(say("Opening {file}…", file="0"))
        row.show_problem(say("{file} can't be opened: {reason}.", file="0", reason=say("it isn't there")))


def stretched(window: MainWindow, folder: Path) -> None:
    """Rows and columns apart, with every sentence on the size that there is."""
    show(window, 0, strides=(3, 2), dilation_rate=(1, 2), padding="same", fill="reflect")
    for name in ("strides", "dilation_rate", "kernel_size"):
        field: Any = window.workbench.layer_panel.forms["Conv2D"].fields[name]
        field.link.click()


def after_an_impossible_one(window: MainWindow, folder: Path) -> None:
    show(window, 0, dilation_rate=(4, 4))
    window.session.select(2)


def no_convolution(window: MainWindow, folder: Path) -> None:
    show(window, 0, Activation("tanh"))


def edited(window: MainWindow, folder: Path) -> None:
    """Something to undo and something to redo."""
    window.input_panel.choose("28x28")
    window.kernel_panel.change("flip")
    window.session.undo()
    window.status_line.show_message(say("Saved as {file}.", file="0"))
    window.status_line.show_engine_state("restarting")


def faulty(window: MainWindow, folder: Path) -> None:
    window.show_fault(Faults(window), Fault("0", "", "", count=2))


def large_map(window: MainWindow, folder: Path) -> None:
    image = Image(np.zeros((60, 60, 1), np.float32), "file", "0")
    window.session.open(default_document().with_image(image), cursor=Cursor(stepping=False))


def why(window: MainWindow, layer: int) -> None:
    show(window, layer)
    window.workbench.right_column.show_tab("why")


def code_in_tf_nn(window: MainWindow, folder: Path) -> None:
    show(window, 0, strides=(2, 2), dilation_rate=(2, 2))
    window.workbench.right_column.show_tab("code")


def gallery(name: str) -> State:
    """A scene of the gallery of pictures."""
    return lambda window, folder: SCENES[name](window, few_digits())


def alone(window: MainWindow, kind: str, level: str = "cell", **fields: Any) -> None:
    """A network of one layer of a kind, on an image in colour; the cursor on its first cell."""
    rng = np.random.default_rng(1)
    image = Image(rng.random((4, 4, 3), np.float32), "file", "0")
    flat = LAYERS["Flatten"].new(image.shape, rng)
    before, shape = ((flat,), (1, 1, 48)) if kind == "Dense" else ((), image.shape)
    layer = replace(LAYERS[kind].new(shape, rng), **fields)
    network = Network((*before, layer))
    window.session.open(Document(image, network), cursor=Cursor(layer=len(before), level=level))


def no_difference_yet(window: MainWindow, folder: Path) -> None:
    show(window, 0)
    window.session.show_differences(True)


def no_comparison(window: MainWindow, folder: Path) -> None:
    alone(window, "Flatten")
    window.workbench.compare.open_comparison()


def fills(window: MainWindow, folder: Path) -> None:
    """What opens below "Fill with"."""
    show(window, 0)
    window.workbench.kernel_panel.wall.open_fill()


ALONE = (
    "DepthwiseConv2D", "SeparableConv2D", "Conv2DTranspose", "GlobalAveragePooling2D", "GlobalMaxPooling2D",
    "ZeroPadding2D", "UpSampling2D", "Flatten", "Dense", "BatchNormalization", "Dropout",
)  # fmt: skip
"""Layers that are looked at by themselves; the others are in the states below."""
SCENES_TO_READ = (
    "handbook_network", "deep_network", "deep_channels", "dense_numbers", "colour_planes", "field_pinned",
    "wall_of_filters", "in_training", "dropped_cells", "comparing", "differences",
)  # fmt: skip

STATES: dict[str, State] = {
    "the image": lambda window, folder: show(window, IMAGE),
    "a convolution": lambda window, folder: show(window, 0),
    "an activation": lambda window, folder: show(window, 1, negative_slope=0.1, activation="leaky_relu"),
    "max pooling": lambda window, folder: show(window, 2),
    "average pooling": lambda window, folder: show(window, 2, AveragePooling2D(padding="same")),
    "a layer that is off": lambda window, folder: show(window, 0, enabled=False),
    "an impossible layer": lambda window, folder: show(window, 0, dilation_rate=(4, 4)),
    "a layer after an impossible one": after_an_impossible_one,
    "too much mirrored padding": lambda window, folder: show(window, 0, padding=(9, 9, 9, 9), fill="symmetric"),
    "rows and columns apart": stretched,
    "no convolution": no_convolution,
    "a large map": large_map,
    "an input for a model": a_model,
    "a program": a_program,
    "what a program gave": what_a_program_gave,
    "a picture for a model": a_picture_for_a_model,
    "28x28": lambda window, folder: window.input_panel.choose("28x28"),
    "MNIST offered": lambda window, folder: window.input_panel.choose("mnist"),
    "MNIST": lambda window, folder: mnist(window),
    "MNIST without labels": lambda window, folder: mnist(window, labelled=False),
    "all of MNIST": lambda window, folder: mnist(window).browse.click(),
    "no file": lambda window, folder: window.input_panel.choose("file"),
    "a picture": picture,
    "a matrix": matrix,
    "problems with files": problem_in_page,
    "something to undo": edited,
    "a passing message": lambda window, folder: window.show_about(),
    "a problem": lambda window, folder: window.files.show_problem(say("{reason}", reason=say("rows"))),
    "why a convolution": lambda window, folder: why(window, 0),
    "why no parameters": lambda window, folder: why(window, 1),
    "why of the image": lambda window, folder: why(window, IMAGE),
    "the network's table": lambda window, folder: window.show_network_table(),
    "the code": lambda window, folder: window.workbench.right_column.show_tab("code"),
    "code that Keras has no layer for": code_in_tf_nn,
    "the shortcut sheet": lambda window, folder: window.show_shortcut_sheet(),
    "a fault": faulty,
    **{name.replace("_", " "): gallery(name) for name in SCENES_TO_READ},
    **{kind: partial(lambda window, folder, kind: alone(window, kind), kind=kind) for kind in ALONE},
    "channels of a depthwise convolution": lambda window, folder: alone(window, "DepthwiseConv2D", "channels"),
    "softmax": lambda window, folder: alone(window, "Activation", activation="softmax"),
    "no difference yet": no_difference_yet,
    "nothing to compare": no_comparison,
    **language_training.STATES,
    **language_inspecting.STATES,
}

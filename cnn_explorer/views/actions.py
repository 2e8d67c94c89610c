"""Every command of the program, one row of a table: menus, top bar, shortcut sheet and enablement come from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from cnn_explorer.network.sentence import Sentence, say
from cnn_explorer.session.cursor import IMAGE, LEVELS
from cnn_explorer.session.playback import SPEEDS
from cnn_explorer.views.actions_training import TRAIN_COMMANDS
from cnn_explorer.views.column_commands import COLUMN_COMMANDS
from cnn_explorer.views.command import Command, Key, below
from cnn_explorer.views.known_choices import fill_with_known_models
from cnn_explorer.views.layer_commands import LAYER_COMMANDS

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractButton

    from cnn_explorer.views.code_panel import CodePanel
    from cnn_explorer.views.main_window import MainWindow

MENUS = {
    "file": say("&File"),
    "edit": say("&Edit"),
    "image": say("&Image"),
    "kernel": say("&Kernel"),
    "network": say("&Network"),
    "train": say("&Train"),
    "play": say("&Play"),
    "view": say("&View"),
    "help": say("&Help"),
}


def has_steps(window: MainWindow) -> bool:
    """Whether the layer on the screen has cells to step through."""
    return window.session.output_shape() is not None


def has_kernel(window: MainWindow) -> bool:
    """Whether the layer on the screen has weights."""
    session = window.session
    return session.cursor.layer != IMAGE and hasattr(session.evaluation.layer(session.cursor.layer), "kernel")


def _toggle_comparison(window: MainWindow) -> None:
    compare = window.workbench.compare
    if compare.active:
        compare.close_comparison()
    else:
        window.session.look("cell")
        compare.open_comparison()


def _code(window: MainWindow) -> CodePanel:
    """The panel with the code, which has the choices of what is copied and saved."""
    return cast("CodePanel", window.workbench.right_column.page("code"))


def _layer(step: int) -> Command:
    return Command(
        "previous_layer" if step < 0 else "next_layer",
        "view",
        say("Previous layer") if step < 0 else say("Next layer"),
        lambda window: window.session.select(window.session.cursor.layer + step),
        ("[", "Ctrl+Up") if step < 0 else ("]", "Ctrl+Down"),
        enabled=lambda window: (
            IMAGE <= window.session.cursor.layer + step < len(window.session.document.network.layers)
        ),
        repeats=True,
    )


def _filter_exists(window: MainWindow, step: int) -> bool:
    shape = window.session.output_shape()
    return shape is not None and 0 <= window.session.cursor.filter + step < shape[2]


def _filter(step: int) -> Command:
    return Command(
        "previous_filter" if step < 0 else "next_filter",
        "view",
        say("Previous filter") if step < 0 else say("Next filter"),
        lambda window: window.session.move(filter=window.session.cursor.filter + step),
        ("Ctrl+Shift+Up",) if step < 0 else ("Ctrl+Shift+Down",),
        enabled=lambda window: _filter_exists(window, step),
        repeats=True,
    )


def _speed(step: int) -> Command:
    def places(window: MainWindow) -> int:
        return SPEEDS.index(window.playback.speed) + step

    return Command(
        "slower" if step < 0 else "faster",
        "play",
        say("Slower") if step < 0 else say("Faster"),
        lambda window: window.playback.set_speed(SPEEDS[places(window)]),
        ("<",) if step < 0 else (">",),
        enabled=lambda window: 0 <= places(window) < len(SPEEDS),
        repeats=True,
    )


def _level(name: str, text: Sentence, key: str) -> Command:
    return Command(
        f"level_{name}",
        "view",
        text,
        lambda window: window.session.look(name),
        (key,),
        checked=lambda window: window.session.cursor.level == name,
        enabled=lambda window: name != "channels" or window.session.cursor.layer != IMAGE,
    )


def _scope(name: str, text: Sentence) -> Command:
    return Command(
        f"scope_{name}",
        "view",
        text,
        lambda window: window.settings.set("scale_scope", name),
        checked=lambda window: window.settings.values.scale_scope == name,
    )


def _theme(name: str, text: Sentence) -> Command:
    return Command(
        f"theme_{name}",
        "view",
        text,
        lambda window: window.use_theme(name),
        checked=lambda window: window.settings.values.theme == name,
    )


def _language(code: str, text: Sentence) -> Command:
    return Command(
        f"language_{code}",
        "view",
        text,
        lambda window: window.use_language(code),
        checked=lambda window: window.language.code == code,
    )


def _setting(name: str, text: Sentence, tip: Sentence) -> Command:
    return Command(
        name,
        "view",
        text,
        lambda window: window.settings.set(name, not getattr(window.settings.values, name)),
        checked=lambda window: getattr(window.settings.values, name),
        tip=tip,
    )


def _source(source: str, text: Sentence, key: str) -> Command:
    return Command(
        f"source_{source}",
        "image",
        text,
        lambda window: window.input_panel.choose(source),
        (key,),
        checked=lambda window: window.input_panel.shown == source,
    )


def _drawing_button(window: MainWindow, name: str) -> QAbstractButton | None:
    page = window.input_panel.pages.get(window.session.document.image.source)
    return getattr(page, name, None)


def _press(button: QAbstractButton | None) -> None:
    if button is not None:
        button.click()


def _drawing(name: str, text: Sentence, *keys: Key | str) -> Command:
    """What a button of the drawn image's panel does; images from elsewhere have none."""
    return Command(
        f"image_{name}",
        "image",
        text,
        lambda window: _press(_drawing_button(window, name)),
        keys,
        enabled=lambda window: _drawing_button(window, name) is not None,
    )


def _kernel(change: str, text: Sentence, *keys: Key | str) -> Command:
    return Command(
        f"kernel_{change}",
        "kernel",
        text,
        lambda window: window.kernel_panel.buttons[change].click(),
        keys,
        enabled=lambda window: window.kernel_panel.buttons[change].isEnabled(),
    )


COMMANDS = (
    Command("new", "file", say("New"), lambda window: window.files.new(), (Key.New, "Ctrl+N"), "new"),
    Command("open", "file", say("Open…"), lambda window: window.files.open(), (Key.Open, "Ctrl+O"), "open"),
    Command(
        "open_model_folder", "file", say("Open a model folder…"), lambda window: window.files.open_model_folder(),
        tip=say("A folder that TensorFlow has saved a model in (SavedModel)"),
    ),
    Command(
        "known_models", "file", say("Open a known model"), lambda window: None, entries=True,
        fills=lambda window, menu: fill_with_known_models(menu, window.files.known),
        tip=say("A model that comes with Keras, with random weights"),
    ),
    Command("recent", "file", say("Open recent"), lambda window: None, entries=True),
    Command("save", "file", say("Save"), lambda window: window.files.save(), (Key.Save, "Ctrl+S"), "save", line=True),
    Command("save_as", "file", say("Save as…"), lambda window: window.files.save_as(), (Key.SaveAs, "Ctrl+Shift+S")),
    Command(
        "save_code", "file", say("Save as code…"), lambda window: _code(window).save(),
        tip=say("The network, or the layer in focus, as a Python file that runs"),
    ),
    Command("quit", "file", say("Quit"), lambda window: window.close(), (Key.Quit, "Ctrl+Q"), line=True),
    Command(
        "undo", "edit", say("Undo"), lambda window: window.session.undo(), (Key.Undo, "Ctrl+Z"), "undo",
        enabled=lambda window: window.session.undo_text is not None,
        subject=lambda window: window.session.undo_text, repeats=True,
    ),
    Command(
        "redo", "edit", say("Redo"), lambda window: window.session.redo(), (Key.Redo, "Ctrl+Shift+Z", "Ctrl+Y"), "redo",
        enabled=lambda window: window.session.redo_text is not None,
        subject=lambda window: window.session.redo_text, repeats=True,
    ),
    Command(
        "copy_numbers", "edit", say("Copy as text"), lambda window: window.copy_numbers(), (Key.Copy, "Ctrl+C"),
        enabled=lambda window: window.session.evaluation.output_of(window.session.cursor.layer) is not None, line=True,
        tip=say("The numbers of the map on the screen, for a spreadsheet"),
    ),
    Command("copy", "edit", say("Copy as picture"), lambda window: window.copy_picture(), ("Ctrl+Shift+C",)),
    Command(
        "copy_code", "edit", say("Copy as code"), lambda window: _code(window).copy(), ("Ctrl+Alt+C",),
        tip=say("The network, or the layer in focus, as TensorFlow code"),
    ),
    Command("paste", "edit", say("Paste image"), lambda window: window.paste(), (Key.Paste, "Ctrl+V")),
    _source("7x7", say("Draw on 7×7"), "Ctrl+1"),
    _source("28x28", say("Draw on 28×28"), "Ctrl+2"),
    _source("mnist", say("MNIST digit"), "Ctrl+3"),
    _source("file", say("Image from a file"), "Ctrl+4"),
    below(_drawing("clear", say("Clear the image"), "Ctrl+Del")),
    _drawing("invert", say("Invert the image"), "Ctrl+I"),
    _drawing("random", say("Random image")),
    _drawing("centre", say("Centre the drawing")),
    _kernel("random", say("Random kernel"), "Ctrl+R"),
    _kernel("zero", say("Zero the kernel")),
    _kernel("negate", say("Negate the kernel")),
    _kernel("transpose", say("Transpose the kernel")),
    _kernel("rotate", say("Rotate the kernel")),
    _kernel("flip", say("Flip the kernel"), "Ctrl+F"),
    _kernel("normalise", say("Normalise the kernel")),
    below(_kernel("copy", say("Copy the kernel"))),
    _kernel("paste", say("Paste a kernel")),
    *LAYER_COMMANDS,
    *TRAIN_COMMANDS,
    Command(
        "play", "play", say("Play or pause"), lambda window: window.playback.toggle(), ("Space",), "play", has_steps,
        checked=lambda window: window.playback.playing,
    ),
    Command("back", "play", say("Step back"), lambda w: w.playback.back(), ("Left",), "back", has_steps, repeats=True),
    Command(
        "forward", "play", say("Step forward"), lambda window: window.playback.forward(), ("Right",), "forward",
        has_steps, repeats=True,
    ),
    Command("first", "play", say("First step"), lambda window: window.playback.first(), ("Home",), "first", has_steps),
    Command("last", "play", say("Last step"), lambda window: window.playback.last(), ("End",), "last", has_steps),
    below(_speed(-1)),
    _speed(1),
    Command(
        "loop", "play", say("Loop"), lambda window: window.playback.set_loop(not window.playback.loop), ("L",), "loop",
        checked=lambda window: window.playback.loop, tip=say("Start over at the end"),
    ),
    Command(
        "whole", "play", say("Whole map"),
        lambda window: window.session.move(stepping=not window.session.cursor.stepping), ("M",), "whole", has_steps,
        checked=lambda window: not window.session.cursor.stepping,
        tip=say("Show the whole feature map at once, or let it grow step by step"),
    ),
    _level("network", say("All maps of the network"), "Ctrl+Alt+1"),
    _level("channels", say("The channels of one filter"), "Ctrl+Alt+2"),
    _level("cell", say("One cell, step by step"), "Ctrl+Alt+3"),
    Command(
        "up", "view", say("Further away"), lambda window: window.go_further(), ("Backspace",),
        enabled=lambda window: window.session.cursor.level != LEVELS[0],
        tip=say("From the cell to the channels, from these to the network; Esc does it too"),
    ),
    Command(
        "pin", "view", say("Pin the receptive field"), lambda window: window.toggle_pin(), ("P",),
        checked=lambda window: window.session.pinned is not None,
        tip=say("Keep marked what the cell under the pointer, or the chosen one, depends on in every map before it"),
    ),
    below(_layer(-1)),
    _layer(1),
    _filter(-1),
    _filter(1),
    *COLUMN_COMMANDS,
    Command(
        "zoom_in", "view", say("Enlarge"), lambda window: window.stage.zoom_by(1.25), (Key.ZoomIn, "Ctrl++", "Ctrl+="),
        line=True, repeats=True,
    ),
    Command(
        "zoom_out", "view", say("Reduce"), lambda window: window.stage.zoom_by(0.8), (Key.ZoomOut, "Ctrl+-"),
        repeats=True,
    ),
    Command("zoom_fit", "view", say("Fit into the window"), lambda window: window.stage.zoom_to_fit(), ("Ctrl+0",)),
    Command(
        "compare", "view", say("Compare two settings"), _toggle_comparison, ("C",),
        enabled=has_steps, checked=lambda window: window.workbench.compare.active, line=True,
        tip=say("The layer beside the same layer with one setting changed, on one input"),
    ),
    Command(
        "differences", "view", say("Show differences"),
        lambda window: window.session.show_differences(window.session.baseline is None), ("D",),
        checked=lambda window: window.session.baseline is not None,
        tip=say("From now on draw what changes in every map, until you dismiss it"),
    ),
    below(_setting("animation", say("Animation"), say("Let windows slide and layers change smoothly"))),
    _setting("fixed_scale", say("Keep the colour limits"), say("Colours keep their meaning while the values change")),
    below(_scope("map", say("Colours: each map by itself"))),
    _scope("layer", say("Colours: one scale for each layer")),
    _scope("network", say("Colours: one scale for the network")),
    below(_theme("system", say("Colours of the system"))),
    _theme("light", say("Light")),
    _theme("dark", say("Dark")),
    below(_language("en", say("English"))),
    _language("zh_CN", say("中文")),
    Command(
        "present", "view", say("Present"), lambda window: window.set_presenting(not window.presenting), ("F11",),
        "present", checked=lambda window: window.presenting, line=True,
        tip=say("Only the stage, large enough for the back row"),
    ),
    Command(
        "leave", "view", say("Leave Present mode"), lambda window: window.set_presenting(False), ("Esc",),
        enabled=lambda window: window.presenting,
    ),
    Command(
        "sheet", "help", say("Keys and gestures"), lambda window: window.show_shortcut_sheet(), ("F1", "?"), "keyboard"
    ),
    Command("about", "help", say("About CNN Explorer"), lambda window: window.show_about()),
)  # fmt: skip

"""The commands of the menu Train. What they need is made when it is first used, so asking makes nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from cnn_explorer.network.sentence import say
from cnn_explorer.views.command import Asks, Command, below

if TYPE_CHECKING:
    from cnn_explorer.views.main_window import MainWindow


def _does(name: str) -> Callable[[MainWindow], object]:
    """What the window's Learning does under this name."""
    return lambda window: getattr(window.learning, name)()


def _asks(holds: Callable[[Any], bool]) -> Asks:
    """Whether something holds for the training; not where there is none yet."""
    return lambda window: window.has_learning and holds(window.learning.training)


TRAIN_COMMANDS = (
    Command(
        "train_go", "train", say("Start, pause or go on"), _does("go"), ("Ctrl+Return",), "play",
        checked=_asks(lambda training: training.state == "running"),
        tip=say("Train the network from the images that are chosen in the tab"),
    ),
    Command(
        "train_stop", "train", say("Stop the training"), _does("stop"), ("Ctrl+Shift+Return",),
        enabled=_asks(lambda training: training.active), tip=say("End now: save what it has learnt, and test it"),
    ),
    below(
        Command(
            "tab_train", "train", say("Data, settings and course"), _does("show_panel"), ("Alt+4",),
            checked=lambda window: window.workbench.right_column.shown == "train",
        )
    ),
    Command(
        "update", "train", say("One step of learning…"), _does("show_update"), ("Ctrl+Shift+U",),
        tip=say("Weights minus learning rate times gradient, with numbers"),
    ),
    Command(
        "kernel_search", "train", say("Find the kernel…"), _does("show_kernel_search"), ("Ctrl+Shift+K",),
        tip=say("Learn one kernel from one picture, by itself or by hand"),
    ),
    Command(
        "confusion", "train", say("Confusion matrix…"), _does("show_confusion"), ("Ctrl+Shift+M",),
        enabled=_asks(lambda training: training.result is not None),
        tip=say("Which classes are taken for which, and the images"),
    ),
    Command(
        "save_model", "train", say("Save model…"), _does("save_model"),
        enabled=_asks(lambda training: bool(training.saved) and not training.active),
        tip=say("Save as .keras, with the course of the training"),
    ),
)  # fmt: skip

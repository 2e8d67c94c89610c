"""What a journey can't ask the program, since it sees it only from outside: where things are, how they should look.

`python -m tests.journeys.places QUESTION` builds the same window without a screen, and prints places as JSON. Of the
QUESTION, JSON too, "size" is the window's [width, height]. With "picture", a path, "map" is what the convolution's
output should be, (rows, columns), "layer" the fields of it that were changed, and "step" how many cells are reached.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import numpy as np
from PySide6.QtCore import QPoint, QRect, QRectF
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from cnn_explorer.app import make_application
from cnn_explorer.network.arrays import Floats, frozen
from cnn_explorer.network.presets import default_document
from cnn_explorer.network.results import Evaluation, channel_limits
from cnn_explorer.network.sentence import say
from cnn_explorer.session.language import Language
from cnn_explorer.session.playback import Playback
from cnn_explorer.session.session import Session
from cnn_explorer.session.settings import Settings
from cnn_explorer.views.banner import Answer, Message
from cnn_explorer.views.main_window import MainWindow
from cnn_explorer.views.stage_layout import Grid
from cnn_explorer.views.theme import theme

# As wide as a message may be, so that its middle is on the words of any other, too.
LONG = "A message that is as long as those which the program tells, or even a little longer than any of these."


def main(question: dict[str, Any]) -> None:
    """Print the places; save the picture, where one is asked for."""
    make_application()
    theme.use("light")
    settings = Settings()
    settings.set("animation", False)
    session = Session(default_document())
    window = MainWindow(session, settings, Playback(session), Language())
    window.resize(*question["size"])
    window.show()
    if "picture" in question:
        show_map(session, question["layer"], frozen(np.array(question["map"])), question["step"])
        settle()
        window.grab().save(question["picture"])
        places = {}
    else:
        window.banner.show_message(Message(say(LONG), (Answer(say("Restore"), print), Answer(say("Discard"), print))))
        settle()
        places = dict(points(window))
    print(json.dumps(places | rectangles(window)))
    sys.stdout.flush()
    os._exit(0)


def show_map(session: Session, layer: dict[str, Any], plane: Floats, step: int) -> None:
    """The stage as if somebody had computed `plane`: nothing is computed here."""
    document = session.document
    document = document.with_layer(0, replace(document.network.layers[0], **layer))
    maps = [document.image.pixels, frozen(plane[:, :, np.newaxis])]
    for later in document.network.layers[1:]:
        maps.append(frozen(later.forward(maps[-1])))
    session.edit(document, say("Change"))
    session.show(Evaluation(document, tuple(maps), tuple(map(channel_limits, maps)), "nobody", 0.0))
    session.move_to_step(step - 1)


def settle() -> None:
    """Let layouts and texts come to rest."""
    for _ in range(4):
        QApplication.processEvents()


def points(window: MainWindow) -> Iterator[tuple[str, list[int]]]:
    """Where to click: each button by its name, the pixels, the weights. And where the words of a message are."""
    for made in window.findChildren(QAbstractButton):
        if made.isVisible():
            yield name(made), middle(window, made, made.rect())
    canvas, stage = window.workbench.input_panel.canvas, window.stage
    assert stage.plan is not None
    assert stage.plan.middle is not None
    yield from cells(window, canvas, canvas.grid, "pixel")
    yield from cells(window, stage, stage.plan.middle, "weight")
    yield "message", corners(window, window.banner.label, QRectF(window.banner.label.rect()))


def cells(window: QWidget, widget: QWidget, grid: Grid, what: str) -> Iterator[tuple[str, list[int]]]:
    """The middles of a grid's cells, named "pixel 1 7"."""
    for row, column in np.ndindex(grid.rows, grid.columns):
        yield f"{what} {row + 1} {column + 1}", middle(window, widget, grid.rect(row, column).toRect())


def rectangles(window: MainWindow) -> dict[str, list[int]]:
    """Where to look, left, top, right and bottom: the feature map and the name of what computes."""
    stage, engine = window.stage, window.status_line.engine
    assert stage.plan is not None
    assert stage.plan.output is not None
    return {
        "map": corners(window, stage, stage.plan.output.view),
        "engine": corners(window, engine, QRectF(engine.rect())),
        "stage": corners(window, stage, QRectF(stage.rect())),
    }


def corners(window: QWidget, widget: QWidget, part: QRectF) -> list[int]:
    """Left, top, right, bottom of a part of a widget, from the window's corner; whole pixels inside it."""
    first = widget.mapTo(window, QPoint(int(np.ceil(part.left())), int(np.ceil(part.top()))))
    last = widget.mapTo(window, QPoint(int(part.right()), int(part.bottom())))
    return [first.x(), first.y(), last.x(), last.y()]


def middle(window: QWidget, widget: QWidget, part: QRect) -> list[int]:
    """The middle of a part of a widget, from the window's corner."""
    place = widget.mapTo(window, part.center())
    return [place.x(), place.y()]


def name(button: QAbstractButton) -> str:
    """The field that a button belongs to and its text, as in "Padding: same"; elsewhere what it is called."""
    parent: QWidget | None = button.parentWidget()
    while parent is not None and not hasattr(parent, "caption"):
        parent = parent.parentWidget()
    return button.accessibleName() if parent is None else f"{parent.caption.text()}: {button.text()}"


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))

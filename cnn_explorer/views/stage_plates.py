"""What stands in the middle of the stage where no kernel and no window does: a plate with the layer's numbers on it.

Which plate it is follows from how the layer combines its window, never from the layer's type.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from cnn_explorer.network.reasons import grouped
from cnn_explorer.network.written_formulas import plain_text
from cnn_explorer.session.language import tr
from cnn_explorer.views.arithmetic_lines import Told
from cnn_explorer.views.arithmetic_words import Line, Word
from cnn_explorer.views.joining_words import joined_rows
from cnn_explorer.views.plate import Plate
from cnn_explorer.views.plate_columns import paint_softmax
from cnn_explorer.views.stage_scene import Scene
from cnn_explorer.views.stage_words import JOINED, combination, input_cell_name, is_padding, output_cell_name
from cnn_explorer.views.theme import theme

LARGEST_WINDOW = 8
"""A pooling's window with more rows or columns is not drawn cell by cell in the middle: it is the map beside it."""


def plate_of(scene: Scene) -> str:
    """The name of the plate in the middle of this scene; "" where a grid of cells, or nothing, stands there."""
    if not scene.layer.enabled:
        return ""
    if hasattr(scene.layer, "curve") and not getattr(scene.layer, "over_channels", False):
        return "function"
    if scene.kernel is not None:
        return ""
    name = combination(scene)
    if name in ("maximum", "mean"):
        return name if max(scene.rows.kernel, scene.columns.kernel) > LARGEST_WINDOW else ""
    return name


def dropped_cells(scene: Scene) -> np.ndarray | None:
    """(rows, columns): the cells of the shown output that a mask has dropped; None where there is no mask."""
    if combination(scene) != "dropout":
        return None
    kept: np.ndarray = scene.layer.mask(scene.shape)  # type: ignore[attr-defined]
    return ~kept[..., scene.filter]


def is_tall(name: str) -> bool:
    """Whether a plate is large and taller than it is wide: those with tables on them."""
    return name in ("normalise", "softmax")


def paint_plate(plate: Plate) -> None:
    """The plate for the cell under the cursor. The curve of a function is not among them."""
    plate.paint_ground()
    _PLATES[combination(plate.scene)](plate)


def _paint_statistics(plate: Plate) -> None:
    """Mean and variance of the batch against the moving ones, and what is learnt: gamma and beta."""
    facts, inside = plate.found.facts, plate.inside
    training = facts["training"] > 0
    rows: list[Line] = [[[], [Word(tr("mean") + "   ")], [Word(tr("variance"))]]]
    for name, which, used in ((tr("batch"), "batch", training), (tr("moving"), "moving", not training)):
        numbers = (facts[f"{which}_mean"], facts[f"{which}_variance"])
        rows.append(_row(name, [plain_text(number) for number in numbers], used))
    for name in ("gamma", "beta", "epsilon"):
        rows.append([[Word(name + "   ")], [Word(" "), Word(plain_text(facts[name]), "kernel", True)], []])
    low = inside.bottom() - plate.size * 2.8
    plate.paint_lines(rows, QRectF(inside.left() + 4, inside.top(), inside.width() - 8, low - inside.top()))
    text = tr("In training the batch's own are used.") if training else tr("In use the moving ones are used.")
    plate.paint_sentence(QRectF(inside.left(), low, inside.width(), inside.bottom() - low), text)


def _row(name: str, numbers: list[str], used: bool) -> Line:
    role = "kernel" if used else "faint_text"
    mean, variance = ([Word(" "), Word(number, role, used, used), Word("   ")] for number in numbers)
    return [[Word(name + "   ", "text" if used else "quiet", used)], mean, variance]


def _paint_dropout(plate: Plate) -> None:
    """What kept and dropped cells are multiplied with, and why."""
    rate, kept = plate.found.facts["rate"], plate.found.facts["kept"] > 0
    rows: list[Line] = [
        [
            [Word(tr("kept") + "   ", "text" if kept else "quiet", kept)],
            [Word(" "), Word(f"× {plain_text(1 / (1 - rate))}", "kernel", True, marked=kept)],
        ],
        [
            [Word(tr("dropped") + "   ", "quiet" if kept else "text", not kept)],
            [Word(" "), Word("× 0", "kernel", True, marked=not kept)],
        ],
    ]
    inside = plate.inside
    half = inside.height() * 0.42
    plate.paint_lines(rows, QRectF(inside.left() + 4, inside.top(), inside.width() - 8, half))
    text = tr("In training each step drops other cells by chance; those that are kept make up for them.")
    plate.paint_sentence(QRectF(inside.left(), inside.top() + half, inside.width(), inside.height() - half), text)


def _paint_moved(plate: Plate) -> None:
    """From which cell to which, with an arrow between."""
    scene, window = plate.scene, plate.found.window
    source = tr("a zero around the input") if is_padding(scene, window) else input_cell_name(scene, window)
    target = tr("output {cell}", cell=output_cell_name(scene, plate.row, plate.column))
    if hasattr(scene.layer, "mask"):
        target = tr("In use nothing is dropped: that is for training.")
    _paint_arrow(plate, source, target)


def _paint_unexplained(plate: Plate) -> None:
    """The number, and who made it of what."""
    above = tr("Keras computes {label}", label=plate.scene.layer.label())
    _paint_arrow(plate, above, tr("How it works is not explained here."))


def _paint_joined(plate: Plate) -> None:
    """The value of each map, and what they come to."""
    scene = plate.scene
    told = Told(scene, plate.found, plate.row, plate.column, _shown(plate))
    plate.paint_lines(joined_rows(told), plate.inside.adjusted(4, 0, -4, 0))


def _shown(plate: Plate) -> float:
    output = plate.scene.output
    return plate.found.result if output is None else float(output[plate.row, plate.column])


def _paint_pooled(plate: Plate) -> None:
    """All values of a map and the one number that they become."""
    found = plate.found
    count = grouped(int(found.counted.sum()))
    if found.winner is None:
        _paint_arrow(plate, tr("the mean of {count} values", count=count), "")
        return
    row, column = found.winner
    place = tr("it stands in row {row}, column {column}", row=row + 1, column=column + 1)
    _paint_arrow(plate, tr("the largest of {count} values", count=count), place)


def _paint_arrow(plate: Plate, above: str, below: str) -> None:
    """An arrow to the right with the number on it, a text above and one below."""
    inside, painter, size = plate.inside, plate.painter, plate.size
    third = inside.height() / 3
    plate.paint_sentence(QRectF(inside.left(), inside.top(), inside.width(), third), above)
    plate.paint_sentence(QRectF(inside.left(), inside.bottom() - third, inside.width(), third), below)
    middle, half = inside.center(), inside.width() * 0.38
    base = middle.y() + size * 0.6
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.role("window"), 2.2))
    painter.drawLine(QPointF(middle.x() - half, base), QPointF(middle.x() + half - size * 0.4, base))
    painter.setBrush(theme.role("window"))
    tip = QPointF(middle.x() + half, base)
    painter.drawPolygon(
        QPolygonF([tip, tip + QPointF(-size * 0.6, -size * 0.34), tip + QPointF(-size * 0.6, size * 0.34)])
    )
    painter.setBrush(Qt.BrushStyle.NoBrush)
    number = plate.scene.digits.output.text(plate.found.result)
    plate.paint_text(
        QRectF(inside.left(), base - size * 1.9, inside.width(), size * 1.7), number, "output", size * 1.2, True
    )


_PLATES: dict[str, Callable[[Plate], None]] = {
    "softmax": paint_softmax,
    "normalise": _paint_statistics,
    "dropout": _paint_dropout,
    "same": _paint_moved,
    "unexplained": _paint_unexplained,
    JOINED: _paint_joined,
    "maximum": _paint_pooled,
    "mean": _paint_pooled,
}
"""The plate of each combination."""

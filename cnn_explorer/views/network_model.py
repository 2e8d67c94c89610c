"""The table of the whole network as Qt's tables take it: a row for each layer, the focused one in bold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont

from cnn_explorer.network.reasons import grouped
from cnn_explorer.network.sentence import Sentence, say
from cnn_explorer.network.summary import INPUT, Row, Summary
from cnn_explorer.session.language import tr, translated
from cnn_explorer.views.theme import theme

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Column:
    """A heading with its tooltip, what stands below it (a text or a number), and the attribute with the total."""

    heading: Sentence
    tip: Sentence
    value: Callable[[Row], str | int]
    total: str = ""


def _name(row: Row) -> str:
    if row.layer == INPUT:
        return tr("Input")
    return row.name if row.enabled else tr("{layer} (off)", layer=row.name)


UNKNOWN = "—"

COLUMNS = (
    Column(say("No."), say("The layer's place in the network"), lambda row: str(row.layer + 1 or "")),
    Column(say("Layer"), say("The layer's name, or its type and size"), _name),
    Column(say("Type"), say("The layer's type, as Keras calls it"), lambda row: row.kind if row.layer != INPUT else ""),
    Column(say("Output"), say("Rows, columns and channels of the output"), lambda row: row.shape),
    Column(
        say("Parameters"), say("Weights and biases that training changes"), lambda row: row.parameters, "parameters"
    ),
    Column(
        say("Multiply-adds"), say("Multiplications, each with its addition, for one image"),
        lambda row: UNKNOWN if row.multiply_adds is None else row.multiply_adds, "multiply_adds",
    ),
    Column(
        say("Memory (bytes)"), say("Of the output for one image: four bytes for each number"),
        lambda row: row.memory, "memory",
    ),
)  # fmt: skip


def headings() -> list[str]:
    """What stands over the columns."""
    return [translated(column.heading) for column in COLUMNS]


def row_values(row: Row) -> list[str | int]:
    """A row of the table, its numbers as numbers."""
    return [column.value(row) for column in COLUMNS]


def total_values(table: Summary) -> list[str | int]:
    """The row of totals, its numbers as numbers."""
    values: list[str | int] = [getattr(table, column.total) if column.total else "" for column in COLUMNS]
    if not table.all_known:
        values = [
            f"≥ {grouped(table.multiply_adds)}" if column.total == "multiply_adds" else value
            for column, value in zip(COLUMNS, values, strict=True)
        ]
    return [values[0], tr("Total"), *values[2:]]


class RowsModel(QAbstractTableModel):
    """Rows of texts and numbers under COLUMNS; `bold` is one that is written so, on `ground` (a role, "" for none)."""

    def __init__(self, ground: str = "") -> None:
        super().__init__()
        self.rows: list[list[str | int]] = []
        self.bold = -1
        self.ground = ground

    def set_rows(self, rows: list[list[str | int]]) -> None:
        """Show other rows; as long as there are as many, the selection stays."""
        if len(rows) == len(self.rows):
            self.rows = rows
            self._tell(0, len(rows) - 1)
        else:
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()

    def set_bold(self, row: int) -> None:
        """Write another row in bold, -1 for none."""
        before, self.bold = self.bold, row
        for each in (before, row):
            if 0 <= each < len(self.rows):
                self._tell(each, each)

    def _tell(self, first: int, last: int) -> None:
        self.dataChanged.emit(self.index(first, 0), self.index(last, len(COLUMNS) - 1))

    def retranslate(self) -> None:
        """The headings are others; rows are set anew by whoever set them."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        answer = _ANSWERS.get(role)
        return answer(self, index.row(), index.column()) if answer else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return translated(COLUMNS[section].heading)
        if role == Qt.ItemDataRole.ToolTipRole:
            return translated(COLUMNS[section].tip)
        return _alignment(section) if role == Qt.ItemDataRole.TextAlignmentRole else None


def _text(model: RowsModel, row: int, column: int) -> str:
    value = model.rows[row][column]
    return value if isinstance(value, str) else grouped(value)


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if COLUMNS[column].total else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _font(model: RowsModel, row: int, column: int) -> QFont | None:
    if row != model.bold:
        return None
    font = QFont()
    font.setBold(True)
    return font


def _ground(model: RowsModel, row: int, column: int) -> Any:
    return theme.role(model.ground) if model.ground and row == model.bold else None


_ANSWERS: dict[int, Callable[[RowsModel, int, int], Any]] = {
    Qt.ItemDataRole.DisplayRole: _text,
    Qt.ItemDataRole.ToolTipRole: _text,
    Qt.ItemDataRole.TextAlignmentRole: lambda model, row, column: _alignment(column),
    Qt.ItemDataRole.FontRole: _font,
    Qt.ItemDataRole.BackgroundRole: _ground,
}

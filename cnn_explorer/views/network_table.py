"""What the whole network costs, layer by layer, in a window of its own that stays open beside the work."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QDialog, QFileDialog, QHBoxLayout, QHeaderView, QTableView, QWidget

from cnn_explorer.files.opening import display_name
from cnn_explorer.network.reasons import bytes_text, grouped
from cnn_explorer.network.sentence import Refused, Sentence, say
from cnn_explorer.network.summary import NUMBER_BYTES, Summary, summary, to_csv, to_tabs
from cnn_explorer.session.language import tr, translated
from cnn_explorer.session.session import Session
from cnn_explorer.session.settings import Settings
from cnn_explorer.views.controls import button, describe, in_column, label, line
from cnn_explorer.views.network_model import COLUMNS, RowsModel, headings, row_values, total_values
from cnn_explorer.views.theme import theme

NAME_COLUMN = 1
MOST_ROWS = 16
"""Rows that the window makes room for when it opens; of more, the totals stay in view."""
ROW_HEIGHT = 28
PADDING = 8


class NetworkTable(QDialog):
    """The rows of `summary` with their totals, live. A row that is clicked or walked to is the layer in focus."""

    def __init__(self, session: Session, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._settings = session, settings
        self._table = Summary(())
        self._message: Sentence | None = None
        self._was_shown = False
        self.rows, self.totals = RowsModel("accent_soft"), RowsModel()
        self.view, self.footer = _table_view(self.rows), _table_view(self.totals)
        self.problem, self.note, self.message = label("problem"), label("quiet"), label("quiet")
        self.copy_all, self.export = button(self.copy_table), button(self.export_csv)
        self._lay_out()
        QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self, self.copy_selected)
        self.view.selectionModel().currentRowChanged.connect(self._row_chosen)
        self.view.clicked.connect(self._row_chosen)
        self.view.horizontalHeader().sectionResized.connect(lambda at, old, new: self.footer.setColumnWidth(at, new))
        scroll = self.view.horizontalScrollBar()
        scroll.valueChanged.connect(self.footer.horizontalScrollBar().setValue)
        session.evaluated.connect(self.draw_changes)
        session.cursor_moved.connect(self._show_focus)
        theme.changed.connect(self.view.viewport().update)
        self.retranslate()

    def _lay_out(self) -> None:
        self.footer.horizontalHeader().hide()
        self.footer.horizontalHeader().setStretchLastSection(False)  # its columns are those of the table
        self.footer.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.footer.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.footer.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.footer.setFixedHeight(ROW_HEIGHT + 4)
        for text in (self.problem, self.note, self.message):
            text.setWordWrap(True)
        for text in (self.problem, self.note):
            text.setContentsMargins(10, 8, 10, 0)
        below = QHBoxLayout()
        below.setContentsMargins(10, 10, 10, 12)
        below.setSpacing(8)
        below.addWidget(self.message, 1)
        for made in (self.copy_all, self.export):
            below.addWidget(made)
        column = in_column(self, self.view, line(), self.footer, line(), self.problem, self.note)
        column.setStretch(0, 1)
        column.addLayout(below)

    def _fit(self) -> None:
        """As large as the table, within the screen."""
        screen, header = self.screen().availableSize(), self.view.horizontalHeader()
        wide = header.length() + self.view.verticalScrollBar().sizeHint().width() + 4
        wide = min(wide, screen.width() - 40)
        rest = sum(each.sizeHint().height() for each in (header, self.export)) + self.footer.height() + 40
        high = ROW_HEIGHT * min(self.rows.rowCount(), MOST_ROWS) + rest + self.note.heightForWidth(wide)
        self.resize(wide, min(high, screen.height() - 80))

    # what is shown

    def redraw(self) -> None:
        """Show the table of the newest document."""
        document = self._session.document
        self._table = summary(document.network, document.image.shape)
        self.rows.set_rows([row_values(row) for row in self._table.rows])
        self.totals.set_rows([total_values(self._table)])
        self.totals.set_bold(0)
        problem = self._table.problem
        if problem is not None:
            layer = document.network.layers[problem.layer]
            places = {"number": problem.layer + 1, "layer": layer.name or layer.label()}
            self.problem.setText(tr("Layer {number}, {layer}: {reason}", reason=translated(problem.sentence), **places))
        self.problem.setVisible(problem is not None)
        self.note.setText(self._note())
        self._widen()
        self._show_focus()

    def _note(self) -> str:
        table = self._table
        sizes = {"parameters": NUMBER_BYTES * (table.parameters + table.kept), "maps": table.memory}
        written = {name: translated(bytes_text(size)) for name, size in sizes.items()}
        said = tr("As 32-bit numbers: parameters {parameters}, all maps of one image {maps}.", **written)
        if not table.kept:
            return said
        counts = {"kept": grouped(table.kept), "all": grouped(table.parameters + table.kept)}
        more = tr("Besides, {kept} numbers are kept but not trained; Keras counts them too: {all} in all.", **counts)
        return f"{said} {more}"

    def draw_changes(self) -> None:
        """Drawing on the image and editing a weight change no cost."""
        document = self._session.document
        if self.isVisible() and summary(document.network, document.image.shape) != self._table:
            self.redraw()

    def _widen(self) -> None:
        """Columns become as wide as what stands in them, and never narrower: nothing moves while numbers change."""
        for column in range(len(COLUMNS)):
            hints = [view.sizeHintForColumn(column) + PADDING for view in (self.view, self.footer)]
            header = self.view.horizontalHeader().sectionSizeHint(column)
            self.view.setColumnWidth(column, max(*hints, header, self.view.columnWidth(column)))

    def _show_focus(self) -> None:
        at = next((at for at, row in enumerate(self._table.rows) if row.layer == self._session.cursor.layer), -1)
        self.rows.set_bold(at)
        index, selection = self.rows.index(at, NAME_COLUMN), self.view.selectionModel()
        if at >= 0 and selection.currentIndex().row() != at:
            if not selection.isRowSelected(at):
                selection.clearSelection()
            selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
            self.view.scrollTo(index)

    def _row_chosen(self, index: QModelIndex) -> None:
        if index.isValid():
            layer = self._table.rows[index.row()].layer
            if layer != self._session.cursor.layer:
                self._session.select(layer)

    # what is taken along

    def copy_selected(self) -> None:
        """Put the selected rows on the clipboard, or the table where none are."""
        chosen = sorted(index.row() for index in self.view.selectionModel().selectedRows())
        if not chosen:
            self.copy_table()
            return
        self._copy(self.rows.rows[at] for at in chosen)
        self._tell(say("{count} rows were copied: paste them into a spreadsheet.", count=len(chosen)))

    def copy_table(self) -> None:
        """Put the whole table on the clipboard, its totals too."""
        self._copy([*self.rows.rows, *self.totals.rows])
        self._tell(say("The table was copied: paste it into a spreadsheet."))

    def _copy(self, rows: Iterable[list[str | int]]) -> None:
        QGuiApplication.clipboard().setText(to_tabs([headings(), *rows]))

    def export_csv(self) -> None:
        """Ask for a file and write the table to it."""
        path = self._ask_for_file()
        if path:
            self.export_to(path)

    def export_to(self, path: str) -> bool:
        """Write the table to a file; False where it was refused, which the window then tells."""
        from cnn_explorer.files.atomic import atomic_write

        try:
            atomic_write(path, to_csv(self._table).encode("utf-8"))
        except Refused as refused:
            self._tell(refused.sentence, "problem")
            return False
        self._tell(say("Saved as {file}.", file=display_name(path)))
        return True

    def _ask_for_file(self) -> str:
        dialog = QFileDialog(self, tr("Export as CSV"), self._settings.values.folder)
        dialog.setNameFilters([tr("Tables ({patterns})", patterns="*.csv")])
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        dialog.selectFile(f"{Path(self._session.path).stem or 'network'}.csv")
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        chosen = dialog.selectedFiles()
        dialog.deleteLater()
        return chosen[0] if accepted and chosen else ""

    def _tell(self, message: Sentence, role: str = "quiet") -> None:
        self._message = message
        self.message.setText(translated(message))
        self.message.setProperty("role", role)
        self.message.style().polish(self.message)

    # language and life

    def retranslate(self) -> None:
        """Set every text."""
        self.setWindowTitle(tr("Network table"))
        describe(self.view, tr("Layers of the network"), tr("Click a row to look at that layer"))
        describe(self.footer, tr("Totals of the network"))
        for made, text, tip in (
            (self.copy_all, tr("Copy table"), tr("Copy all rows as text for a spreadsheet")),
            (self.export, tr("Export as CSV…"), tr("Write the table to a file that spreadsheets and programs read")),
        ):
            made.setText(text)
            describe(made, text, tip)
        self.message.setText(translated(self._message) if self._message else "")
        self.rows.retranslate()
        self.redraw()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.redraw()
        if not self._was_shown:  # only now are the widths of the texts known
            self._was_shown = True
            self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


def _table_view(model: RowsModel) -> QTableView:
    view = QTableView()
    view.setModel(model)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setShowGrid(False)
    view.setWordWrap(False)
    view.setFrameShape(QTableView.Shape.NoFrame)
    view.verticalHeader().hide()
    view.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
    view.setTabKeyNavigation(False)
    header = view.horizontalHeader()
    header.setHighlightSections(False)
    header.setDefaultSectionSize(header.minimumSectionSize())
    header.setStretchLastSection(True)
    header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    return view

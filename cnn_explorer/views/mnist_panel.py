"""MNIST as the source of the input: one of 70,000 digits, filtered, walked through, or chosen from the wall."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QHideEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from cnn_explorer.files.digits import CLASSES, Digits
from cnn_explorer.files.remote import download_mnist
from cnn_explorer.session.language import tr
from cnn_explorer.session.session import Session
from cnn_explorer.session.settings import Settings
from cnn_explorer.views.controls import button, describe, label
from cnn_explorer.views.mnist_browser import IndexBox, MnistBrowser, count_text, split_names
from cnn_explorer.views.mnist_selection import SPLITS, DigitSelection
from cnn_explorer.views.mnist_source import Download, MnistSource
from cnn_explorer.views.mnist_wall import MnistWall


class MnistPanel(QWidget):
    """Without data, the offers of MnistSource; with them, the current digit, the filter and a small wall.

    The file is kept in the settings and read again, on a thread, when the panel is next shown. `pointed` tells what the
    pointer is on, `refused` carries the Sentence of what failed (the panel shows it too).
    """

    pointed = Signal(str)
    refused = Signal(object)

    def __init__(
        self, session: Session, settings: Settings, parent: QWidget | None = None, download: Download = download_mnist
    ) -> None:
        super().__init__(parent)
        self.selection, self._inspection = DigitSelection(session, self), session.inspection
        self.source = MnistSource(settings, download)
        self.browser = MnistBrowser(self.selection, self)
        self.title, self.which, self.count = label("heading"), label("quiet"), label("quiet")
        self.index_label, self.index = label(), IndexBox(self.selection)
        self.previous = button(partial(self._step, -1))
        self.random = button(self.selection.choose_random)
        self.next = button(partial(self._step, 1))
        self.digit_box, self.split_box = QComboBox(), QComboBox()
        self.wall = MnistWall(self.selection)
        self.wall.setMinimumHeight(self.wall.sizeHint().height())
        self.browse = button(self._browse)
        self.other_file = button(self.source.ask_for_file)
        self.chooser = QWidget()
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        current = QGridLayout()
        current.setVerticalSpacing(2)
        current.addWidget(self.title, 0, 0)
        current.addWidget(self.which, 1, 0)
        current.addWidget(self.index_label, 0, 1)
        current.addWidget(self.index, 1, 1, Qt.AlignmentFlag.AlignRight)
        current.setColumnStretch(0, 1)
        column = QVBoxLayout(self.chooser)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(current)
        column.addLayout(_row(self.previous, self.random, self.next))
        column.addLayout(_row(self.digit_box, self.split_box))
        # Above the wall: on a small screen what is below it has to be scrolled to.
        column.addLayout(_row(self.browse, self.other_file))
        column.addWidget(self.count)
        column.addWidget(self.wall, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.source)
        whole.addWidget(self.chooser, 1)
        whole.addStretch(0)

    def _connect(self) -> None:
        self.digit_box.activated.connect(self._filter)
        self.split_box.activated.connect(self._filter)
        self.source.found.connect(self.use_digits)
        self.source.refused.connect(self.refused)
        for told in (self.selection.changed, self.selection.moved):
            told.connect(self.redraw)
        for told in (self.wall.pointed, self.browser.pointed):
            told.connect(self.pointed)

    # What is done

    def use_digits(self, digits: Digits, path: str, choose: bool = True) -> None:
        """Show these digits from now on; `choose` makes the first of them the input, unless a digit is already."""
        self.source.keep(path)
        self.selection.use(digits)
        self._inspection.use_digits(digits)
        if choose and self.selection.current is None:
            self.selection.choose(0)

    def _step(self, by: int) -> None:
        self.selection.walk(by)
        self.selection.end_walk()

    def _filter(self) -> None:
        digit = self.digit_box.currentIndex() - 1
        self.selection.filter(digit if digit >= 0 else None, SPLITS[self.split_box.currentIndex()])

    def _browse(self) -> None:
        self.browser.open_over(self.window())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        known = self._inspection.digits
        if self.selection.digits is None and known is not None:  # another panel has read them
            self.use_digits(known, self.source.kept, choose=False)
        elif self.selection.digits is None:
            self.source.open_kept()

    def hideEvent(self, event: QHideEvent) -> None:
        if not event.spontaneous():  # another source is shown, not the window minimised
            self.browser.hide()
        super().hideEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.stop()
        super().closeEvent(event)

    def stop(self) -> None:
        """Drop what is being read or downloaded, and wait for the thread."""
        self.source.stop()

    # What is shown

    def redraw(self) -> None:
        """Show the data, the filter and the current digit from nothing."""
        selection = self.selection
        self.chooser.setVisible(selection.digits is not None)
        self.source.offers.setVisible(selection.digits is None)
        self.digit_box.setCurrentIndex(0 if selection.digit is None else selection.digit + 1)
        self.digit_box.setEnabled(selection.digits is not None and selection.digits.labels is not None)
        self.split_box.setCurrentIndex(SPLITS.index(selection.split))
        self.count.setText(count_text(selection))
        place, several = selection.place(), len(selection.indices) > 1
        self.random.setEnabled(several)
        self.previous.setEnabled(several and place != 0)
        self.next.setEnabled(several and place != len(selection.indices) - 1)
        self._show_current()
        self.index.retranslate()

    def _show_current(self) -> None:
        current, digits = self.selection.current, self.selection.digits
        if current is None or digits is None:
            self.title.setText(tr("No digit chosen"))
            self.which.setText("")
            return
        digit, number = self.selection.label(current), current - digits.train_count
        test, train = tr("test image {number}", number=number), tr("training image {number}", number=current)
        self.title.setText(tr("Unlabelled") if digit is None else tr("Digit {digit}", digit=digit))
        self.which.setText(test if number >= 0 else train)

    def retranslate(self) -> None:
        """Every text in the language in use."""
        for made, text, tip in (
            (self.previous, tr("Previous"), tr("The digit before, of those shown")),
            (self.random, tr("Random"), tr("Choose one of the images shown by chance")),
            (self.next, tr("Next"), tr("The digit after, of those shown")),
            (self.browse, tr("Browse all…"), tr("All digits in a large window")),
            (self.other_file, tr("Other file…"), tr("Open another mnist.npz or IDX file")),
        ):
            made.setText(text)
            describe(made, text.removesuffix("…"), tip)
        self.index_label.setText(tr("Index"))
        digits = [tr("All digits"), *map(str, range(CLASSES))]
        for box, texts in ((self.digit_box, digits), (self.split_box, split_names())):
            box.clear()
            box.addItems(texts)
        describe(self.digit_box, tr("Digit"), tr("Show only images of one digit"))
        describe(self.split_box, tr("Part of the data"), tr("Training images, test images, or both"))
        self.redraw()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(4)
    for widget in widgets:
        row.addWidget(widget, 1)
    return row

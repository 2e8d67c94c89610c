"""The wall of digits in a window of its own, large, with its filter above; the program behind it goes on."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from cnn_explorer.session.language import tr
from cnn_explorer.views.controls import Segmented, button, describe, label
from cnn_explorer.views.mnist_selection import SPLITS, DigitSelection
from cnn_explorer.views.mnist_wall import PITCHES, MnistWall
from cnn_explorer.views.plain_spin import PlainSpin

NONE = -1


class IndexBox(PlainSpin):
    """The index of the current digit; another one typed is chosen."""

    def __init__(self, selection: DigitSelection, parent: QWidget | None = None) -> None:
        super().__init__(76, parent)
        self._selection = selection
        self.valueChanged.connect(self._choose)
        for told in (selection.changed, selection.moved):
            told.connect(self.redraw)
        self.redraw()

    def redraw(self) -> None:
        """Show the current digit's index, a dash where there is none."""
        digits, current = self._selection.digits, self._selection.current
        low = NONE if current is None else 0
        # Without a digit the least value stands for the dash; with one, index 0 must be seen as a number.
        self.setSpecialValueText("–" if current is None else "")
        self.show_value(low, len(digits.images) - 1 if digits else low, low if current is None else current)

    def _choose(self, index: int) -> None:
        if index != NONE:
            self._selection.choose(index)

    def retranslate(self) -> None:
        """Its name, and how the images are counted."""
        digits = self._selection.digits
        count, train = (len(digits.images), digits.train_count) if digits else (0, 0)
        tip = tr(
            "Counted from 0: training images up to {last_train}, test images up to {last}",
            last_train=train - 1,
            last=count - 1,
        )
        describe(self, tr("Index of the image"), tip)


def split_names() -> list[str]:
    """What the SPLITS are called."""
    return [tr("All"), tr("Training"), tr("Test")]


def count_text(selection: DigitSelection) -> str:
    """How many images the filter leaves."""
    return tr("{count} images", count=f"{len(selection.indices):,}")


class MnistBrowser(QDialog):
    """All digits, large. Esc closes; what is clicked or walked to is the program's input at once."""

    pointed = Signal(str)

    def __init__(self, selection: DigitSelection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._selection = selection
        self.setModal(False)
        self.digit_row = Segmented(11)
        self.split_row = Segmented(3)
        self.index = IndexBox(selection)
        self.index_label = label()
        self.random = button(selection.choose_random)
        self.count = label("quiet")
        self.read_out = label("quiet")
        self.wall = MnistWall(selection, PITCHES[1])
        self.digit_row.chosen.connect(lambda at: selection.filter(at - 1 if at else None, selection.split))
        self.split_row.chosen.connect(lambda at: selection.filter(selection.digit, SPLITS[at]))
        self.wall.pointed.connect(self._tell)
        selection.changed.connect(self.redraw)
        selection.moved.connect(self._tell_current)
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        for made in self.digit_row.buttons[1:]:
            made.setFixedWidth(32)
        filters = QHBoxLayout()
        filters.setSpacing(20)
        filters.addWidget(self.digit_row)
        filters.addWidget(self.split_row)
        filters.addWidget(self.count)
        filters.addStretch(1)
        places = QHBoxLayout()
        places.setSpacing(8)
        for part in (self.index_label, self.index, self.random):
            places.addWidget(part)
        filters.addLayout(places)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 10)
        column.setSpacing(10)
        column.addLayout(filters)
        column.addWidget(self.wall, 1)
        column.addWidget(self.read_out)

    def open_over(self, window: QWidget) -> None:
        """Show the wall large over `window`, and take the keyboard."""
        self.resize(round(window.width() * 0.86), round(window.height() * 0.86))
        self.show()
        self.raise_()
        self.activateWindow()
        self.wall.setFocus(Qt.FocusReason.OtherFocusReason)

    def redraw(self) -> None:
        """Show the filter, and how much it leaves."""
        selection = self._selection
        self.digit_row.set_current(0 if selection.digit is None else selection.digit + 1)
        self.digit_row.setEnabled(selection.digits is not None and selection.digits.labels is not None)
        self.split_row.set_current(SPLITS.index(selection.split))
        self.count.setText(count_text(selection))
        self.random.setEnabled(len(selection.indices) > 1)
        self.index.retranslate()
        self._tell_current()

    def _tell(self, text: str) -> None:
        self.pointed.emit(text)
        if text:
            self.read_out.setText(text)
        else:
            self._tell_current()

    def _tell_current(self) -> None:
        """What is chosen, or else how to choose: the line is never empty, so that nothing jumps."""
        current = self._selection.current
        hint = tr("Click a digit, or walk with the arrow keys; plus and minus change the size.")
        self.read_out.setText(hint if current is None else self._selection.describe(current))

    def retranslate(self) -> None:
        """Every text in the language in use."""
        self.setWindowTitle("MNIST")
        digits = [str(digit) for digit in range(10)]
        tips = [tr("Show only images of the digit {digit}", digit=digit) for digit in digits]
        self.digit_row.set_texts([tr("All"), *digits], [tr("Show all digits"), *tips])
        split_tips = [tr("Training and test images"), tr("Training images only"), tr("Test images only")]
        self.split_row.set_texts(split_names(), split_tips)
        self.index_label.setText(tr("Index"))
        self.random.setText(tr("Random"))
        describe(self.random, tr("Random digit"), tr("Choose one of the images shown by chance"))
        self.redraw()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

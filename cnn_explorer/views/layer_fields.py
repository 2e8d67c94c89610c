"""The controls that a form is made of, one for each kind of field that a layer may have.

Each shows a value with `show_value`, and says with `edited` what the user made of it; or with `typed`, in a run of
changes that `finished` ends and undo takes back as one. What can't be computed is said in red under the control, which
keeps its value.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from cnn_explorer.network.layers.controls import Control
from cnn_explorer.network.sentence import Sentence, say
from cnn_explorer.session.language import tr, translated
from cnn_explorer.views.controls import Segmented, describe, icon_button, label
from cnn_explorer.views.icons import icon

MOST_BESIDE = 4
"""Buttons that fit beside a label in the narrowest panel; more of them, or words, go on a line of their own."""
CAPTION_WIDTH = 70
BUTTON_WIDTH = 22
LINK_WIDTH = 24

WORDS: dict[str, tuple[Sentence, Sentence]] = {
    "valid": (say("valid"), say("No padding: the window stays inside the input")),
    "same": (say("same"), say("So much padding that the output is as large as the input, divided by the stride")),
    "full": (say("full"), say("So much padding that every overlap of at least one cell counts")),
    "zero": (say("zero"), say("The added cells are 0")),
    "reflect": (
        say("reflect"),
        say("The added cells mirror the input without its border: c b | a b c | b a"),
    ),
    "symmetric": (say("symmetric"), say("The added cells mirror the input with its border: b a | a b c | c b")),
    "MaxPooling2D": (say("maximum"), say("The largest value in the window")),
    "AveragePooling2D": (say("average"), say("The mean of the values in the window")),
    "GlobalMaxPooling2D": (say("maximum"), say("The largest value of the whole map")),
    "GlobalAveragePooling2D": (say("average"), say("The mean of the whole map")),
    "linear": (say("none"), say("The values stay as they are")),
    "relu": (say("ReLU"), say("Negative values become 0")),
    "leaky_relu": (say("leaky ReLU"), say("Negative values are multiplied by a small slope")),
    "relu6": (say("ReLU6"), say("Negative values become 0, and values above 6 become 6")),
    "silu": (say("SiLU"), say("Each value times its sigmoid; also called swish")),
    "gelu": (say("GELU"), say("Each value times the share of a normal distribution below it")),
    "sigmoid": (say("sigmoid"), say("Squeezes every value to between 0 and 1")),
    "tanh": (say("tanh"), say("Squeezes every value to between −1 and 1")),
    "softmax": (say("softmax"), say("Makes shares of all channels: each between 0 and 1, together 1")),
}
"""What the options of a choice are called, and what they mean. An option without an entry shows as it is spelt."""


def word(option: str) -> tuple[str, str]:
    """The name and the meaning of an option, in the current language."""
    name, meaning = WORDS.get(option, (Sentence("{name}", (("name", option),)), Sentence("")))
    return translated(name), translated(meaning)


class Field(QWidget):
    """What every field has: a caption, a grid for its controls (three columns), and room for a problem below."""

    edited = Signal(object)
    typed = Signal(object)
    finished = Signal()

    def __init__(self, name: str, control: Control) -> None:
        super().__init__()
        self.name, self.control = name, control
        self.caption = label()
        self.caption.setWordWrap(True)
        self.problem = label("problem")
        self.problem.setWordWrap(True)
        self.problem.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(4)
        self.grid.setVerticalSpacing(4)
        self.grid.setColumnStretch(0, 1)
        self.grid.addWidget(self.caption, 0, 0)
        column.addLayout(self.grid)
        column.addWidget(self.problem)

    def show_value(self, value: Any) -> None:
        """Show `value` without `edited`."""
        raise NotImplementedError

    def show_problem(self, text: str) -> None:
        """Say in red what is wrong with the value, "" where nothing is."""
        self.problem.setText(text)
        self.problem.setVisible(bool(text))

    def show_place(self, text: str) -> None:
        """Say in the caption whose value this is, "" where there is only one."""
        self.caption.setText(text or translated(self.control.label))

    def settle(self) -> None:
        """Another layer is shown from now on: nothing is left over from the one before."""

    def retranslate(self) -> None:
        """Set every text."""
        self.caption.setText(translated(self.control.label))
        self.caption.setToolTip(translated(self.control.tip))


def digits_row(low: int, high: int) -> Segmented:
    """A row of buttons for whole numbers."""
    made = Segmented(high - low + 1)
    for each in made.buttons:
        each.setProperty("compact", True)
        each.setMinimumWidth(BUTTON_WIDTH)
    return made


_WIDE = ((0, 0, 1, 2), (1, 0, 1, 3), (2, 0, 1, 2), (3, 0, 1, 3))
_BESIDE = ((0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 1, 1))
"""Row, column and spans in the grid of both captions and both rows of buttons: below each other, or side by side."""


class PairField(Field):
    """Rows and columns: one row of buttons while they are linked, one for each otherwise."""

    def __init__(self, name: str, control: Control) -> None:
        super().__init__(name, control)
        self._values = (int(control.low), int(control.low))
        self._linked = True
        self.link = icon_button(self._toggle_link, size=16)
        self.link.setCheckable(True)
        self.link.setFixedWidth(LINK_WIDTH)
        self.link.setProperty("compact", True)
        self.second_caption = label()
        self.second_caption.setWordWrap(True)
        self.rows, self.columns = (digits_row(int(control.low), int(control.high)) for _ in range(2))
        self._lay_out(wide=int(control.high - control.low) >= MOST_BESIDE)
        self._show()
        self.rows.chosen.connect(lambda index: self._choose(0, index))
        self.columns.chosen.connect(lambda index: self._choose(1, index))

    def _lay_out(self, wide: bool) -> None:
        widgets = (self.caption, self.rows, self.second_caption, self.columns)
        for widget, place in zip(widgets, _WIDE if wide else _BESIDE, strict=True):
            self.grid.addWidget(widget, *place)
        if not wide:
            self.caption.setMinimumWidth(CAPTION_WIDTH)
        self.grid.addWidget(self.link, 0, 2)

    def show_value(self, value: Any) -> None:
        values = (int(value[0]), int(value[1]))
        if values != self._values or (self._linked and values[0] != values[1]):
            self._values = values
            self._linked = self._linked and values[0] == values[1]
            self._show()

    def settle(self) -> None:
        if not self._linked:
            self._linked = True
            self._show()

    def _show(self) -> None:
        low = int(self.control.low)
        self.rows.set_current(self._values[0] - low)
        self.columns.set_current(self._values[1] - low)
        self.link.setChecked(self._linked)
        self.second_caption.setVisible(not self._linked)
        self.columns.setVisible(not self._linked)
        self.retranslate()

    def _choose(self, side: int, index: int) -> None:
        value = int(self.control.low) + index
        rows, columns = self._values
        pair = (value, value) if self._linked else (value, columns) if side == 0 else (rows, value)
        self.show_value(pair)
        self.edited.emit(pair)

    def _toggle_link(self) -> None:
        self._linked = not self._linked
        rows, columns = self._values
        if self._linked and rows != columns:
            self._values = (rows, rows)
            self.edited.emit(self._values)
        self._show()

    def retranslate(self) -> None:
        super().retranslate()
        name = translated(self.control.label)
        if not self._linked:
            self.caption.setText(tr("{field}: rows", field=name))
        self.second_caption.setText(tr("{field}: columns", field=name))
        numbers = [str(number) for number in range(int(self.control.low), int(self.control.high) + 1)]
        both = name if self._linked else tr("{field}: rows", field=name)
        for row, spoken in ((self.rows, both), (self.columns, tr("{field}: columns", field=name))):
            row.set_texts(numbers)
            for each, number in zip(row.buttons, numbers, strict=True):
                describe(each, tr("{field} {number}", field=spoken, number=number), translated(self.control.tip))
        self.link.setIcon(icon("link" if self._linked else "unlink", "accent" if self._linked else "quiet"))
        tip = tr("Rows and columns are the same: click to set them apart") if self._linked else tr(
            "Rows and columns are set apart: click to make the columns as the rows"
        )  # fmt: skip
        describe(self.link, tr("{field}: rows and columns together", field=name), tip)


class ChoiceField(Field):
    """One of a few words: buttons for up to three, a list for more."""

    def __init__(self, name: str, control: Control) -> None:
        super().__init__(name, control)
        self.options: tuple[str, ...] = control.options
        self.segments: Segmented | None = None
        self.list: QComboBox | None = None
        if len(self.options) < MOST_BESIDE:
            self.segments = words_row(len(self.options))
            self.segments.chosen.connect(self._choose)
            self.grid.addWidget(self.segments, 1, 0, 1, 3)
        else:
            self.list = QComboBox()
            self.list.addItems(list(self.options))
            self.list.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.list.activated.connect(self._choose)
            self.grid.addWidget(self.list, 0, 1, 1, 2)

    def _choose(self, index: int) -> None:
        self.edited.emit(self.options[index])

    def show_value(self, value: Any) -> None:
        index = self.options.index(value)
        if self.segments is not None:
            self.segments.set_current(index)
        elif self.list is not None:
            self.list.setCurrentIndex(index)

    def retranslate(self) -> None:
        super().retranslate()
        names, meanings = zip(*map(word, self.options), strict=True)
        if self.segments is not None:
            self.segments.set_texts(names, meanings)
        elif self.list is not None:
            for index, name in enumerate(names):
                self.list.setItemText(index, name)
                self.list.setItemData(index, meanings[index], Qt.ItemDataRole.ToolTipRole)
            describe(self.list, translated(self.control.label), translated(self.control.tip))


def words_row(count: int) -> Segmented:
    """A row of buttons with words on them, sharing the width."""
    made = Segmented(count)
    for each in made.buttons:
        each.setProperty("compact", "words")
        each.setSizePolicy(QSizePolicy.Policy.MinimumExpanding, QSizePolicy.Policy.Fixed)
    return made

"""The layer's panel under real clicks and keys: what the document becomes, and what is written beside it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from cnn_explorer.network.document import Document, Image
from cnn_explorer.network.layers import Activation, AveragePooling2D, Dense, Flatten, MaxPooling2D
from cnn_explorer.network.network import Network
from cnn_explorer.network.sentence import say
from cnn_explorer.session.cursor import IMAGE
from cnn_explorer.views.layer_counts import CountField
from cnn_explorer.views.layer_fields import ChoiceField, PairField
from cnn_explorer.views.layer_numbers import NumberField, PaddingField
from cnn_explorer.views.layer_panel import LayerPanel
from cnn_explorer.views.theme import theme
from tests.views.stage_setting import Setting, handbook_document

LEFT = Qt.MouseButton.LeftButton


class PanelSetting(Setting):
    """The panel in a scroll area, as wide as the window's right column."""

    def __init__(self, qtbot: QtBot, document: Document, width: int = 252) -> None:
        super().__init__(document)
        self.panel = LayerPanel(self.session, self.settings, self.scales)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setWidget(self.panel)
        self.area.resize(width, 900)
        qtbot.addWidget(self.area)
        self.area.show()
        qtbot.waitExposed(self.area)

    @property
    def layer(self) -> Any:
        return self.session.document.network.layers[self.session.cursor.layer]

    def field(self, name: str) -> Any:
        return self.panel.forms[self.kind].fields[name]

    @property
    def kind(self) -> str:
        kind: str = self.layer.kind
        return "MaxPooling2D" if kind == "AveragePooling2D" else kind

    def choose(self, name: str, text: str, side: str = "rows") -> None:
        field = self.field(name)
        row = getattr(field, side) if isinstance(field, PairField) else getattr(field, "words", None) or field.segments
        click(next(each for each in row.buttons if each.text() == text))

    @property
    def formula(self) -> str:
        return self.panel.output_size.text


def click(widget: QWidget) -> None:
    QTest.mouseClick(widget, LEFT)


@pytest.fixture
def handbook(qtbot: QtBot) -> PanelSetting:
    return PanelSetting(qtbot, handbook_document())


def test_the_handbook_convolution_is_written_out(handbook: PanelSetting) -> None:
    assert handbook.panel.heading.text() == "LAYER · Convolution"
    assert handbook.formula == "⌊(7 + 0 − 3) / 1⌋ + 1 = 5"
    assert [each.text() for each in handbook.panel.parameters.numbers] == ["3×3 + 1 = 10 (shared)", "7×7 + 1 = 50"]
    assert handbook.panel.parameters.total.text() == "for all 25 outputs: 10 against 1,250"
    assert handbook.panel.flipping.isVisible()


def test_what_a_layer_without_a_kernel_costs_is_a_sentence(handbook: PanelSetting) -> None:
    handbook.session.select(2)
    parameters = handbook.panel.parameters
    assert parameters.sentence.text() == "This layer has no parameters: there is nothing in it to be learnt."
    assert parameters.sentence.isVisible() and not parameters.total.isVisible()
    handbook.session.select(0)
    assert parameters.total.isVisible()


def test_dense_is_set_beside_a_convolution_over_the_map_before_it(qtbot: QtBot) -> None:
    dense = Dense(kernel=np.zeros((25, 10), np.float32), bias=np.zeros(10, np.float32))
    setting = PanelSetting(qtbot, handbook_document(Flatten(), dense))
    setting.session.select(2)
    assert [each.text() for each in setting.panel.parameters.numbers] == ["3×3 + 1 = 10 (shared)", "5×5 + 1 = 26"]
    assert setting.panel.parameters.total.text() == "in all 260; as a convolution 100"


def test_a_stride_is_chosen_for_rows_and_columns_together(handbook: PanelSetting) -> None:
    handbook.choose("strides", "2")
    assert handbook.layer.strides == (2, 2)
    assert handbook.formula.endswith("= 3")
    handbook.session.undo()
    assert handbook.layer.strides == (1, 1) and handbook.formula.endswith("= 5")
    assert handbook.field("strides").rows.buttons[0].isChecked()


def test_same_padding_keeps_the_size(handbook: PanelSetting) -> None:
    handbook.choose("padding", "same")
    assert handbook.layer.padding == "same"
    assert handbook.formula == "⌊(7 + 2 − 3) / 1⌋ + 1 = 7"


def test_unlinked_rows_and_columns_are_apart(handbook: PanelSetting) -> None:
    field = handbook.field("strides")
    assert not field.columns.isVisible()
    click(field.link)
    assert field.columns.isVisible() and field.caption.text() == "Stride: rows"
    handbook.choose("strides", "2")
    assert handbook.layer.strides == (2, 1)
    assert handbook.formula == "rows: ⌊(7 + 0 − 3) / 2⌋ + 1 = 3\ncolumns: ⌊(7 + 0 − 3) / 1⌋ + 1 = 5"
    handbook.choose("strides", "4", "columns")
    assert handbook.layer.strides == (2, 4)
    click(field.link)
    assert handbook.layer.strides == (2, 2) and not field.columns.isVisible()


def test_an_undo_to_a_pair_that_differs_shows_both(handbook: PanelSetting) -> None:
    click(handbook.field("strides").link)
    handbook.choose("strides", "3", "columns")
    click(handbook.field("strides").link)
    assert handbook.layer.strides == (1, 1)
    handbook.session.undo()
    assert handbook.layer.strides == (1, 3) and handbook.field("strides").columns.isVisible()


def test_what_is_impossible_is_said_under_its_control_and_kept(handbook: PanelSetting) -> None:
    handbook.choose("kernel_size", "7")
    assert handbook.layer.kernel.shape[:2] == (7, 7)
    assert handbook.layer.kernel[2:5, 2:5, 0, 0].tolist() == [[0, 0, -1], [0, 1, 0], [-2, 0, 2]]
    below = handbook.panel.sections[1].y()
    handbook.choose("dilation_rate", "4")
    QApplication.processEvents()
    field = handbook.field("dilation_rate")
    assert field.problem.isVisible() and "spans 25 rows" in field.problem.text()
    assert field.rows.buttons[3].isChecked() and handbook.layer.dilation_rate == (4, 4)
    assert handbook.formula == "(7 − 1) · 4 + 1 = 25\n⌊(7 + 0 − 25) / 1⌋ + 1 = −17"
    assert handbook.panel.sections[1].y() == below
    handbook.session.undo()
    assert not field.problem.isVisible() and handbook.layer.dilation_rate == (1, 1)


def typed(spin: Any, text: str) -> None:
    spin.setFocus()
    spin.selectAll()
    QTest.keyClicks(spin, text)
    QTest.keyClick(spin, Qt.Key.Key_Return)


def test_a_number_of_units_that_is_refused_is_not_left_in_its_field(qtbot: QtBot) -> None:
    dense = Dense(kernel=np.zeros((10_000, 3), np.float32), bias=np.zeros(3, np.float32))
    setting = PanelSetting(qtbot, Document(Image(np.zeros((100, 100, 1))), Network((Flatten(), dense))))
    setting.session.select(1)
    said: list[str] = []
    setting.session.said.connect(lambda sentence: said.append(str(sentence)))
    spin = setting.field("filters").spin
    typed(spin, "4000")
    qtbot.waitUntil(lambda: bool(said))
    assert "40 million weights" in said[0]
    assert spin.value() == setting.layer.units == 3
    setting.session.begin_run(setting.session.document.network, say("Learn"))
    typed(spin, "5")
    assert spin.value() == setting.layer.units == 3
    setting.session.end_run()


def test_a_problem_without_a_control_is_said_too(qtbot: QtBot) -> None:
    setting = PanelSetting(qtbot, handbook_document(kernel=np.full((3, 3), 3e38)))
    problem = setting.panel.forms["Conv2D"].problem
    assert problem.isVisible() and problem.text().startswith("The numbers of this layer grow")


def test_padding_in_numbers_begins_with_what_the_word_came_to(handbook: PanelSetting) -> None:
    handbook.choose("padding", "same")
    handbook.choose("padding", "numbers…")
    assert handbook.layer.padding == (1, 1, 1, 1)
    bottom = handbook.field("padding").spins[1]
    bottom.setFocus()
    QTest.keyClick(bottom, Qt.Key.Key_Up)
    QTest.keyClick(bottom, Qt.Key.Key_Up)
    assert handbook.layer.padding == (1, 3, 1, 1)
    assert handbook.formula.splitlines() == ["rows: ⌊(7 + 4 − 3) / 1⌋ + 1 = 9", "columns: ⌊(7 + 2 − 3) / 1⌋ + 1 = 7"]
    handbook.session.undo()
    assert handbook.layer.padding == (1, 1, 1, 1)


def test_the_fill_is_offered_where_there_is_padding(handbook: PanelSetting) -> None:
    assert not handbook.field("fill").isVisible()
    handbook.choose("padding", "full")
    handbook.choose("fill", "reflect")
    assert handbook.layer.fill == "reflect"
    handbook.choose("padding", "valid")
    assert not handbook.field("fill").isVisible()


def test_a_drag_on_the_bias_is_one_step_of_undo(handbook: PanelSetting) -> None:
    spin = handbook.field("bias").spin
    edit = spin.lineEdit()
    middle = edit.rect().center()
    QTest.mousePress(edit, LEFT, pos=middle)
    for up in (8, 14, 20):
        QTest.mouseMove(edit, middle - QPoint(0, up))
    QTest.mouseRelease(edit, LEFT, pos=middle - QPoint(0, 20))
    assert handbook.layer.bias.tolist() == [4.0] and spin.text() == "4"
    handbook.session.undo()
    assert handbook.layer.bias.tolist() == [1.0]
    assert handbook.session.undo_text is None


def test_a_bias_is_typed_as_a_fraction_and_nonsense_changes_nothing(handbook: PanelSetting) -> None:
    spin = handbook.field("bias").spin
    for text, bias in (("1/3", 1 / 3), ("-", 1 / 3), ("2,5", 2.5)):
        spin.setFocus()
        spin.selectAll()
        QTest.keyClicks(spin, text)
        QTest.keyClick(spin, Qt.Key.Key_Return)
        assert handbook.layer.bias[0] == pytest.approx(bias, abs=1e-6)
    assert spin.text() == "2.5"


def test_the_bias_is_that_of_the_filter_in_view(qtbot: QtBot) -> None:
    document = handbook_document()
    convolution = document.network.layers[0]
    two = type(convolution)(kernel=np.repeat(convolution.kernel, 2, axis=3), bias=np.array([1, -2], np.float32))
    setting = PanelSetting(qtbot, document.with_layer(0, two))
    assert setting.field("bias").spin.text() == "1"
    setting.session.move(filter=1)
    assert setting.field("bias").spin.text() == "−2"
    QTest.keyClick(setting.field("bias").spin, Qt.Key.Key_Up)
    assert setting.layer.bias.tolist() == [1, -1]


def test_the_wheel_leaves_a_number_alone_until_it_has_the_focus(handbook: PanelSetting) -> None:
    spin = handbook.field("bias").spin
    spin.clearFocus()
    place = QPointF(spin.rect().center())
    turn = QWheelEvent(
        place, QPointF(spin.mapToGlobal(place.toPoint())), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(spin, turn)
    assert handbook.layer.bias.tolist() == [1.0]


def test_arrow_keys_move_along_a_row_of_buttons(handbook: PanelSetting) -> None:
    row = handbook.field("strides").rows
    row.buttons[0].setFocus()
    QTest.keyClick(row.buttons[0], Qt.Key.Key_Right)
    assert handbook.layer.strides == (2, 2)
    assert row.buttons[1].isChecked()


def test_a_layer_is_switched_off_and_says_so(handbook: PanelSetting) -> None:
    handbook.session.select(1)
    QTest.mouseClick(handbook.panel.switch, LEFT, pos=QPoint(10, handbook.panel.switch.height() // 2))
    assert not handbook.layer.enabled
    assert handbook.formula == ""
    assert handbook.panel.output_size.notes.text() == "Switched off: the input is handed on as it is."
    handbook.session.undo()
    assert handbook.panel.switch.isChecked()


def test_a_pooling_becomes_the_other_and_keeps_its_fields(handbook: PanelSetting) -> None:
    handbook.session.select(2)
    handbook.choose("strides", "1")
    handbook.choose("kind", "average")
    assert handbook.layer == AveragePooling2D(strides=(1, 1))
    assert handbook.panel.heading.text() == "LAYER · Average pooling"
    handbook.choose("kind", "maximum")
    assert handbook.layer == MaxPooling2D(strides=(1, 1))


def test_cells_that_no_window_visits_are_counted(handbook: PanelSetting) -> None:
    handbook.session.select(2)
    assert handbook.panel.output_size.notes.text() == "Input cells that no window visits: 9 of 25."
    handbook.choose("strides", "1")
    assert handbook.panel.output_size.notes.text() == ""


def test_an_odd_padding_goes_where_tensorflow_puts_it(handbook: PanelSetting) -> None:
    handbook.choose("kernel_size", "2")
    handbook.choose("padding", "same")
    assert "to the bottom and to the right, as in TensorFlow" in handbook.panel.output_size.notes.text()


def test_an_activation_shows_its_formula_and_the_slope_where_it_has_one(handbook: PanelSetting) -> None:
    handbook.session.select(1)
    function, slope = handbook.field("activation"), handbook.field("negative_slope")
    curve = handbook.panel.forms["Activation"].curve
    assert curve is not None and curve.accessibleName() == "y = max(0, x)" and not slope.isVisible()
    place = curve.y()
    function.list.setFocus()
    QTest.keyClick(function.list, Qt.Key.Key_Down)
    assert handbook.layer == Activation("leaky_relu") or handbook.layer.activation == "leaky_relu"
    assert slope.isVisible() and curve.accessibleName() == "y = max(x, 0.2 x)"
    assert curve.y() == place


def test_sections_stay_where_they_are_from_layer_to_layer(handbook: PanelSetting) -> None:
    places = set()
    for layer in (0, 1, 2, IMAGE, 0):
        handbook.session.select(layer)
        QApplication.processEvents()
        places.add(
            (handbook.panel.legend.mapTo(handbook.panel, QPoint()).y(), handbook.area.verticalScrollBar().value())
        )
    assert len(places) == 1


def test_the_image_is_described(handbook: PanelSetting) -> None:
    handbook.session.select(IMAGE)
    assert handbook.panel.heading.text() == "INPUT"
    assert [each.text() for each in handbook.panel.image.values] == ["7 × 7 × 1", "0", "2", "0.51"]
    assert not handbook.panel.switch.isVisible() and not handbook.panel.output_size.isVisible()


def test_limits_are_written_and_held(handbook: PanelSetting) -> None:
    legend = handbook.panel.legend
    assert legend.input.tick_texts == ["0", "2"] and legend.output.tick_texts == ["−6", "0", "6"]
    QTest.mouseClick(legend.hold, LEFT, pos=QPoint(10, legend.hold.height() // 2))
    assert handbook.settings.values.fixed_scale
    image = handbook.session.document.image
    handbook.session.edit_image(type(image)(image.pixels * 0), say("Clear"))
    assert legend.output.tick_texts == ["−6", "0", "6"]
    QTest.mouseClick(legend.hold, LEFT, pos=QPoint(10, legend.hold.height() // 2))
    assert legend.output.tick_texts == ["−1", "0", "1"]


def test_the_legend_reads_out_a_colour(handbook: PanelSetting, qtbot: QtBot) -> None:
    read_out: list[str] = []
    handbook.panel.pointed.connect(read_out.append)
    bar = handbook.panel.legend.output
    QTest.mouseMove(bar, QPoint(bar.width() // 2, 22))
    assert read_out and read_out[-1].startswith("Output (all maps of the layer): this colour is ")


def test_every_control_has_a_name_and_a_tooltip(handbook: PanelSetting) -> None:
    for layer in (0, 1, 2):
        handbook.session.select(layer)
        for field in handbook.panel.forms[handbook.kind].fields.values():
            assert field.caption.text() and field.caption.toolTip()
            for control in controls_of(field):
                assert control.accessibleName() and control.toolTip(), field.name


def controls_of(field: Any) -> list[QWidget]:
    if isinstance(field, PairField):
        return [*field.rows.buttons, *field.columns.buttons, field.link]
    if isinstance(field, PaddingField):
        return [*field.words.buttons, *field.spins]
    if isinstance(field, NumberField):
        return [field.spin]
    if isinstance(field, CountField):
        return [field.fewer, field.spin, field.more]
    assert isinstance(field, ChoiceField)
    return field.segments.buttons if field.segments else [field.list] if field.list else []


@pytest.mark.parametrize("width", [252, 300])
def test_nothing_is_wider_than_the_column(qtbot: QtBot, width: int) -> None:
    setting = PanelSetting(qtbot, handbook_document(strides=(2, 1), padding=(1, 2, 3, 4)), width)
    for layer in (0, 1, 2, IMAGE):
        setting.session.select(layer)
        QApplication.processEvents()
        assert setting.area.horizontalScrollBar().maximum() == 0


def test_the_dark_theme_recolours_the_formula(handbook: PanelSetting) -> None:
    before = handbook.panel.output_size.formula.text()
    theme.use("dark")
    after = handbook.panel.output_size.formula.text()
    assert before != after and theme.colours.output in after

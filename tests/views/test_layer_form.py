"""The forms of the layer types under real clicks and keys: what the network becomes, and what is told of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cnn_explorer.network import building
from cnn_explorer.network.arrays import frozen
from cnn_explorer.network.document import Document, Image
from cnn_explorer.network.layers import LAYERS, Activation, BatchNormalization, Conv2D, Dropout
from cnn_explorer.network.network import Network
from cnn_explorer.network.sentence import say
from cnn_explorer.views.layer_controls import form_controls
from cnn_explorer.views.layer_edits import set_training
from cnn_explorer.views.layer_form import LayerForm
from cnn_explorer.views.layer_panel import COMPACT
from tests.views.stage_setting import Setting

LEFT = Qt.MouseButton.LeftButton


class FormSetting(Setting):
    """The form of one layer of a network on the screen; it follows the document as the panel makes it."""

    def __init__(self, qtbot: QtBot, *kinds: str, at: int = 0, side: int = 9, **fields: Any) -> None:
        network, shape = Network(), (side, side, 1)
        for kind in kinds:
            network = building.with_added(network, shape, len(network.layers), kind, np.random.default_rng(2))
        network = network.with_layer(at, replace(network.layers[at], **fields))
        super().__init__(Document(Image(np.random.default_rng(3).normal(size=shape)), network))
        self.at = at
        self.session.select(at)
        self.form = LayerForm(self.session, type(network.layers[at]))
        self.form.setStyleSheet(COMPACT)
        self.form.retranslate()
        qtbot.addWidget(self.form)
        self.said: list[str] = []
        self.noted: list[str] = []
        self.session.said.connect(lambda sentence: self.said.append(str(sentence)))
        self.session.noted.connect(lambda sentence: self.noted.append(str(sentence)))
        self.session.evaluated.connect(self.show)
        self.session.cursor_moved.connect(self.show)
        self.show()
        self.form.resize(230, 420)
        self.form.show()
        qtbot.waitExposed(self.form)

    def show(self) -> None:
        document = self.session.document
        shapes = document.network.shapes(document.image.shape)
        shape = shapes[self.at] if self.at < len(shapes) else None
        problems = document.network.problems(document.image.shape)
        problem = next((each for each in problems if each.layer == self.at), None)
        self.form.show_layer(self.at, document.network.layers[self.at], shape, problem)

    def layer(self, at: int | None = None) -> Any:
        return self.session.document.network.layers[self.at if at is None else at]

    def field(self, name: str) -> Any:
        return self.form.fields[name]


def click(widget: QWidget) -> None:
    QTest.mouseClick(widget, LEFT)


def type_into(spin: Any, text: str) -> None:
    spin.setFocus()
    spin.selectAll()
    QTest.keyClicks(spin, text)
    QTest.keyClick(spin, Qt.Key.Key_Return)


# Every type


@pytest.mark.parametrize("kind", LAYERS)
def test_every_type_of_layer_has_a_form(qtbot: QtBot, kind: str) -> None:
    setting = FormSetting(qtbot, "Flatten", kind, at=1) if kind == "Dense" else FormSetting(qtbot, kind)
    assert list(setting.form.fields) == list(form_controls(LAYERS[kind]))
    for field in setting.form.fields.values():
        assert field.caption.text() and field.caption.toolTip()
    assert setting.form.minimumSizeHint().width() <= 214, "as narrow as the narrowest column"
    assert setting.session.undo_text is None, "showing is no edit"


def test_the_controls_of_each_type() -> None:
    shown = {kind: list(form_controls(layer)) for kind, layer in LAYERS.items()}
    assert shown["Conv2D"] == ["kernel_size", "filters", "bias", "strides", "dilation_rate", "padding", "fill"]
    assert shown["DepthwiseConv2D"][:3] == ["kernel_size", "depth_multiplier", "bias"]
    assert shown["SeparableConv2D"][:4] == ["kernel_size", "filters", "depth_multiplier", "bias"]
    assert shown["Dense"] == ["filters", "bias"]
    assert shown["GlobalMaxPooling2D"] == shown["GlobalAveragePooling2D"] == ["kind"]
    assert shown["ZeroPadding2D"] == ["padding"] and shown["UpSampling2D"] == ["size"]
    assert shown["BatchNormalization"] == ["gamma", "beta", "moving_mean", "moving_variance", "epsilon", "momentum"]
    assert shown["Dropout"] == ["rate", "seed"] and shown["Flatten"] == []
    assert str(form_controls(LAYERS["Dense"])["filters"].label) == "Units"


def test_a_global_pooling_becomes_the_other(qtbot: QtBot) -> None:
    setting = FormSetting(qtbot, "GlobalMaxPooling2D")
    click(setting.field("kind").segments.buttons[1])
    assert setting.layer().kind == "GlobalAveragePooling2D"


# Counting


def test_filters_are_counted_up_and_down_and_the_next_layer_follows(qtbot: QtBot) -> None:
    setting = FormSetting(qtbot, "Conv2D", "Activation", "Conv2D")
    field, behind = setting.field("filters"), setting.layer(2).kernel
    click(field.more)
    assert (setting.layer().filters, field.spin.value()) == (5, 5)
    assert setting.layer(2).kernel.shape[2] == 5 and np.array_equal(setting.layer(2).kernel[:, :, :4], behind)
    click(field.fewer)
    click(field.fewer)
    assert setting.layer().filters == 3
    assert str(setting.session.undo_text) == "Change Filters"
    for count in (4, 5, 4):
        setting.session.undo()
        assert setting.layer().filters == count
    assert np.array_equal(setting.layer(2).kernel, behind) and setting.session.undo_text is None


def test_a_typed_count_counts_when_it_is_complete(qtbot: QtBot) -> None:
    setting = FormSetting(qtbot, "Conv2D", "Conv2D")
    edits: list[int] = []
    setting.session.changed.connect(lambda: edits.append(setting.layer().filters))
    type_into(setting.field("filters").spin, "12")
    assert edits == [12]
    type_into(setting.field("filters").spin, "900")
    assert setting.layer().filters == 64, "as many as can be looked at"


def test_a_drag_there_and_back_leaves_the_weights_as_they_were(qtbot: QtBot) -> None:
    setting = FormSetting(qtbot, "Conv2D", "Flatten", "Dense")
    before = setting.session.document
    edit = setting.field("filters").spin.lineEdit()
    middle = edit.rect().center()
    QTest.mousePress(edit, LEFT, pos=middle)
    QTest.mouseMove(edit, middle + QPoint(0, 18))
    assert setting.layer().filters == 1 and setting.layer(2).kernel.shape == (81, 10)
    QTest.mouseMove(edit, middle)
    assert setting.session.document == before
    QTest.mouseMove(edit, middle - QPoint(0, 12))
    QTest.mouseRelease(edit, LEFT, pos=middle - QPoint(0, 12))
    assert setting.layer().filters == 6
    setting.session.undo()
    assert setting.session.document == before and setting.session.undo_text is None


def test_a_layer_from_elsewhere_may_have_more_filters_than_are_offered(qtbot: QtBot) -> None:
    kernel = frozen(np.zeros((3, 3, 1, 100)))
    setting = FormSetting(qtbot, "Conv2D", kernel=kernel, bias=frozen(np.zeros(100)))
    assert setting.field("filters").spin.value() == 100
    assert not setting.field("filters").more.isEnabled()
    click(setting.field("filters").fewer)
    assert setting.layer().filters == 99


def test_the_kernels_of_a_channel_are_counted(qtbot: QtBot) -> None:
    setting = FormSetting(qtbot, "DepthwiseConv2D", "Conv2D")
    click(setting.field("depth_multiplier").more)
    assert setting.layer().depth_multiplier == 2 and setting.session.evaluation.problems == ()
    assert not FormSetting(qtbot, "DepthwiseConv2D").field("depth_multiplier").fewer.isEnabled()


# Weights that fit


def choose(row: Any, text: str) -> None:
    click(next(each for each in row.buttons if each.text() == text))


def test_a_padding_that_changes_the_flatten_draws_the_weights_behind_it_anew(qtbot: QtBot) -> None:
    setting = FormSetting(qtbot, "Conv2D", "Flatten", "Dense")
    before = setting.session.document
    choose(setting.field("padding").words, "valid")
    assert setting.layer(2).kernel.shape == (196, 10) and setting.session.evaluation.problems == ()
    assert setting.noted == ["Dense 10: its weights were drawn anew for 196 inputs."] and setting.said == []
    setting.session.undo()
    assert setting.session.document == before


def test_a_kernel_of_another_size_refits_too(qtbot: QtBot) -> None:
    setting = FormSetting(qtbot, "Conv2D", "Flatten", "Dense", padding="valid")
    setting.session.edit_network(setting.session.document.network.fitted((9, 9, 1), np.random.default_rng(0)), say("x"))
    choose(setting.field("kernel_size").rows, "5")
    assert setting.layer(2).kernel.shape == (100, 10)
    assert setting.layer().kernel.shape == (5, 5, 1, 4)


def test_weights_for_another_image_are_fitted_on_demand(qtbot: QtBot) -> None:
    setting = FormSetting(qtbot, "Conv2D", "Flatten", "Dense", at=2)
    form = setting.form
    assert not form.fit.isVisible()
    setting.session.edit_image(Image(np.ones((5, 5, 1))), say("Smaller"))
    assert form.problem.text() == "The weights are for 324 inputs, but there are 100; choose weights for 100 inputs."
    assert form.problem.isVisible() and form.fit.isVisible() and form.fit.text() == "Fit the weights"
    click(form.fit)
    assert setting.layer().kernel.shape == (100, 10) and not form.fit.isVisible()
    assert str(setting.session.undo_text) == "Fit the weights"
    setting.session.undo()
    assert form.fit.isVisible()


def test_what_no_weights_can_mend_offers_no_button(qtbot: QtBot) -> None:
    setting = FormSetting(qtbot, "Flatten", "Dense", at=1)
    flatten = setting.session.document.network.layers[0]
    setting.session.edit_layer(0, replace(flatten, enabled=False), say("Off"))
    assert "put Flatten" in setting.form.problem.text() and not setting.form.fit.isVisible()


# Numbers of a channel


def test_the_numbers_of_a_normalisation_are_those_of_the_filter_in_view(qtbot: QtBot) -> None:
    setting = FormSetting(qtbot, "Conv2D", "BatchNormalization", at=1, moving_mean=frozen([0.5, -1 / 3, 2, 3]))
    form: Any = setting.form
    assert form.which.text() == "Channel 1 of 4" and setting.field("moving_mean").number.text() == "0.5"
    setting.session.move(filter=1)
    assert form.which.text() == "Channel 2 of 4" and setting.field("moving_mean").number.text() == "−0.333"
    type_into(setting.field("gamma").spin, "2,5")
    type_into(setting.field("beta").spin, "-1")
    layer = setting.layer()
    assert isinstance(layer, BatchNormalization)
    assert layer.gamma.tolist() == [1, 2.5, 1, 1] and layer.beta.tolist() == [0, -1, 0, 0]
    setting.session.undo()
    assert setting.layer().beta.tolist() == [0, 0, 0, 0] and setting.layer().gamma[1] == 2.5


def test_a_bias_says_whose_it_is(qtbot: QtBot) -> None:
    setting = FormSetting(qtbot, "Conv2D")
    setting.session.move(filter=2)
    assert setting.field("bias").caption.text() == "Bias, filter 3"
    type_into(setting.field("bias").spin, "7")
    assert setting.layer().bias.tolist() == [0, 0, 7, 0]
    dense = FormSetting(qtbot, "Flatten", "Dense", at=1)
    assert dense.field("bias").caption.text() == "Bias, unit 1"
    one = FormSetting(qtbot, "Conv2D", kernel=frozen(np.zeros((3, 3, 1, 1))), bias=frozen([0]))
    assert one.field("bias").caption.text() == "Bias"


# Dropout, sides, factors, functions


def test_a_rate_slides_and_is_typed(qtbot: QtBot) -> None:
    setting = FormSetting(qtbot, "Dropout")
    field = setting.field("rate")
    field.slider.setFocus()
    for _ in range(3):
        QTest.keyClick(field.slider, Qt.Key.Key_Right)
    assert setting.layer().rate == pytest.approx(0.65) and field.spin.text() == "0.65"
    type_into(field.spin, "0.25")
    assert setting.layer().rate == 0.25 and field.slider.value() == 5


def test_another_mask_is_drawn_in_training_only(qtbot: QtBot) -> None:
    setting = FormSetting(qtbot, "Dropout")
    another = setting.field("seed").another
    assert not another.isEnabled() and "training" in another.toolTip()
    set_training(setting.session, True)
    assert another.isEnabled() and another.toolTip() == "Leave other cells out"
    mask = setting.layer().mask((9, 9, 1))
    click(another)
    layer = setting.layer()
    assert isinstance(layer, Dropout) and layer.seed != 0
    assert not np.array_equal(layer.mask((9, 9, 1)), mask)
    setting.session.undo()
    assert setting.layer().seed == 0


def test_four_sides_and_a_factor(qtbot: QtBot) -> None:
    padding = FormSetting(qtbot, "ZeroPadding2D")
    bottom = padding.field("padding").sides.spins[1]
    bottom.setFocus()
    QTest.keyClick(bottom, Qt.Key.Key_Up)
    assert padding.layer().padding == (1, 2, 1, 1)
    upsampling = FormSetting(qtbot, "UpSampling2D")
    choose(upsampling.field("size").rows, "3")
    assert upsampling.layer().size == (3, 3)


def test_a_function_of_several_numbers_has_no_curve(qtbot: QtBot) -> None:
    setting = FormSetting(qtbot, "Activation")
    curve: Any = setting.form.curve
    with_curve = curve.grab().toImage()
    setting.session.edit_layer(0, Activation(activation="softmax"), say("x"))
    assert curve.accessibleName() == "y = eˣ / Σ eˣ"
    assert curve.grab().toImage() != with_curve


def test_undo_in_the_middle_of_a_run_begins_another(qtbot: QtBot) -> None:
    setting = FormSetting(qtbot, "Conv2D")
    spin = setting.field("bias").spin
    spin.setFocus()
    QTest.keyClick(spin, Qt.Key.Key_Up)
    QTest.keyClick(spin, Qt.Key.Key_Up)
    assert setting.layer().bias[0] == 2
    setting.session.undo()
    assert setting.layer().bias[0] == 0
    layer = setting.layer()
    assert isinstance(layer, Conv2D)
    setting.session.edit_layer(0, replace(layer, strides=(2, 2)), say("Stride"))
    QTest.keyClick(spin, Qt.Key.Key_Up)
    assert setting.layer().bias[0] == 1 and setting.layer().strides == (2, 2)
    setting.session.undo()
    assert setting.layer().strides == (2, 2)

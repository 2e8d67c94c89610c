"""The kernel panel edits one kernel, or one filter, of the layer that is looked at, and nothing else."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from cnn_explorer.network.arrays import frozen
from cnn_explorer.network.document import Document, Image
from cnn_explorer.network.layers import Activation
from cnn_explorer.network.network import Network
from cnn_explorer.network.presets import default_document, kernel_presets
from cnn_explorer.network.sentence import say
from cnn_explorer.views.kernel_panel import CHANGES
from tests.views.kernel_setting import HANDBOOK, NAMES, conv, everywhere, press, several, shown_panel, weights

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def show(qtbot):
    return lambda document: shown_panel(qtbot, document)


@pytest.fixture
def panel(show):
    return show(default_document())


class TestGallery:
    def test_the_current_kernel_is_marked_and_explained(self, panel):
        assert panel.gallery.current == NAMES.index("Handbook")
        assert panel.sentence.text() == str(kernel_presets()[0].does)

    @pytest.mark.parametrize("index", range(len(NAMES)))
    def test_choosing_replaces_kernel_and_bias_in_one_step(self, panel, index):
        preset = kernel_presets()[index]
        QTest.mouseClick(panel.gallery.thumbnails[index], Qt.MouseButton.LeftButton)
        assert np.array_equal(conv(panel).kernel[:, :, 0, 0], preset.weights)
        assert conv(panel).bias[0] == preset.bias
        assert panel.gallery.current == index
        assert panel.sentence.text() == str(preset.does)
        if index:
            panel.session.undo()
        assert weights(panel) == HANDBOOK

    def test_the_keyboard_chooses_too(self, panel):
        panel.gallery.thumbnails[0].setFocus()
        QTest.keyClick(panel.gallery.thumbnails[0], Qt.Key.Key_Right)
        QTest.keyClick(panel.gallery.thumbnails[1], Qt.Key.Key_Return)
        assert weights(panel) == [[0, 0, 0], [0, 1, 0], [0, 0, 0]]
        assert str(panel.session.undo_text) == "Kernel Identity"

    def test_nothing_moves_when_another_kernel_is_chosen(self, panel):
        places = {panel.buttons["random"].y()}
        for index in range(len(NAMES)):
            panel.choose(index)
            panel.layout().activate()
            places.add(panel.buttons["random"].y())
        panel.change("random")
        panel.layout().activate()
        assert len(places | {panel.buttons["random"].y()}) == 1

    def test_every_sentence_is_seen_in_full(self, panel):
        for preset in kernel_presets():
            panel.sentence.setText(str(preset.does))
            assert panel.sentence.heightForWidth(panel.sentence.width()) <= panel.sentence.height()

    def test_a_kernel_of_ones_own_is_not_marked_but_its_sum_is_told(self, panel):
        kernel = np.array([[0.5, 0.25], [0, 0]], np.float32)[:, :, None, None]
        panel.session.edit_layer(0, replace(conv(panel), kernel=frozen(kernel)), say("Edit"))
        assert panel.gallery.current == -1
        assert "0.75" in panel.sentence.text()


class TestButtons:
    @pytest.mark.parametrize(
        ("name", "expected"),
        [
            ("negate", [[0, 0, 1], [0, -1, 0], [2, 0, -2]]),
            ("transpose", [[0, 0, -2], [0, 1, 0], [-1, 0, 2]]),
            ("rotate", [[-2, 0, 0], [0, 1, 0], [2, 0, -1]]),
            ("flip", [[2, 0, -2], [0, 1, 0], [-1, 0, 0]]),
            ("zero", [[0, 0, 0], [0, 0, 0], [0, 0, 0]]),
        ],
    )
    def test_each_changes_the_kernel_in_one_step_and_leaves_the_bias(self, panel, name, expected):
        press(panel, name)
        assert weights(panel) == expected
        assert conv(panel).bias.tolist() == [1.0]
        assert panel.session.undo_text == CHANGES[name].text
        panel.session.undo()
        assert weights(panel) == HANDBOOK

    def test_random_keeps_the_size(self, panel):
        seen = set()
        for _ in range(5):
            press(panel, "random")
            seen.add(str(weights(panel)))
            assert conv(panel).kernel.shape == (3, 3, 1, 1)
        assert len(seen) > 1

    def test_normalise_is_off_where_the_sum_is_0_and_says_why(self, panel):
        button = panel.buttons["normalise"]
        assert not button.isEnabled()
        assert "add up to 0" in button.toolTip()
        panel.choose(NAMES.index("Sharpen"))
        press(panel, "negate")
        assert button.isEnabled()
        press(panel, "normalise")
        assert conv(panel).kernel.sum() == pytest.approx(1.0)

    def test_copy_and_paste_go_through_a_spreadsheets_text(self, panel):
        press(panel, "copy")
        assert QGuiApplication.clipboard().text() == "0\t0\t-1\n0\t1\t0\n-2\t0\t2"
        QGuiApplication.clipboard().setText("1\t2\n3\t4\n")
        press(panel, "paste")
        assert weights(panel) == [[1, 2], [3, 4]]
        assert str(panel.session.undo_text) == "Paste a kernel"

    def test_what_is_no_kernel_is_explained_and_changes_nothing(self, panel, qtbot):
        QGuiApplication.clipboard().setText("a picture of a cat")
        with qtbot.waitSignal(panel.session.said) as said:
            press(panel, "paste")
        assert "not a number" in str(said.args[0])
        assert weights(panel) == HANDBOOK
        assert panel.session.undo_text is None

    def test_flipping_is_explained(self, panel):
        assert "cross-correlation" in panel.buttons["flip"].toolTip()
        assert "does not flip" in panel.flipping.text()


class TestWhichKernel:
    def test_only_the_filter_and_channel_under_the_cursor_change(self, show):
        panel = show(several())
        panel.session.move(layer=1, filter=2, channel=1)
        assert panel.editor.filter.place.text() == "3 of 3"
        assert panel.editor.channel.place.text() == "2 of 2"
        before = conv(panel, 1)
        press(panel, "zero")
        changed = conv(panel, 1).kernel != before.kernel
        assert changed[:, :, 1, 2].all()
        assert changed.sum() == 9
        panel.choose(NAMES.index("Identity"))
        assert conv(panel, 1).bias.tolist() == [1.0, 2.0, 0.0]

    def test_another_size_is_for_all_kernels_of_the_layer(self, show):
        panel = show(several())
        panel.session.move(layer=1, filter=0, channel=0)
        QGuiApplication.clipboard().setText("\n".join("\t".join("5" * 5) for _ in range(5)))
        press(panel, "paste")
        kernel = conv(panel, 1).kernel
        assert kernel.shape == (5, 5, 2, 3)
        assert (kernel[:, :, 0, 0] == 5).all()
        assert kernel[:, :, 1, 2].sum() == 13 * 9
        assert kernel[0, :, 1, 2].sum() == 0

    def test_where_another_layer_is_focused_it_is_the_first_convolution(self, show):
        panel = show(several())
        panel.session.select(0)
        assert panel.which.text().startswith("Layer 2: Conv2D 3×3")
        press(panel, "zero")
        assert (conv(panel, 1).kernel[:, :, 0, 0] == 0).all()

    def test_the_panel_follows_the_cursor(self, show):
        panel = show(several())
        panel.session.move(layer=1, filter=0)
        panel.choose(0)
        assert panel.gallery.current == 0
        panel.session.move(filter=1)
        assert panel.gallery.current == -1

    def test_without_a_convolution_it_is_off_and_says_so(self, show):
        panel = show(Document(Image(np.ones((7, 7, 1))), Network((Activation(),))))
        assert not panel.gallery.isEnabled()
        assert not any(button.isEnabled() for button in panel.buttons.values())
        assert "no convolution" in panel.which.text()
        panel.change("zero")
        panel.choose(0)
        panel.copy()
        assert panel.session.undo_text is None


def test_nothing_is_cut_off_in_a_narrow_column(panel, qtbot):
    panel.resize(236, 760)
    for button in panel.buttons.values():
        text = button.fontMetrics().horizontalAdvance(button.text())
        assert text + 16 <= button.width()


class TestAllChannels:
    @pytest.fixture
    def panel(self, show):
        panel = show(several())
        panel.session.move(layer=1, filter=2, channel=1)
        everywhere(panel)
        return panel

    def test_a_kernel_of_the_gallery_goes_to_every_channel_of_the_filter(self, panel):
        before = conv(panel, 1)
        QTest.mouseClick(panel.gallery.thumbnails[NAMES.index("Sobel x")], Qt.MouseButton.LeftButton)
        after = conv(panel, 1)
        for channel in range(2):
            assert np.array_equal(after.kernel[:, :, channel, 2], kernel_presets()[NAMES.index("Sobel x")].weights)
        assert np.array_equal(after.kernel[..., :2], before.kernel[..., :2])
        panel.session.undo()
        assert conv(panel, 1) == before

    def test_each_channel_is_changed_by_itself(self, panel):
        panel.choose(NAMES.index("Handbook"))
        panel.editor.everywhere.setChecked(False)
        press(panel, "zero")
        panel.editor.everywhere.setChecked(True)
        press(panel, "flip")
        kernel = conv(panel, 1).kernel[..., 2]
        assert kernel[:, :, 0].tolist() == [[2, 0, -2], [0, 1, 0], [-1, 0, 0]]
        assert not kernel[:, :, 1].any()
        press(panel, "random")
        kernel = conv(panel, 1).kernel[..., 2]
        assert not np.array_equal(kernel[:, :, 0], kernel[:, :, 1])

    def test_normalising_makes_all_channels_together_add_up_to_1(self, panel):
        press(panel, "normalise")
        assert conv(panel, 1).kernel[..., 2].sum() == pytest.approx(1)
        assert conv(panel, 1).kernel[0, 0, 1, 2] / conv(panel, 1).kernel[0, 0, 0, 2] == pytest.approx(13 / 3)
        panel.choose(NAMES.index("Sobel x"))
        assert not panel.buttons["normalise"].isEnabled()

    def test_another_size_is_for_all_of_them(self, panel):
        QGuiApplication.clipboard().setText("1\t2\n3\t4\n")
        press(panel, "paste")
        kernel = conv(panel, 1).kernel
        assert kernel.shape == (2, 2, 2, 3)
        assert kernel[:, :, 0, 2].tolist() == kernel[:, :, 1, 2].tolist() == [[1, 2], [3, 4]]
        assert (kernel[:, :, 0, 0] == 1).all()

    def test_it_is_offered_only_where_there_are_several(self, panel, show):
        assert panel.editor.everywhere.isVisible()
        single = show(default_document())
        assert not single.editor.everywhere.isVisible()
        single.editor.everywhere.setChecked(True)
        single.change("zero")
        assert not conv(single).kernel.any()


def test_steps_and_strokes_are_no_concern_of_the_panel(panel, monkeypatch):
    drawn = []
    monkeypatch.setattr(panel, "redraw", lambda: drawn.append(1))
    panel.session.move(row=2)
    panel.session.move(column=1)
    panel.session.edit_image(Image(np.ones((7, 7, 1))), say("Edit"))
    assert not drawn
    panel.session.move(layer=1)
    assert drawn


def test_it_is_as_narrow_as_the_column_may_be(show):
    for document in (default_document(), several()):
        panel = show(document)
        panel.session.move(layer=len(document.network.layers) - 2)
        assert panel.minimumSizeHint().width() <= 236
        panel.resize(236, 1400)
        box = panel.editor.everywhere
        assert box.sizeHint().width() <= box.width()


def test_a_long_name_of_a_layer_does_not_widen_the_panel(panel):
    wide = panel.minimumSizeHint().width()
    layer = replace(conv(panel), name="convnext_tiny_stage_0_block_0_pointwise_conv_1")
    panel.session.edit_layer(0, layer, say("Rename"))
    assert "pointwise" in panel.which.text()
    assert panel.minimumSizeHint().width() <= wide

"""The kernel panel edits one kernel of the convolution that is looked at, and nothing else."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from cnn_explorer.network.arrays import frozen
from cnn_explorer.network.document import Document, Image
from cnn_explorer.network.layers import LAYERS, Activation, Conv2D, Flatten
from cnn_explorer.network.network import Network
from cnn_explorer.network.presets import default_document, kernel_presets
from cnn_explorer.network.results import evaluate
from cnn_explorer.network.sentence import say
from cnn_explorer.session.session import Session
from cnn_explorer.session.settings import Settings
from cnn_explorer.views.kernel_panel import CHANGES, KernelPanel

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

NAMES = [str(preset.name) for preset in kernel_presets()]
HANDBOOK = [[0, 0, -1], [0, 1, 0], [-2, 0, 2]]


def make_session(document):
    session = Session(document)
    session.changed.connect(lambda: session.show(evaluate(session.document)))
    return session


@pytest.fixture
def show(qtbot):
    def make(document):
        session = make_session(document)
        panel = KernelPanel(session, Settings())
        qtbot.addWidget(panel)
        panel.resize(240, 760)
        panel.show()
        qtbot.waitExposed(panel)
        panel.session = session
        return panel

    return make


@pytest.fixture
def panel(show):
    return show(default_document())


def conv(panel, index=0):
    return panel.session.document.network.layers[index]


def weights(panel):
    return conv(panel).kernel[:, :, 0, 0].tolist()


def press(panel, name):
    QTest.mouseClick(panel.buttons[name], Qt.MouseButton.LeftButton)


def several():
    """A ReLU and then a convolution of two channels and three filters, each kernel filled with a number of its own."""
    kernel = np.zeros((3, 3, 2, 3), np.float32)
    for channel, number in np.ndindex(2, 3):
        kernel[:, :, channel, number] = 10 * channel + number + 1
    layer = Conv2D(kernel=frozen(kernel), bias=frozen([1.0, 2.0, 3.0]))
    return Document(Image(np.ones((7, 7, 2))), Network((Activation(), layer)))


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


def everywhere(panel):
    box = panel.editor.everywhere
    QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(8, box.height() // 2))
    assert box.isChecked()


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


class TestEditor:
    def test_the_numbers_are_typed_in_place_and_undone_in_one_step(self, panel):
        grid = panel.editor.grid
        QTest.mouseClick(grid, Qt.MouseButton.LeftButton, pos=middle_of(grid, 0, 2))
        QTest.keyClicks(grid, "2.5")
        QTest.keyClick(grid, Qt.Key.Key_Return)
        assert weights(panel) == [[0, 0, 2.5], [0, 1, 0], [-2, 0, 2]]
        assert str(panel.session.undo_text) == "Change the kernel"
        panel.session.undo()
        assert weights(panel) == HANDBOOK
        assert grid.values.tolist() == HANDBOOK

    def test_a_drag_is_one_step(self, panel):
        grid = panel.editor.grid
        QTest.mousePress(grid, Qt.MouseButton.LeftButton, pos=middle_of(grid, 1, 1))
        for up in (12, 24, 36):
            QTest.mouseMove(grid, middle_of(grid, 1, 1) - QPoint(0, up))
        QTest.mouseRelease(grid, Qt.MouseButton.LeftButton, pos=middle_of(grid, 1, 1) - QPoint(0, 36))
        assert weights(panel)[1][1] == 4
        panel.session.undo()
        assert weights(panel) == HANDBOOK

    def test_the_bias_is_edited_too(self, panel):
        bias = panel.editor.bias
        bias.setFocus()
        QTest.keyClicks(bias, "-3")
        QTest.keyClick(bias, Qt.Key.Key_Return)
        assert conv(panel).bias.tolist() == [-3]
        assert str(panel.session.undo_text) == "Change the bias"

    def test_the_steppers_choose_filter_and_channel(self, show):
        panel = show(several())
        panel.session.select(1)
        editor = panel.editor
        QTest.mouseClick(editor.filter.on, Qt.MouseButton.LeftButton)
        QTest.mouseClick(editor.filter.on, Qt.MouseButton.LeftButton)
        QTest.mouseClick(editor.channel.on, Qt.MouseButton.LeftButton)
        assert (panel.session.cursor.filter, panel.session.cursor.channel) == (2, 1)
        assert (editor.grid.values == 13).all()
        assert editor.bias.values.tolist() == [[3]]
        editor.grid.setFocus()
        QTest.keyClicks(editor.grid, "7")
        QTest.keyClick(editor.grid, Qt.Key.Key_Return)
        changed = conv(panel, 1).kernel != conv_of(several()).kernel
        assert changed[0, 0, 1, 2] and changed.sum() == 1

    def test_a_single_kernel_has_nothing_to_step_through(self, panel):
        assert not panel.editor.filter.isVisible() and not panel.editor.channel.isVisible()

    def test_nothing_moves_when_filters_and_larger_kernels_come(self, panel):
        place = panel.gallery.y()
        QGuiApplication.clipboard().setText("\n".join("\t".join("1" * 7) for _ in range(7)))
        press(panel, "paste")
        grown = conv(panel).with_filters(5, np.random.default_rng(0))
        panel.session.edit_layer(0, grown, say("Edit"))
        panel.layout().activate()
        assert panel.editor.filter.isVisible()
        assert panel.gallery.y() == place
        grid = panel.editor.grid
        assert panel.editor.square.rect().contains(grid.geometry())

    def test_a_layer_without_a_bias_of_its_own_shows_none(self, show):
        panel = show(Document(Image(np.ones((7, 7, 1))), Network((Activation(),))))
        assert not panel.editor.grid.isVisible() and not panel.editor.bias.isVisible()


class TestOtherLayers:
    """Whatever has weights for each of its filters is edited in the same panel."""

    KINDS = ["Conv2D", "DepthwiseConv2D", "Conv2DTranspose", "Dense"]

    @pytest.fixture(params=KINDS)
    def panel(self, request, show):
        shape = (1, 1, 12) if request.param == "Dense" else (6, 6, 2)
        layer = LAYERS[request.param].new(shape, np.random.default_rng(1))
        pixels = np.random.default_rng(2).random((6, 1, 2) if request.param == "Dense" else shape)
        before = (Flatten(),) if request.param == "Dense" else ()
        panel = show(Document(Image(pixels), Network((*before, layer))))
        panel.session.select(len(before))
        return panel

    def test_weights_biases_and_operations(self, panel):
        index = panel.session.cursor.layer
        count = panel.session.evaluation.maps[-1].shape[2]
        panel.session.move(filter=count - 1)
        shape = panel.session.evaluation.maps[index].shape
        before = conv(panel, index)
        panel.editor.grid.setFocus()
        QTest.keyClicks(panel.editor.grid, "5")
        QTest.keyClick(panel.editor.grid, Qt.Key.Key_Return)
        place = panel.session.cursor.channel if panel.editor.channel.isVisible() else 0
        after = conv(panel, index).filter_weights(shape, count - 1)
        assert after[0, 0, place] == 5
        assert (after != before.filter_weights(shape, count - 1)).sum() == 1
        press(panel, "negate")
        assert conv(panel, index).filter_weights(shape, count - 1)[0, 0, place] == -5
        panel.editor.bias.setFocus()
        QTest.keyClicks(panel.editor.bias, "2")
        QTest.keyClick(panel.editor.bias, Qt.Key.Key_Return)
        assert conv(panel, index).filter_bias(count - 1) == 2
        assert panel.session.evaluation.maps[-1].shape[2] == count

    def test_all_channels_at_once(self, panel):
        if not panel.editor.channel.isVisible():
            pytest.skip("its filters read one channel each")
        index = panel.session.cursor.layer
        shape = panel.session.evaluation.maps[index].shape
        everywhere(panel)
        press(panel, "zero")
        assert not conv(panel, index).filter_weights(shape, 0).any()
        assert conv(panel, index).filter_weights(shape, 1).any()

    def test_kernels_of_the_gallery_where_they_fit(self, panel):
        index = panel.session.cursor.layer
        fits = bool(conv(panel, index).window_weights)
        assert panel.gallery.isEnabled() == fits
        QTest.mouseClick(panel.gallery.thumbnails[NAMES.index("Sobel y")], Qt.MouseButton.LeftButton)
        shape = panel.session.evaluation.maps[index].shape
        shown = conv(panel, index).filter_weights(shape, 0)[:, :, 0]
        assert np.array_equal(shown, kernel_presets()[NAMES.index("Sobel y")].weights) == fits

    def test_what_does_not_fit_is_refused_with_a_reason(self, panel, qtbot):
        index = panel.session.cursor.layer
        QGuiApplication.clipboard().setText("1\t2\n3\t4\n")
        if conv(panel, index).window_weights:
            press(panel, "paste")
            shape = panel.session.evaluation.maps[index].shape
            assert conv(panel, index).filter_weights(shape, 0)[:, :, 0].tolist() == [[1, 2], [3, 4]]
            return
        with qtbot.waitSignal(panel.session.said) as said:
            press(panel, "paste")
        assert "1×1" in str(said.args[0])
        assert panel.session.undo_text is None


def middle_of(grid, row, column):
    side = grid.width() / grid.values.shape[1]
    return QPoint(int((column + 0.5) * side), int((row + 0.5) * side))


def conv_of(document, index=1):
    return document.network.layers[index]


def test_the_panel_asks_for_nothing_at_every_step_of_the_window(panel, monkeypatch):
    drawn = []
    monkeypatch.setattr(panel, "redraw", lambda: drawn.append(1))
    panel.session.move(row=2)
    panel.session.move(column=1)
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

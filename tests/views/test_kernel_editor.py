"""The kernel's numbers, bias, filter and channel in the panel, for every kind of layer that has them."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from cnn_explorer.network.document import Document, Image
from cnn_explorer.network.layers import LAYERS, Activation, Flatten
from cnn_explorer.network.network import Network
from cnn_explorer.network.presets import default_document, kernel_presets
from cnn_explorer.network.sentence import say
from cnn_explorer.views.controls import scrolling
from tests.views.kernel_setting import HANDBOOK, NAMES, conv, everywhere, press, several, shown_panel, weights

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def show(qtbot):
    return lambda document: shown_panel(qtbot, document)


@pytest.fixture
def panel(show):
    return show(default_document())


def middle_of(grid, row, column):
    side = grid.width() / grid.values.shape[1]
    return QPoint(int((column + 0.5) * side), int((row + 0.5) * side))


def conv_of(document, index=1):
    return document.network.layers[index]


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

    def test_a_filter_chosen_on_the_wall_is_edited_from_there(self, show, qtbot):
        panel = show(several())
        panel.session.select(1)
        area = scrolling(panel)
        qtbot.addWidget(area)
        area.resize(256, 320)
        area.show()
        area.activateWindow()
        qtbot.waitUntil(area.isActiveWindow)
        board = panel.wall.board
        area.ensureWidgetVisible(board)
        place = board.plan.rect(0, 2).center().toPoint()
        QTest.mouseClick(board, Qt.MouseButton.LeftButton, pos=place)
        assert panel.editor.visibleRegion().isEmpty()
        QTest.mouseDClick(board, Qt.MouseButton.LeftButton, pos=place)
        assert panel.editor.grid.hasFocus()
        assert panel.editor.visibleRegion().boundingRect().height() == panel.editor.height()
        QTest.keyClicks(panel.editor.grid, "9")
        QTest.keyClick(panel.editor.grid, Qt.Key.Key_Return)
        assert conv(panel, 1).kernel[0, 0, 0, 2] == 9
        area.ensureWidgetVisible(board)
        board.setFocus()
        QTest.keyClick(board, Qt.Key.Key_Return)
        assert panel.editor.grid.hasFocus()

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
        index = panel.session.cursor.layer
        shape = panel.session.evaluation.maps[index].shape
        if conv(panel, index).kind == "DepthwiseConv2D":  # its filters read one channel each
            assert not panel.editor.channel.isVisible() and not panel.editor.everywhere.isVisible()
            return
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

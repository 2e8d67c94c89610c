"""The input panel: four sources, what can be done to a drawing, and following the document."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from cnn_explorer.network.document import Document, Image
from cnn_explorer.network.drawing import mass_centre
from cnn_explorer.network.presets import default_document, image_presets
from cnn_explorer.network.results import evaluate
from cnn_explorer.network.sentence import say
from cnn_explorer.session.session import Session
from cnn_explorer.session.settings import Settings
from cnn_explorer.views.input_panel import InputPanel
from cnn_explorer.views.theme import theme

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

LEFT = Qt.MouseButton.LeftButton
NAMES = [str(preset.name) for preset in image_presets()]


@pytest.fixture
def panel(qtbot):
    session = Session(default_document())
    session.changed.connect(lambda: session.show(evaluate(session.document)))
    made = InputPanel(session, Settings())
    qtbot.addWidget(made)
    made.resize(240, 700)
    made.show()
    qtbot.waitExposed(made)
    made.session, made.read = session, []
    made.pointed.connect(made.read.append)
    yield made
    made.stop()


def image(panel):
    return panel.session.document.image


def plane(panel):
    return image(panel).pixels[..., 0]


def tab(panel, index):
    QTest.mouseClick(panel.sources.buttons[index], LEFT)


def shown(panel):
    """The names of the pages that are seen, and the tab that is on."""
    on = [at for at, made in enumerate(panel.sources.buttons) if made.isChecked()]
    return [name for name, page in panel.pages.items() if page.isVisible()], on


def press(button):
    QTest.mouseClick(button, LEFT)


def stroke(panel, *places):
    for kind, place in zip((QTest.mousePress, *[QTest.mouseMove] * (len(places) - 1)), places, strict=True):
        kind(panel.canvas, LEFT, pos=QPoint(*place)) if kind is QTest.mousePress else kind(panel.canvas, QPoint(*place))
    QTest.mouseRelease(panel.canvas, LEFT, pos=QPoint(*places[-1]))


class TestModels:
    """The network is a model that takes images of one shape only."""

    @staticmethod
    def give(panel, *shape):
        network = replace(default_document().network, input_shape=shape)
        panel.session.open(Document(Image(np.zeros(shape), "file"), network))

    def test_the_panel_says_what_the_model_takes_until_the_network_is_another(self, panel):
        assert not panel.model.isVisible()
        self.give(panel, 40, 30, 3)
        assert panel.model.isVisible()
        assert panel.model.text().startswith("The model takes 40×30 cells in 3 channels: any image is resized to that")
        assert panel.model.height() >= panel.model.heightForWidth(panel.model.width())
        panel.session.edit_network(default_document().network, say("Another"))
        assert not panel.model.isVisible()
        panel.session.undo()
        assert panel.model.isVisible()

    @pytest.mark.parametrize(("shape", "on"), [((40, 30, 3), 1), ((9, 8, 1), 0)])
    def test_one_source_is_left_for_drawing_and_is_called_by_the_size(self, panel, shape, on):
        self.give(panel, *shape)
        drawn, other = panel.sources.buttons[on], panel.sources.buttons[1 - on]
        assert drawn.text() == "{}×{}".format(*shape)
        assert "as the model takes them" in drawn.toolTip()
        assert drawn.isEnabled() and not other.isEnabled()
        tab(panel, on)
        assert image(panel).shape == shape
        assert shown(panel)[1] == [on]
        assert str(panel.session.undo_text) == "Switch to {}×{}".format(*shape)
        stroke(panel, (100, 100), (130, 130))
        assert image(panel).shape == shape and plane(panel).any()

    def test_the_brush_is_as_wide_a_part_of_a_large_image(self, panel):
        self.give(panel, 280, 280, 3)
        tab(panel, 1)
        panel.brush.set_size(1.0)
        middle = panel.canvas.width() // 2, panel.canvas.height() // 2
        stroke(panel, middle, middle)
        inked = np.flatnonzero(plane(panel).max(axis=0) > 0.5)
        assert 19 <= len(inked) <= 21

    def test_the_key_of_the_other_source_leads_to_the_one_that_is_left(self, panel):
        self.give(panel, 28, 28, 1)
        panel.choose("7x7")
        assert shown(panel)[1] == [1]
        assert image(panel).shape == (28, 28, 1)

    def test_what_was_drawn_for_a_model_is_not_offered_to_another_network(self, panel):
        self.give(panel, 40, 30, 3)
        tab(panel, 1)
        panel.session.open(default_document())
        assert panel.sources.buttons[1].text() == "28×28"
        tab(panel, 1)
        assert image(panel).shape == (28, 28, 1)


class TestSources:
    def test_it_opens_with_the_page_of_the_image(self, panel):
        assert shown(panel) == (["7x7"], [0])

    def test_28_by_28_brings_a_blank_image_that_undo_takes_back_with_its_page(self, panel):
        handbook = image(panel)
        tab(panel, 1)
        assert image(panel).shape == (28, 28, 1)
        assert not plane(panel).any()
        assert shown(panel) == (["28x28"], [1])
        assert str(panel.session.undo_text) == "Switch to 28×28"
        panel.session.undo()
        assert image(panel) == handbook
        assert shown(panel) == (["7x7"], [0])
        panel.session.redo()
        assert shown(panel) == (["28x28"], [1])

    def test_switching_back_brings_what_was_drawn_last(self, panel):
        handbook = image(panel)
        tab(panel, 1)
        stroke(panel, (60, 60), (120, 120))
        drawn = image(panel)
        tab(panel, 0)
        assert image(panel) == handbook
        tab(panel, 1)
        assert image(panel) == drawn
        assert drawn.pixels.any()

    @pytest.mark.parametrize(("index", "source"), [(2, "mnist"), (3, "file")])
    def test_mnist_and_image_are_made_when_first_shown_and_change_nothing_yet(self, panel, index, source):
        assert source not in panel.pages
        tab(panel, index)
        assert shown(panel) == ([source], [index])
        assert panel.session.undo_text is None
        tab(panel, 0)
        assert shown(panel) == (["7x7"], [0])
        assert panel.session.undo_text is None

    def test_editing_a_kernel_does_not_turn_the_page(self, panel):
        tab(panel, 2)
        layer = panel.session.document.network.layers[0]
        from dataclasses import replace

        panel.session.edit_layer(0, replace(layer, strides=(2, 2)), say("Stride"))
        assert shown(panel) == (["mnist"], [2])

    def test_an_image_from_elsewhere_turns_the_page(self, panel):
        panel.session.edit_image(Image(np.ones((9, 9, 3)), "file", "cat.png", light=True), say("Open"))
        assert shown(panel) == (["file"], [3])

    def test_another_document_turns_the_page(self, panel):
        tab(panel, 1)
        panel.session.open(default_document())
        assert shown(panel) == (["7x7"], [0])


class TestCells:
    def test_the_chosen_value_is_painted(self, panel):
        page = panel.pages["7x7"]
        press(page.values.buttons[2])
        press(page.clear)
        stroke(panel, (98, 98))
        assert plane(panel)[3, 3] == 2.0

    def test_any_number_can_be_typed_for_the_brush(self, panel):
        page = panel.pages["7x7"]
        page.other_value.setFocus()
        QTest.keyClicks(page.other_value, "-0,5")
        QTest.keyClick(page.other_value, Qt.Key.Key_Return)
        assert panel.brush.value == -0.5
        assert not any(made.isChecked() for made in page.values.buttons)
        stroke(panel, (98, 98))
        assert plane(panel)[3, 3] == -0.5
        press(page.values.buttons[1])
        assert page.other_value.text() == ""
        assert panel.brush.value == 1.0

    def test_what_is_no_number_is_red_and_explained(self, panel):
        page = panel.pages["7x7"]
        QTest.keyClicks(page.other_value, "two")
        QTest.keyClick(page.other_value, Qt.Key.Key_Return)
        assert panel.brush.value == 1.0
        assert theme.colours.bad in page.other_value.styleSheet()
        assert "not a number" in panel.read[-1]
        QTest.keyClick(page.other_value, Qt.Key.Key_Backspace)
        assert page.other_value.styleSheet() == ""

    def test_clear_invert_random_are_steps_of_undo(self, panel):
        page, handbook = panel.pages["7x7"], plane(panel)
        press(page.invert)
        assert np.array_equal(plane(panel), 2 - handbook)
        press(page.clear)
        assert not plane(panel).any()
        press(page.random)
        assert set(np.unique(plane(panel))) == {0.0, 1.0, 2.0}
        assert [str(panel.session.undo_text)] == ["Random image"]
        for _ in range(3):
            panel.session.undo()
        assert np.array_equal(plane(panel), handbook)

    @pytest.mark.parametrize(
        ("name", "down", "right"), [("left", 0, -1), ("up", -1, 0), ("down", 1, 0), ("right", 0, 1)]
    )
    def test_shifting(self, panel, name, down, right):
        before = plane(panel)
        press(panel.pages["7x7"].shifts[name])
        after = plane(panel)
        for row, column in np.ndindex(7, 7):
            inside = 0 <= row - down < 7 and 0 <= column - right < 7
            assert after[row, column] == (before[row - down, column - right] if inside else 0)

    @pytest.mark.parametrize("index", range(len(NAMES)))
    def test_samples(self, panel, index):
        page = panel.pages["7x7"]
        QTest.mouseClick(page.samples.thumbnails[index], LEFT)
        assert np.array_equal(image(panel).pixels, image_presets()[index].pixels)
        assert image(panel).source == "7x7"
        assert page.samples.current == index

    def test_a_sample_that_is_drawn_on_is_no_longer_marked_or_named(self, panel):
        page = panel.pages["7x7"]
        QTest.mouseClick(page.samples.thumbnails[1], LEFT)
        assert image(panel).name == NAMES[1]
        stroke(panel, (10, 10))
        assert page.samples.current == -1
        assert image(panel).name == ""


class TestSoft:
    @pytest.fixture(autouse=True)
    def drawn(self, panel):
        tab(panel, 1)
        self.page = panel.pages["28x28"]

    def test_the_slider_sets_the_size(self, panel):
        self.page.size_slider.setFocus()
        before = panel.brush.size
        QTest.keyClick(self.page.size_slider, Qt.Key.Key_Right)
        assert panel.brush.size == pytest.approx(before + 0.1)
        assert self.page.size_value.text() == f"{before + 0.1:.1f}"

    def test_the_eraser_erases_until_the_brush_is_taken_again(self, panel):
        stroke(panel, (40, 98), (160, 98))
        press(self.page.tools.buttons[1])
        stroke(panel, (40, 98), (100, 98))
        assert plane(panel)[14, 7] == 0.0
        assert plane(panel)[14, 20] > 0.5
        press(self.page.tools.buttons[0])
        stroke(panel, (40, 98), (100, 98))
        assert plane(panel)[14, 7] > 0.5

    def test_centring_once(self, panel):
        assert not self.page.centre.isEnabled()
        stroke(panel, (20, 20), (40, 60))
        press(self.page.centre)
        assert np.all(np.abs(np.array(mass_centre(plane(panel))) - 14) <= 0.5)
        assert str(panel.session.undo_text) == "Centre the drawing"

    def test_centring_after_every_stroke_is_a_setting(self, panel):
        press(self.page.always)
        assert panel._settings.values.centre_like_mnist
        stroke(panel, (20, 20), (40, 60))
        assert np.all(np.abs(np.array(mass_centre(plane(panel))) - 14) <= 0.5)
        panel.session.undo()
        assert not plane(panel).any()
        panel._settings.set("centre_like_mnist", False)
        assert not self.page.always.isChecked()

    def test_clear_and_invert(self, panel):
        press(self.page.invert)
        assert (plane(panel) == 1).all()
        press(self.page.clear)
        assert not plane(panel).any()


def in_colour(panel):
    pixels = np.random.default_rng(5).random((9, 9, 3), np.float32)
    panel.session.edit_image(Image(pixels, "file", "photo.png", True), say("Open"))


class TestPlanes:
    def test_only_a_colour_image_offers_its_planes(self, panel):
        assert not panel.planes.isVisible()
        in_colour(panel)
        assert panel.planes.isVisible() and panel.planes.buttons.buttons[0].isChecked()
        panel.session.undo()
        assert not panel.planes.isVisible()

    def test_a_plane_is_chosen_shown_and_painted_on(self, panel):
        in_colour(panel)
        before = image(panel).pixels
        press(panel.planes.buttons.buttons[3])
        assert panel.canvas.planes == (2,) and panel.session.cursor.channel == 2
        stroke(panel, (98, 98))
        changed = image(panel).pixels != before
        assert changed[..., 2].any() and not changed[..., :2].any()
        press(panel.planes.buttons.buttons[0])
        assert panel.canvas.planes == (0, 1, 2)

    def test_arrow_keys_go_from_plane_to_plane(self, panel):
        in_colour(panel)
        panel.planes.buttons.buttons[0].setFocus()
        QTest.keyClick(panel.planes.buttons.buttons[0], Qt.Key.Key_Right)
        assert panel.brush.plane == 0 and panel.planes.buttons.buttons[1].isChecked()

    def test_a_plane_deep_in_the_network_keeps_its_channel(self, panel):
        in_colour(panel)
        panel.session.move(layer=1, channel=0)
        press(panel.planes.buttons.buttons[2])
        assert panel.session.cursor.channel == 0

    def test_its_words_fit_and_follow_the_language(self, panel):
        in_colour(panel)
        for made in panel.planes.buttons.buttons:
            assert made.fontMetrics().horizontalAdvance(made.text()) + 4 <= made.width()
            assert made.accessibleName() and made.toolTip()


class TestLooks:
    @pytest.mark.parametrize("width", [226, 240, 300])
    def test_nothing_is_cut_off(self, panel, width):
        tab(panel, 1)
        tab(panel, 0)
        panel.resize(width, 760)
        QApplication.processEvents()
        assert panel.minimumSizeHint().width() <= 226
        cells, soft = panel.pages["7x7"], panel.pages["28x28"]
        for button in (*panel.sources.buttons, cells.clear, cells.invert, cells.random):
            assert button.fontMetrics().horizontalAdvance(button.text()) + 4 <= button.width()
        assert soft.minimumSizeHint().width() <= 202
        assert cells.minimumSizeHint().width() <= 202

    def test_the_canvas_stays_where_it_is_from_page_to_page(self, panel):
        places = set()
        for index in (0, 1, 2, 3):
            tab(panel, index)
            panel.layout().activate()
            places.add((panel.canvas.y(), panel.canvas.height()))
        assert len(places) == 1

    def test_pointing_at_a_pixel_is_handed_on(self, panel):
        place = panel.canvas.grid.rect(2, 3).center()
        none = Qt.MouseButton.NoButton
        moved = QMouseEvent(QEvent.Type.MouseMove, place, place, none, none, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(panel.canvas, moved)
        assert panel.read[-1] == "Pixel row 3, column 4 = 2"

    def test_texts_follow_the_language(self, panel):
        from PySide6.QtCore import QCoreApplication

        from cnn_explorer.session.language import Translator

        tab(panel, 1)
        translator = Translator({"INPUT": "输入", "Eraser": "橡皮", "Clear": "清除", "Handbook": "手册"}, panel)
        QCoreApplication.installTranslator(translator)
        QApplication.sendEvent(panel, QEvent(QEvent.Type.LanguageChange))
        for page in panel.pages.values():
            QApplication.sendEvent(page, QEvent(QEvent.Type.LanguageChange))
        texts = panel.heading.text(), panel.pages["28x28"].tools.buttons[1].text(), panel.pages["7x7"].clear.text()
        sample = panel.pages["7x7"].samples.thumbnails[0].text()
        QCoreApplication.removeTranslator(translator)
        assert texts == ("输入", "橡皮", "清除")
        assert sample == "手册"

"""Painting the input image: strokes, numbers, keys; one step of undo for each."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from cnn_explorer.network.document import Document, Image
from cnn_explorer.network.drawing import mass_centre
from cnn_explorer.network.numbers import digits_for
from cnn_explorer.network.results import evaluate
from cnn_explorer.network.sentence import say
from cnn_explorer.session.session import Session
from cnn_explorer.session.settings import Settings
from cnn_explorer.views.brush import Brush
from cnn_explorer.views.canvas import Canvas
from cnn_explorer.views.canvas_picture import CanvasPicture
from cnn_explorer.views.theme import Scale, theme

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
PLAIN = Qt.KeyboardModifier.NoModifier


class Work:
    """A canvas on an image of `side` × `side` × `channels`, `pixels` wide."""

    def __init__(self, qtbot, side, channels=1, source="7x7", pixels=196):
        self.session = Session(Document(Image(np.zeros((side, side, channels)), source)))
        self.edits = []
        self.session.changed.connect(lambda: self.edits.append(self.session.document))
        self.session.changed.connect(lambda: self.session.show(evaluate(self.session.document)))
        self.settings = Settings()
        self.brush = Brush(self.settings)
        self.canvas = self.make(qtbot, pixels)
        self.read = []
        self.canvas.pointed.connect(self.read.append)

    def make(self, qtbot, pixels):
        canvas = Canvas(self.session, self.settings, self.brush)
        qtbot.addWidget(canvas)
        canvas.resize(pixels, pixels)
        canvas.show()
        qtbot.waitExposed(canvas)
        canvas.setFocus()
        return canvas

    @property
    def plane(self):
        return self.session.document.image.pixels[..., 0]

    def point(self, row, column):
        return self.canvas.grid.rect(row, column).center().toPoint()

    def mouse(self, kind, place, button, buttons, modifiers=PLAIN):
        point = QPointF(place)
        event = QMouseEvent(kind, point, self.canvas.mapToGlobal(point), button, buttons, modifiers)
        QApplication.sendEvent(self.canvas, event)

    def down(self, row, column, button=LEFT, modifiers=PLAIN):
        self.mouse(QEvent.Type.MouseButtonPress, self.point(row, column), button, button, modifiers)

    def move(self, row, column, button=LEFT):
        self.mouse(QEvent.Type.MouseMove, self.point(row, column), Qt.MouseButton.NoButton, button)

    def up(self, row, column, button=LEFT):
        self.mouse(QEvent.Type.MouseButtonRelease, self.point(row, column), button, Qt.MouseButton.NoButton)

    def drag(self, *cells, button=LEFT):
        self.down(*cells[0], button)
        for cell in cells[1:]:
            self.move(*cell, button)
        self.up(*cells[-1], button)

    def key(self, key, modifiers=PLAIN):
        QTest.keyClick(self.canvas, key, modifiers)


@pytest.fixture
def cells(qtbot):
    return Work(qtbot, 7)


@pytest.fixture
def soft(qtbot):
    return Work(qtbot, 28, source="28x28")


class TestCells:
    def test_a_click_paints_the_chosen_value(self, cells):
        cells.brush.set_value(2.0)
        cells.drag((3, 4))
        assert cells.plane[3, 4] == 2.0
        assert np.count_nonzero(cells.plane) == 1

    def test_a_drag_leaves_no_gap_and_is_one_step_of_undo(self, cells):
        cells.drag((0, 0), (6, 6))
        assert [cells.plane[i, i] for i in range(7)] == [1.0] * 7
        assert str(cells.session.undo_text) == "Draw"
        cells.session.undo()
        assert not cells.plane.any()
        assert cells.session.undo_text is None

    def test_the_right_button_erases(self, cells):
        cells.drag((0, 0), (0, 6))
        cells.drag((0, 2), (0, 4), button=RIGHT)
        assert cells.plane[0].tolist() == [1, 1, 0, 0, 0, 1, 1]
        assert str(cells.session.undo_text) == "Erase"

    def test_a_stroke_may_leave_the_image_and_come_back(self, cells):
        cells.down(3, 5)
        self_out = cells.canvas.grid.rect(3, 12).center().toPoint()
        cells.mouse(QEvent.Type.MouseMove, self_out, Qt.MouseButton.NoButton, LEFT)
        cells.move(5, 5)
        cells.up(5, 5)
        assert cells.plane[3].tolist() == [0, 0, 0, 0, 0, 1, 1]
        assert cells.plane[5, 5] == 1.0

    def test_control_click_selects_without_painting(self, cells):
        cells.down(2, 2, modifiers=Qt.KeyboardModifier.ControlModifier)
        cells.up(2, 2)
        assert cells.canvas.selected == (2, 2)
        assert cells.edits == []

    def test_the_eraser_of_the_soft_brush_does_not_erase_cells(self, cells):
        cells.brush.set_erasing(True)
        cells.drag((1, 1))
        assert cells.plane[1, 1] == 1.0

    def test_a_middle_click_does_nothing(self, cells):
        cells.down(1, 1, Qt.MouseButton.MiddleButton)
        assert cells.edits == []

    def test_numbers_are_shown_and_follow(self, cells):
        before = cells.canvas.grab().toImage()
        cells.drag((3, 3))
        after = cells.canvas.grab().toImage()
        place = cells.point(3, 3) - QPoint(10, 10)
        assert before.pixel(place) != after.pixel(place)
        assert after.pixel(place) == theme.colour(1.0, Scale("ink", 0, 1)).rgb()

    def test_negative_values_make_the_colours_signed(self, cells):
        cells.key(Qt.Key.Key_Minus)
        cells.key(Qt.Key.Key_2)
        cells.key(Qt.Key.Key_Return)
        cells.canvas.clearFocus()
        place = cells.point(0, 0) - QPoint(10, 10)
        assert cells.canvas.grab().toImage().pixel(place) == theme.colour(-2.0, Scale.around_zero(2.0)).rgb()


class TestKeys:
    def test_typing_replaces_the_selected_value(self, cells):
        cells.down(2, 3, modifiers=Qt.KeyboardModifier.ControlModifier)
        cells.up(2, 3)
        QTest.keyClicks(cells.canvas, "0,5")
        assert cells.edits == []
        cells.key(Qt.Key.Key_Return)
        assert cells.plane[2, 3] == 0.5
        assert str(cells.session.undo_text) == "Change a pixel"

    def test_arrows_move_and_take_what_is_typed(self, cells):
        QTest.keyClicks(cells.canvas, "2")
        cells.key(Qt.Key.Key_Right)
        QTest.keyClicks(cells.canvas, "3")
        cells.key(Qt.Key.Key_Down)
        assert cells.plane[0, :2].tolist() == [2.0, 3.0]
        assert cells.canvas.selected == (1, 1)
        assert cells.read[-1] == "Pixel row 2, column 2 = 0"

    def test_delete_zeroes_enter_paints_escape_cancels(self, cells):
        cells.brush.set_value(2.0)
        cells.key(Qt.Key.Key_Return)
        assert cells.plane[0, 0] == 2.0
        QTest.keyClicks(cells.canvas, "9")
        cells.key(Qt.Key.Key_Escape)
        assert cells.plane[0, 0] == 2.0
        cells.key(Qt.Key.Key_Delete)
        assert cells.plane[0, 0] == 0.0

    def test_what_is_no_number_is_explained(self, cells):
        QTest.keyClicks(cells.canvas, "1/")
        cells.key(Qt.Key.Key_Return)
        assert cells.edits == []
        assert "not a number" in cells.read[-1]
        assert cells.canvas.typing.text == "1/"

    def test_all_channels_get_a_typed_value(self, qtbot):
        work = Work(qtbot, 7, channels=3)
        QTest.keyClicks(work.canvas, "1")
        work.key(Qt.Key.Key_Return)
        assert work.session.document.image.pixels[0, 0].tolist() == [1.0, 1.0, 1.0]

    def test_the_windows_shortcuts_do_not_steal_the_canvas_keys_but_get_space(self, cells):
        fired = []
        for key in ("Left", "Right", "Home", "Delete", "Space"):
            shortcut = QShortcut(QKeySequence(key), cells.canvas)
            shortcut.activated.connect(lambda key=key: fired.append(key))
        for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Delete, Qt.Key.Key_Space):
            QTest.keyClick(cells.canvas.window().windowHandle(), key)
        assert fired == ["Space"]
        assert cells.canvas.selected == (0, 1)

    def test_keys_with_control_are_none_of_its_business(self, cells):
        event = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
        event.ignore()
        QApplication.sendEvent(cells.canvas, event)
        assert not event.isAccepted()


class TestSoftBrush:
    def test_a_fast_stroke_has_no_gap(self, soft):
        soft.drag((4, 4), (24, 20))
        for along in np.linspace(0, 1, 60):
            assert soft.plane[round(4 + 20 * along), round(4 + 16 * along)] > 0.5
        assert 0.0 < np.unique(soft.plane)[1] < 1.0
        assert soft.plane.max() == 1.0

    def test_the_value_for_cells_does_not_matter(self, soft):
        soft.brush.set_value(2.0)
        soft.drag((10, 10), (12, 12))
        assert soft.plane.max() == 1.0

    def test_a_larger_brush_covers_more(self, soft):
        soft.drag((14, 5), (14, 22))
        thin = np.count_nonzero(soft.plane)
        soft.brush.set_size(3.0)
        soft.drag((14, 5), (14, 22))
        assert np.count_nonzero(soft.plane) > 1.5 * thin
        assert soft.settings.values.brush_size == 3.0

    def test_the_eraser_and_the_right_button_take_ink_away(self, soft):
        soft.drag((14, 5), (14, 22))
        soft.drag((14, 5), (14, 10), button=RIGHT)
        soft.brush.set_erasing(True)
        soft.drag((14, 18), (14, 22))
        assert soft.plane[14, 6] == 0.0
        assert soft.plane[14, 14] == 1.0
        assert soft.plane[14, 20] == 0.0

    def test_colour_images_are_painted_gray(self, qtbot):
        work = Work(qtbot, 28, channels=3, source="file")
        work.drag((10, 10), (10, 15))
        assert work.session.document.image.pixels[10, 12].tolist() == [1.0, 1.0, 1.0]
        assert work.session.document.image.source == "file"

    def test_many_movements_in_one_frame_are_one_edit(self, soft, qtbot):
        soft.down(2, 2)
        for step in range(100):
            soft.move(2 + step % 20, 2 + step % 23)
        assert len(soft.edits) <= 3
        soft.up(20, 20)
        assert soft.plane[10, 10] == 1.0
        soft.session.undo()
        assert not soft.plane.any()

    def test_ink_appears_without_waiting_for_the_button(self, soft, qtbot):
        soft.down(2, 2)
        assert soft.plane[2, 2] == 1.0
        soft.move(8, 8)
        soft.move(8, 20)
        qtbot.waitUntil(lambda: soft.plane[8, 15] > 0.9, timeout=1000)
        soft.up(8, 20)

    def test_the_ink_shows_before_the_maps_are_computed(self, qtbot):
        session = Session(Document(Image(np.zeros((28, 28, 1)), "28x28")))
        settings = Settings()
        canvas = Canvas(session, settings, Brush(settings))
        qtbot.addWidget(canvas)
        canvas.resize(280, 280)
        blank = canvas.grab().toImage()
        QTest.mousePress(canvas, LEFT, pos=QPoint(140, 140))
        QTest.mouseRelease(canvas, LEFT, pos=QPoint(140, 140))
        assert session.evaluation.document is not session.document
        assert canvas.grab().toImage().pixel(143, 143) != blank.pixel(143, 143)

    def test_undo_during_a_stroke_does_not_bring_the_ink_back(self, soft):
        soft.drag((5, 5), (5, 20))
        soft.down(20, 5)
        soft.session.undo()
        soft.move(20, 20)
        soft.up(20, 20)
        assert soft.plane[20, 12] == 1.0
        assert soft.plane[5, 5] == 1.0

    def test_hiding_the_canvas_ends_the_stroke(self, soft):
        soft.down(5, 5)
        soft.canvas.hide()
        soft.canvas.show()
        soft.down(20, 20)
        soft.up(20, 20)
        soft.session.undo()
        assert soft.plane[5, 5] == 1.0
        assert soft.plane[20, 20] == 0.0


@pytest.fixture
def colours(qtbot):
    """An image of 7 × 7, its first pixel in a colour of its own."""
    work = Work(qtbot, 7, channels=3, source="file")
    pixels = np.zeros((7, 7, 3))
    pixels[0, 0] = (1, 0.5, 0.25)
    work.session.edit_image(Image(pixels, "file", light=True), say("Open"))
    work.edits.clear()
    return work


class TestPlanes:
    def corner(self, work):
        return work.canvas.grab().toImage().pixelColor(work.point(0, 0) - QPoint(11, 11))

    def test_a_colour_image_is_shown_in_its_colours_without_numbers(self, colours):
        colours.canvas.clearFocus()
        assert self.corner(colours).getRgb()[:3] == (255, 128, 64)
        grabbed = colours.canvas.grab().toImage()
        shades = {grabbed.pixel(colours.point(0, 0) + QPoint(dx, dy)) for dx in range(-8, 9) for dy in range(-8, 9)}
        assert len(shades) == 1

    @pytest.mark.parametrize("plane", range(3))
    def test_a_plane_is_shown_alone_with_its_numbers(self, colours, plane):
        colours.canvas.clearFocus()
        colours.brush.set_plane(plane)
        pixels = colours.session.document.image.pixels
        expected = theme.colour(float(pixels[0, 0, plane]), Scale.of_plane(pixels, plane))
        assert self.corner(colours) == expected
        grabbed = colours.canvas.grab().toImage()
        shades = {grabbed.pixel(colours.point(0, 0) + QPoint(dx, dy)) for dx in range(-8, 9) for dy in range(-8, 9)}
        assert len(shades) > 1  # the number
        colours.brush.set_plane(None)
        assert self.corner(colours).getRgb()[:3] == (255, 128, 64)

    def test_the_planes_of_one_image_have_scales_that_can_be_compared(self, colours):
        pixels = colours.session.document.image.pixels
        scales = [Scale.of_plane(pixels, plane) for plane in range(3)]
        assert [(scale.kind, scale.high) for scale in scales] == [("red", 1.0), ("green", 1.0), ("blue", 1.0)]
        assert Scale.of_plane(pixels - 1, 0).kind == "signed"

    def test_the_brush_paints_and_erases_the_plane_alone(self, colours):
        colours.brush.set_plane(2)
        colours.drag((3, 3))
        assert colours.session.document.image.pixels[3, 3].tolist() == [0, 0, 1]
        colours.drag((0, 0), button=RIGHT)
        assert colours.session.document.image.pixels[0, 0].tolist() == [1, 0.5, 0]
        colours.session.undo()
        colours.session.undo()
        assert not colours.session.document.image.pixels[3, 3].any()

    def test_a_number_is_typed_into_the_plane_alone(self, colours):
        colours.brush.set_plane(1)
        QTest.keyClicks(colours.canvas, "0.75")
        colours.key(Qt.Key.Key_Return)
        assert colours.session.document.image.pixels[0, 0].tolist() == [1, 0.75, 0.25]
        assert colours.canvas.accessibleDescription() == "Pixel row 1, column 1, green = 0.75"

    def test_values_above_1_are_bright_and_not_all_white(self, qtbot):
        work = Work(qtbot, 7, channels=3)
        pixels = np.zeros((7, 7, 3))
        pixels[0, 0], pixels[6, 6] = (51, 0, 0), 255
        work.session.edit_image(Image(pixels, "file"), say("Open"))
        work.canvas.clearFocus()
        assert self.corner(work).getRgb()[:3] == (51, 0, 0)

    def test_an_image_of_one_channel_has_no_planes(self, cells):
        cells.brush.set_plane(2)
        cells.drag((1, 1))
        assert cells.plane[1, 1] == 1.0


class TestCentring:
    def test_the_drawing_is_centred_when_the_brush_is_lifted_in_the_same_step(self, soft):
        soft.settings.set("centre_like_mnist", True)
        soft.down(3, 3)
        soft.move(12, 5)
        assert mass_centre(soft.plane)[0] < 10
        soft.up(12, 5)
        assert np.all(np.abs(np.array(mass_centre(soft.plane)) - 14) <= 0.5)
        soft.session.undo()
        assert not soft.plane.any()

    def test_only_drawings_of_that_size_are(self, qtbot):
        work = Work(qtbot, 7)
        work.settings.set("centre_like_mnist", True)
        work.drag((0, 0), (0, 2))
        assert work.plane[0].tolist() == [1, 1, 1, 0, 0, 0, 0]


class TestShowing:
    @pytest.mark.parametrize("size", [(196, 196), (900, 500), (300, 700), (97, 61)])
    def test_cells_are_square_and_in_the_middle(self, soft, size):
        soft.canvas.resize(*size)
        view = soft.canvas.grid.view
        assert view.width() == view.height()
        assert abs(view.center().x() - size[0] / 2) <= 1
        assert abs(view.center().y() - size[1] / 2) <= 1
        assert view.width() > min(size) - 28 - 48  # a large one has a margin

    def test_two_canvases_show_the_same_and_share_the_brush(self, soft, qtbot):
        large = soft.make(qtbot, 840)
        soft.drag((14, 14))
        middle = large.grid.rect(14, 14).center().toPoint() - QPoint(10, 10)
        assert large.grab().toImage().pixel(middle) == theme.colour(1.0, Scale("ink", 0, 1)).rgb()

    def test_hovering_names_the_pixel(self, cells):
        cells.brush.set_value(2.0)
        cells.drag((2, 3))
        cells.read.clear()
        cells.move(2, 3, Qt.MouseButton.NoButton)
        QApplication.sendEvent(cells.canvas, QEvent(QEvent.Type.Leave))
        assert cells.read == ["Pixel row 3, column 4 = 2", ""]

    def test_hovering_outlines_the_brush(self, soft):
        soft.canvas.clearFocus()
        before = soft.canvas.grab().toImage()
        soft.move(14, 14, Qt.MouseButton.NoButton)
        outlined = soft.canvas.grab().toImage()
        assert before != outlined
        QApplication.sendEvent(soft.canvas, QEvent(QEvent.Type.Leave))
        assert soft.canvas.grab().toImage() == before

    def test_colours_of_a_pixel_are_all_named(self, qtbot):
        work = Work(qtbot, 7, channels=3)
        pixels = np.zeros((7, 7, 3))
        pixels[0, 0] = (0.5, 0, 1)
        work.session.edit_image(Image(pixels, "file"), say("Open"))
        work.move(0, 0, Qt.MouseButton.NoButton)
        assert work.read[-1] == "Pixel row 1, column 1 = 0.5, 0, 1"

    def test_another_size_is_followed(self, cells):
        cells.key(Qt.Key.Key_End)
        cells.session.edit_image(Image(np.ones((2, 3, 1))), say("Open"))
        assert cells.canvas.selected == (0, 2)
        assert cells.canvas.grid.columns == 3

    def test_a_screen_reader_hears_the_selected_pixel(self, cells):
        cells.key(Qt.Key.Key_Right)
        QTest.keyClicks(cells.canvas, "2")
        cells.key(Qt.Key.Key_Return)
        assert cells.canvas.accessibleName() == "Input image"
        assert cells.canvas.accessibleDescription() == "Pixel row 1, column 2 = 2"


@pytest.mark.parametrize("numbered", [False, True])
@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
def test_drawing_only_what_changed_looks_like_drawing_everything(styled_application, numbered, ratio):
    scale = Scale("ink", 0.0, 1.0)
    values = np.random.default_rng(3).random((28, 28)).astype(np.float32).round(2)
    digits = digits_for(values) if numbered else None
    picture = CanvasPicture()
    picture.draw(values, 32.0, ratio, scale, digits)
    for seed in range(4):
        changed = values.copy()
        rows, columns = np.random.default_rng(seed).integers(0, 28, (2, 40))
        changed[rows, columns] = np.random.default_rng(seed + 9).random(40).round(2)
        patched = picture.draw(changed, 32.0, ratio, scale, digits).toImage()
        assert patched == CanvasPicture().draw(changed, 32.0, ratio, scale, digits).toImage()
        values = changed


def test_an_image_of_two_channels_is_shown_in_the_colours_of_one(qtbot):
    work = Work(qtbot, 7, channels=2)
    picture = work.canvas.grab().toImage()
    assert picture.pixelColor(5, 5) == Work(qtbot, 7).canvas.grab().toImage().pixelColor(5, 5)

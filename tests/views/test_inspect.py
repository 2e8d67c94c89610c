"""The tab Inspect: its pages, what they ask the engine, and what they show of the answers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cnn_explorer.network.arrays import frozen
from cnn_explorer.network.document import Document, Image
from cnn_explorer.network.explanation import Region
from cnn_explorer.network.findings import Ablation, Activity, Excitement, Heat, Liking
from cnn_explorer.network.layers import Activation, Conv2D, MaxPooling2D
from cnn_explorer.network.network import Network
from cnn_explorer.network.sentence import say
from tests.views.inspect_setting import FILTERS, SOBEL_Y, Inspecting, classifier, some_digits
from tests.views.stage_setting import handbook_document

KEY = Qt.Key
LEFT = Qt.MouseButton.LeftButton


class TestNumbers:
    def test_of_the_layer_and_of_the_filter_under_the_cursor(self, qtbot: QtBot) -> None:
        inspecting = Inspecting(qtbot, classifier())
        weights = inspecting.panel.numbers.weights
        assert inspecting.panel.caption.text() == "Conv2D 3×3: filter 1 of 4"
        # Sobel: ±1 and ±2, three of nine are 0; the mean of the squares is 12/9.
        assert weights.lines[0].text() == "Filter 1: −2 to 2, mean 0, deviation 1.15; 33 % are 0"
        assert weights.lines[1].text().startswith("Layer: −4 to 4, mean −0.25")
        inspecting.move(filter=1)
        assert weights.lines[0].text().startswith("Filter 2: −4 to 4, mean 0")

    def test_outputs_are_those_behind_the_activation(self, qtbot: QtBot) -> None:
        inspecting = Inspecting(qtbot, classifier())
        outputs = inspecting.panel.numbers.outputs
        assert outputs.heading.text() == "Output on this input, after ReLU"
        assert outputs.lines[0].text().startswith("Filter 1: 0 to 4,")

    def test_a_focused_relu_is_about_the_convolution_before_it(self, qtbot: QtBot) -> None:
        inspecting = Inspecting(qtbot, classifier())
        inspecting.move(layer=1, filter=3)
        assert inspecting.panel.caption.text() == "Conv2D 3×3: filter 4 of 4"
        inspecting.move(layer=3, filter=7)
        assert inspecting.panel.caption.text() == "Dense 10: filter 8 of 10"

    def test_the_bar_under_the_pointer_is_read_out(self, qtbot: QtBot) -> None:
        inspecting = Inspecting(qtbot, classifier())
        picture = inspecting.panel.numbers.weights.picture
        QTest.mouseMove(picture, QPoint(picture.width() - 2, 20))
        # Filter 2 has one weight of 4.
        assert inspecting.read_out[-1] == "From 3.8 to 4: 1 of the layer, 0 of the filter"
        QTest.mouseMove(picture, QPoint(picture.width() // 2 + 3, 20))
        assert "of the layer" in inspecting.read_out[-1]

    def test_the_filter_is_drawn_over_the_layer(self, qtbot: QtBot) -> None:
        inspecting = Inspecting(qtbot, classifier())
        picture = inspecting.panel.numbers.weights.picture
        shown = picture.grab().toImage()
        colours = {shown.pixelColor(x, y).name() for x in range(shown.width()) for y in range(shown.height())}
        assert {"#1d4ed8", "#d5dae3"} <= colours  # the kernel's blue, and the layer's bars

    def test_silent_and_dead_filters_are_named(self, qtbot: QtBot) -> None:
        inspecting = Inspecting(qtbot, classifier())
        dead = inspecting.panel.numbers.dead
        assert dead.now.text() == "Silent on this input, nowhere above 0 after ReLU: 1 of 4 filters (4)."
        assert dead.ever.text() == "Dead, weights about 0: 1 of 4 filters (3)."

    def test_many_digits_tell_who_is_dead(self, qtbot: QtBot) -> None:
        inspecting = Inspecting(qtbot, classifier())
        dead = inspecting.panel.numbers.dead
        assert dead.work.button.text() == "Look at 5 digits"
        inspecting.press(dead.work.button)
        asked = inspecting.asked
        assert (asked.name, dict(asked.arguments), asked.shape) == ("activity", {"place": 2}, (28, 28, 1))
        assert asked.data is inspecting.session.inspection.images
        values = frozen([4, 0, 0, 0])
        inspecting.runner.tell("done", Activity(5, values, values, values))
        inspecting.panel.redraw()
        assert dead.ever.text() == "Dead, on all of 5 digits: 3 of 4 filters (2, 3, 4)."
        assert "Silent" not in dead.now.text()

    def test_without_a_relu_nobody_is_silenced(self, qtbot: QtBot) -> None:
        document = handbook_document(MaxPooling2D())
        inspecting = Inspecting(qtbot, document)
        dead = inspecting.panel.numbers.dead
        assert dead.now.text() == "No ReLU follows, so no filter is silenced."
        assert dead.ever.text() == ""

    def test_very_many_weights_are_counted_on_a_thread(self, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("cnn_explorer.views.inspect_numbers.MOST_AT_ONCE", 30)
        inspecting = Inspecting(qtbot, classifier())
        lines = inspecting.panel.numbers.weights.lines
        assert lines[0].text() in ("Counting…", "Filter 1: −2 to 2, mean 0, deviation 1.15; 33 % are 0")
        qtbot.waitUntil(lambda: lines[0].text().startswith("Filter 1: −2 to 2"))
        inspecting.panel.stop()

    def test_a_network_without_weights_has_nothing_to_look_into(self, qtbot: QtBot) -> None:
        document = Document(Image(np.ones((4, 4, 1))), Network((Activation(),)))
        inspecting = Inspecting(qtbot, document)
        assert inspecting.panel.nothing.isVisibleTo(inspecting.panel)
        assert not inspecting.panel.pages.isVisibleTo(inspecting.panel)


class TestTextbook:
    def test_the_nearest_kernel_is_named_and_shown(self, qtbot: QtBot) -> None:
        inspecting = Inspecting(qtbot, classifier(), "filter")
        textbook = inspecting.panel.filter.textbook
        assert textbook.sentence.text() == "100 % Sobel y"
        assert textbook.does.text().startswith("Horizontal edges")
        inspecting.move(filter=1)
        assert textbook.sentence.text() == "100 % Sobel y, with every sign turned"
        inspecting.move(filter=2)
        assert textbook.sentence.text() == "Only 3×3 kernels are compared." or not textbook.known.isVisibleTo(textbook)

    def test_a_kernel_goes_to_the_example_and_comes_back_changed(self, qtbot: QtBot) -> None:
        inspecting = Inspecting(qtbot, classifier(), "filter")
        session, textbook = inspecting.session, inspecting.panel.filter.textbook
        origin = session.document
        inspecting.press(textbook.lend)
        inspecting.panel.redraw()
        example = session.document
        assert example.image.shape == (7, 7, 1)
        kernel = example.network.layers[0].filter_weights((7, 7, 1), 0)
        assert kernel is not None and np.array_equal(kernel[:, :, 0], SOBEL_Y)
        assert (session.cursor.layer, session.cursor.level) == (0, "cell")
        assert textbook.origin.text() == "From Conv2D 3×3, filter 1, channel 1"
        assert not textbook.lend.isVisibleTo(textbook)
        changed = example.network.layers[0].with_weights((7, 7, 1), 0, 0, frozen(SOBEL_Y * 2))
        assert changed is not None
        inspecting.edit(example.with_layer(0, changed))
        inspecting.press(textbook.back)
        inspecting.panel.redraw()
        back = session.document
        assert back.image is origin.image
        own = back.network.layers[0].filter_weights((28, 28, 1), 0)
        assert own is not None and np.array_equal(own[:, :, 0], SOBEL_Y * 2)
        assert back.network.layers[1:] == origin.network.layers[1:]
        assert textbook.lend.isVisibleTo(textbook) and not textbook.back.isVisibleTo(textbook)
        for _ in range(3):
            session.undo()
        assert session.document is origin

    def test_undo_ends_the_loan_and_another_document_too(self, qtbot: QtBot) -> None:
        inspecting = Inspecting(qtbot, classifier(), "filter")
        textbook = inspecting.panel.filter.textbook
        inspecting.press(textbook.lend)
        inspecting.panel.redraw()
        assert textbook.back.isVisibleTo(textbook)
        inspecting.session.undo()
        inspecting.panel.redraw()
        assert not textbook.back.isVisibleTo(textbook)
        inspecting.session.redo()
        inspecting.panel.redraw()
        assert textbook.back.isVisibleTo(textbook)
        inspecting.session.open(handbook_document())
        inspecting.session.show(inspecting.session.evaluation)
        inspecting.panel.redraw()
        assert not textbook.back.isVisibleTo(textbook)

    def test_a_kernel_of_7_by_7_leaves_the_pooling_out(self, qtbot: QtBot) -> None:
        kernel = frozen(np.ones((7, 7, 1, 1)))
        document = Document(Image(np.ones((9, 9, 1))), Network((Conv2D(kernel=kernel, bias=frozen([0])),)))
        inspecting = Inspecting(qtbot, document, "filter")
        inspecting.press(inspecting.panel.filter.textbook.lend)
        example = inspecting.session.document
        assert not example.network.problems(example.image.shape)
        assert example.network.layers[0].kernel_size == (7, 7)  # type: ignore[attr-defined]

    def test_the_weights_of_a_unit_are_no_kernel(self, qtbot: QtBot) -> None:
        inspecting = Inspecting(qtbot, classifier(), "filter")
        inspecting.move(layer=3)
        assert not inspecting.panel.filter.textbook.lend.isVisibleTo(inspecting.panel)


def liking(value: float = 3.5, side: int = 28) -> Liking:
    picture = np.zeros((side, side, 1), np.float32)
    picture[:, ::2] = 1.0
    return Liking(picture, value, 0.25, 40)


class TestLikes:
    def test_a_picture_comes_into_being_and_becomes_the_input(self, qtbot: QtBot) -> None:
        inspecting = Inspecting(qtbot, classifier(), "filter")
        likes = inspecting.panel.filter.likes
        assert not likes.use.isEnabled()
        inspecting.move(filter=2)
        inspecting.press(likes.work.button)
        asked = inspecting.asked
        assert (asked.name, dict(asked.arguments), asked.shape) == ("like", {"place": 1, "number": 2}, (28, 28, 1))
        inspecting.runner.tell("progress", 40, 150, liking(2.0))
        assert likes.answer.text() == "Answers with 2; to noise with 0.25. Step 40."
        assert likes.work.bar.format() == "40 of 150" and likes.work.cancel.isVisibleTo(likes)
        inspecting.runner.tell("done", liking())
        assert likes.answer.text().startswith("Answers with 3.5;")
        shown = likes.picture.grab().toImage()
        cell = likes.picture.field.width() / 28
        assert shown.pixelColor(int(likes.picture.field.left() + cell * 0.5), 60) != shown.pixelColor(
            int(likes.picture.field.left() + cell * 1.5), 60
        )
        inspecting.press(likes.use)
        assert np.array_equal(inspecting.session.document.image.pixels, liking().picture)
        inspecting.session.undo()
        assert inspecting.session.document.image.pixels[20, 14, 0] == 1

    def test_each_filter_keeps_what_was_found_of_it(self, qtbot: QtBot) -> None:
        inspecting = Inspecting(qtbot, classifier(), "filter")
        likes = inspecting.panel.filter.likes
        inspecting.press(likes.work.button)
        inspecting.move(filter=1)  # while it works
        inspecting.runner.tell("progress", 1, 150, liking())
        assert likes.answer.text() == ""
        inspecting.runner.tell("done", liking())
        assert likes.answer.text() == ""
        inspecting.move(filter=0)
        assert likes.answer.text().startswith("Answers with 3.5")
        other = inspecting.session.document.network.layers[0].with_bias(0, 5.0)
        assert other is not None
        inspecting.edit(inspecting.session.document.with_layer(0, other))
        assert likes.answer.text() == ""  # another filter by now

    def test_cancelling_works_at_once_and_keeps_the_focus(self, qtbot: QtBot) -> None:
        inspecting = Inspecting(qtbot, classifier(), "filter")
        work = inspecting.panel.filter.likes.work
        inspecting.area.activateWindow()
        qtbot.waitUntil(inspecting.area.isActiveWindow)
        work.button.setFocus()
        height = work.height()
        QTest.keyClick(work.button, KEY.Key_Space)
        assert work.cancel.hasFocus() and work.height() == height
        QTest.keyClick(work.cancel, KEY.Key_Space)
        assert work.button.hasFocus() and work.pages.currentIndex() == 0
        assert inspecting.runner.asked[-1][1] is None

    def test_what_goes_wrong_is_said_until_the_next_try(self, qtbot: QtBot) -> None:
        inspecting = Inspecting(qtbot, classifier(), "filter")
        work = inspecting.panel.filter.likes.work
        inspecting.press(work.button)
        inspecting.runner.become("restarting")
        assert work.problem.text() == "TensorFlow ended unexpectedly, and this with it; start it again."
        inspecting.press(work.button)
        assert not work.problem.isVisibleTo(work) and work.bar.format() == "Getting ready…"
        inspecting.runner.become("ready")
        inspecting.runner.tell("failed", "no memory")
        assert work.problem.text() == "TensorFlow says: no memory"


def excitement(count: int = 3) -> Excitement:
    regions = tuple(Region((5, 6, 7), (10 + at, 11 + at, 12 + at), (0,)) for at in range(count))
    cells = tuple((6, 11 + at) for at in range(count))
    return Excitement(tuple(range(1, count + 1)), tuple(9.5 - at for at in range(count)), cells, regions, 5)


class TestExcites:
    def test_patches_are_shown_and_a_click_makes_the_digit_the_input(self, qtbot: QtBot) -> None:
        inspecting = Inspecting(qtbot, classifier(), "filter")
        excites = inspecting.panel.filter.excites
        assert excites.work.button.text() == "Look through 5 digits"
        inspecting.press(excites.work.button)
        asked = inspecting.asked
        assert asked.name == "excite" and dict(asked.arguments) == {"place": 1, "number": 0, "most": 12}
        assert asked.data is inspecting.session.inspection.images
        inspecting.runner.tell("done", excitement())
        qtbot.waitUntil(lambda: excites.strip.height() > 50)
        inspecting.area.ensureWidgetVisible(excites.strip)
        place = excites.strip.tile(1).center().toPoint()
        QTest.mouseMove(excites.strip, place)
        assert inspecting.read_out[-1] == "Digit 5, image 5: 8.5 in row 7, column 13"
        QTest.mouseClick(excites.strip, LEFT, pos=place)
        image = inspecting.session.document.image
        assert image.name == "MNIST 5" and image.source == "mnist"
        assert np.allclose(image.pixels[..., 0], some_digits().images[5] / 255)

    def test_keys_walk_through_the_patches(self, qtbot: QtBot) -> None:
        inspecting = Inspecting(qtbot, classifier(), "filter")
        excites = inspecting.panel.filter.excites
        inspecting.press(excites.work.button)
        inspecting.runner.tell("done", excitement())
        excites.strip.setFocus()
        for key, current in ((KEY.Key_Right, 1), (KEY.Key_Down, 1), (KEY.Key_Right, 2), (KEY.Key_Right, 2)):
            QTest.keyClick(excites.strip, key)
            assert excites.strip.current == current
        assert excites.strip.accessibleDescription().startswith("Digit 6, image 6")
        QTest.keyClick(excites.strip, KEY.Key_Return)
        assert inspecting.session.document.image.name == "MNIST 6"

    def test_the_patch_is_outlined_in_its_digit(self, qtbot: QtBot) -> None:
        inspecting = Inspecting(qtbot, classifier(), "filter")
        strip = inspecting.panel.filter.excites.strip
        strip.show_found(excitement(1), inspecting.session.inspection.images)
        qtbot.waitUntil(lambda: strip.height() > 50)
        tile, side = strip.tile(0), strip.tile(0).width() / 2
        shown = strip.grab().toImage()
        middle = (6.5 / 28 * side, 11.5 / 28 * side)
        row, column = round(tile.top() + tile.width() + 4 + middle[0]), round(tile.left() + middle[1])
        around = [shown.pixelColor(column + dx, row + dy).name() for dx in range(-4, 5) for dy in range(-4, 5)]
        assert "#f59e0b" in around
        away = [shown.pixelColor(column + dx, row + 20 + dy).name() for dx in range(-2, 3) for dy in range(-2, 3)]
        assert "#f59e0b" not in away

    def test_without_digits_mnist_is_offered_and_what_is_opened_is_used(self, qtbot: QtBot) -> None:
        inspecting = Inspecting(qtbot, classifier(), "filter", digits=False)
        panel = inspecting.panel
        assert panel.digits.isVisibleTo(panel) and panel.source.open_button.isVisibleTo(panel)
        assert not panel.filter.excites.work.isVisibleTo(panel)
        panel.source.found.emit(some_digits(), "/somewhere/mnist.npz", True)
        panel.redraw()
        assert not panel.digits.isVisibleTo(panel) and panel.filter.excites.work.isVisibleTo(panel)
        assert inspecting.settings.values.mnist_path == "/somewhere/mnist.npz"

    def test_a_layer_that_digits_do_not_reach_says_why(self, qtbot: QtBot) -> None:
        inspecting = Inspecting(qtbot, classifier(side=12), "filter")
        inspecting.move(layer=3)
        work = inspecting.panel.filter.excites.work
        inspecting.press(work.button)
        assert work.problem.text().startswith("The layer can't be applied to images of 28×28×1")
        assert inspecting.runner.asked == []


def heat(target: int, side: int = 28, method: str = "grad_cam") -> Heat:
    values = np.zeros((side, side), np.float32)
    values[2:6, 2:6], values[20:24, 20:24] = 1.0, -0.5
    return Heat(method, target, values, 4.25, 0.5, 1)


class TestWhy:
    def test_the_strongest_class_by_grad_cam(self, qtbot: QtBot) -> None:
        inspecting = Inspecting(qtbot, classifier(), "class")
        why, session = inspecting.panel.why, inspecting.session
        strongest = int(np.argmax(session.evaluation.maps[-1]))
        inspecting.press(why.work.button)
        asked = inspecting.asked
        assert asked.name == "grad_cam"
        assert dict(asked.arguments) == {"target": strongest, "place": 2}  # the ReLU behind the convolution
        assert asked.image is session.document.image.pixels
        inspecting.runner.tell("done", heat(strongest))
        assert why.sums.text() == f"Class {strongest}: score 4.25. From the maps of ReLU."
        assert session.inspection.heat_over(session.document) is not None

    def test_colours_lie_over_the_picture(self, qtbot: QtBot) -> None:
        inspecting = Inspecting(qtbot, classifier(), "class")
        why = inspecting.panel.why
        inspecting.press(why.work.button)
        before = why.picture.grab().toImage()
        inspecting.runner.tell("done", heat(inspecting.asked.arguments["target"]))
        shown, field = why.picture.grab().toImage(), why.picture.field

        def at(row: float, column: float) -> tuple[QColor, QColor]:
            x, y = (
                round(field.left() + field.width() * (column + 0.5) / 28),
                round(field.top() + field.height() * (row + 0.5) / 28),
            )
            return before.pixelColor(x, y), shown.pixelColor(x, y)

        paper, favour = at(3, 3)
        assert paper.red() == paper.blue() and favour.red() > favour.blue() + 60
        ink, against = at(21, 21)
        assert against.blue() > against.red() + 30
        assert at(12, 3)[1].name() == at(12, 3)[0].name() == "#ffffff"

    def test_another_class_and_another_method(self, qtbot: QtBot) -> None:
        inspecting = Inspecting(qtbot, classifier(), "class")
        why = inspecting.panel.why
        QTest.keyClick(why.target, KEY.Key_End)
        assert why.target.currentText() == "Class 9"
        QTest.keyClick(why.method, KEY.Key_Down)
        assert why.meaning.text().startswith("What each pixel adds")
        assert inspecting.runner.asked == []  # nothing was asked for yet
        inspecting.press(why.work.button)
        assert (inspecting.asked.name, dict(inspecting.asked.arguments)) == ("integrated_gradients", {"target": 9})
        inspecting.runner.tell("done", heat(9, method="integrated_gradients"))
        assert why.sums.text() == "Class 9: all pixels add up to 8; score 4.25 − 0.5 of an empty image = 3.75."
        QTest.keyClick(why.method, KEY.Key_Down)  # from now on a choice is followed
        assert inspecting.asked.name == "occlusion"
        assert dict(inspecting.asked.arguments) == {"target": 9, "size": 4, "stride": 1}

    def test_it_follows_what_is_drawn_until_it_is_cancelled(self, qtbot: QtBot) -> None:
        inspecting = Inspecting(qtbot, classifier(), "class")
        why, session = inspecting.panel.why, inspecting.session
        inspecting.press(why.work.button)
        inspecting.runner.tell("done", heat(inspecting.asked.arguments["target"]))
        count = len(inspecting.runner.asked)
        inspecting.edit(session.document.with_image(Image(np.ones((28, 28, 1)), "28x28")))
        assert why.sums.text() == "" and session.inspection.heat_over(session.document) is None
        qtbot.waitUntil(lambda: len(inspecting.runner.asked) > count)
        assert inspecting.asked.image is session.document.image.pixels
        inspecting.press(why.work.cancel)
        count = len(inspecting.runner.asked)
        inspecting.edit(session.document.with_image(Image(np.zeros((28, 28, 1)), "28x28")))
        assert not why._rest.isActive() and len(inspecting.runner.asked) == count

    def test_of_a_cancelled_work_nothing_stays(self, qtbot: QtBot) -> None:
        inspecting = Inspecting(qtbot, classifier(), "class")
        why, session = inspecting.panel.why, inspecting.session
        inspecting.press(why.work.button)
        inspecting.runner.tell("progress", 100, 625, heat(3, method="occlusion"))
        assert "it falls by 1" in why.sums.text()
        inspecting.press(why.work.cancel)
        assert why.sums.text() == "" and session.inspection.heat_over(session.document) is None
        inspecting.press(why.work.button)
        inspecting.runner.tell("done", heat(3))
        whole = why.sums.text()
        inspecting.press(why.work.button)
        inspecting.runner.tell("progress", 100, 625, heat(4, method="occlusion"))
        inspecting.press(why.work.cancel)
        assert why.sums.text() == whole and session.inspection.heat_over(session.document) is not None

    def test_the_colours_can_be_kept_to_the_panel(self, qtbot: QtBot) -> None:
        inspecting = Inspecting(qtbot, classifier(), "class")
        why, session = inspecting.panel.why, inspecting.session
        inspecting.press(why.work.button)
        inspecting.runner.tell("done", heat(inspecting.asked.arguments["target"]))
        why.everywhere.click()
        assert session.inspection.heat_over(session.document) is None
        why.everywhere.click()
        assert session.inspection.heat_over(session.document) is not None

    def test_a_network_without_classes_says_what_is_missing(self, qtbot: QtBot) -> None:
        inspecting = Inspecting(qtbot, handbook_document(), "class")
        why = inspecting.panel.why
        inspecting.press(why.work.button)
        assert why.work.problem.text() == (
            "The network ends in 2×2×1, not in one number for each class; add Flatten and Dense at its end."
        )
        assert inspecting.runner.asked == []

    def test_a_pixel_is_read_out(self, qtbot: QtBot) -> None:
        inspecting = Inspecting(qtbot, classifier(), "class")
        why = inspecting.panel.why
        inspecting.press(why.work.button)
        inspecting.runner.tell("done", heat(inspecting.asked.arguments["target"]))
        field = why.picture.field
        QTest.mouseMove(why.picture, (field.topLeft() + (field.bottomRight() - field.topLeft()) * (3.5 / 28)).toPoint())
        assert inspecting.read_out[-1] == "Row 4, column 4: 1"


class TestWithout:
    def test_bars_before_and_after_and_how_many_digits_are_recognised(self, qtbot: QtBot) -> None:
        inspecting = Inspecting(qtbot, classifier(), "class")
        without = inspecting.panel.without
        inspecting.move(filter=1)
        assert without.work.button.text() == "Without filter 2"
        inspecting.press(without.work.button)
        asked = inspecting.asked
        assert asked.name == "ablate" and dict(asked.arguments) == {"place": 1, "number": 1}
        assert asked.data is inspecting.session.inspection.images
        before, after = np.zeros(10, np.float32), np.zeros(10, np.float32)
        before[3] = after[5] = 0.9
        counts, right = (500,) * 10, [450] * 10
        fewer = [450] * 10
        fewer[8] = 100
        inspecting.runner.tell("done", Ablation(before, after, counts, tuple(right), tuple(fewer)))
        assert without.accuracy.text() == "Recognised: 90.0 % → 83.0 % of 5,000 digits"
        assert without.missed.text() == "Most missed by class 8: 90 % → 20 %."
        qtbot.waitUntil(lambda: without.bars.height() == 200)
        shown = without.bars.grab().toImage()
        middle = without.bars.height() / 10
        green, pale = "#15803d", "#d5dae3"
        assert shown.pixelColor(50, int(5.5 * middle)).name() == green
        assert shown.pixelColor(50, int(3.2 * middle + 2)).name() == pale

    def test_a_filter_that_nobody_misses(self, qtbot: QtBot) -> None:
        inspecting = Inspecting(qtbot, classifier(), "class")
        inspecting.press(inspecting.panel.without.work.button)
        bars = frozen(np.full(10, 0.1))
        inspecting.runner.tell("done", Ablation(bars, bars, (5,) * 10, (4,) * 10, (4,) * 10))
        assert inspecting.panel.without.missed.text() == "No class is recognised less often."

    def test_where_digits_do_not_fit_only_the_bars_are_asked_for(self, qtbot: QtBot) -> None:
        inspecting = Inspecting(qtbot, classifier(side=12), "class")
        without = inspecting.panel.without
        inspecting.press(without.work.button)
        assert inspecting.asked.data is None
        bars = frozen(np.full(10, 0.1))
        inspecting.runner.tell("done", Ablation(bars, bars))
        assert without.accuracy.text() == ""
        assert without.missed.text() == "The network reads another size than the digits' 28×28."

    def test_another_image_takes_the_bars_away(self, qtbot: QtBot) -> None:
        inspecting = Inspecting(qtbot, classifier(), "class")
        without = inspecting.panel.without
        inspecting.press(without.work.button)
        bars = frozen(np.full(10, 0.1))
        inspecting.runner.tell("done", Ablation(bars, bars))
        assert without.bars.sizeHint().height() == 200
        inspecting.edit(inspecting.session.document.with_image(Image(np.ones((28, 28, 1)), "28x28")))
        assert without.bars.sizeHint().height() == 0


def test_the_network_is_asked_as_it_is_used_not_as_it_is_trained(qtbot: QtBot) -> None:
    document = classifier()
    inspecting = Inspecting(qtbot, replace(document, network=replace(document.network, training=True)), "class")
    inspecting.press(inspecting.panel.without.work.button)
    assert not inspecting.asked.network.training


def test_while_it_is_hidden_nothing_is_worked_out(qtbot: QtBot) -> None:
    inspecting = Inspecting(qtbot, classifier())
    inspecting.area.hide()
    before = inspecting.panel.caption.text()
    inspecting.session.move(filter=2)
    inspecting.panel.redraw()
    assert inspecting.panel.caption.text() == before
    inspecting.area.show()
    assert inspecting.panel.caption.text() == f"Conv2D 3×3: filter 3 of {FILTERS}"


def test_every_work_has_words_and_is_reached_by_keys(qtbot: QtBot) -> None:
    inspecting = Inspecting(qtbot, classifier(), "filter")
    panel = inspecting.panel
    for work in (
        panel.filter.likes.work,
        panel.filter.excites.work,
        panel.why.work,
        panel.without.work,
        panel.numbers.dead.work,
    ):
        for control in (work.button, work.cancel):
            assert control.accessibleName() and control.toolTip()
            assert control.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert say("Cancel").template == panel.why.work.cancel.text()

"""The confusion matrix, the images of its cells and the mistakes: chosen by mouse and keys, and made the input."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image as Picture
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from cnn_explorer.network.training import DataSpec
from cnn_explorer.views.confusion_images import ResultImages
from cnn_explorer.views.confusion_matrix import ConfusionMatrix
from cnn_explorer.views.confusion_wall import Tile
from cnn_explorer.views.confusion_window import ConfusionWindow
from cnn_explorer.views.stage_paint import text_width
from tests.session.fake_trainer import CLASSES, result
from tests.views.learning_setting import Learner, learning
from tests.views.mnist_setting import few_digits

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def learner(qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Learner]:
    monkeypatch.setattr("cnn_explorer.views.confusion_images.read_mnist", lambda path: few_digits())
    with learning(qtbot) as made:
        yield made


@pytest.fixture
def shown(learner: Learner) -> ConfusionWindow:
    """The window, after a training of which the last three threes were taken for eights."""
    learner.panel.controls.go()
    learner.trainer().finish(20)
    learner.until(lambda: learner.training.state == "finished")
    learner.window.commands.by_id["confusion"].trigger()
    found: Any = learner.window.learning.show_confusion()
    learner.until(lambda: all(found.images.get(tile.number) is not None for tile in found.wall.tiles))
    return found


def matrix(qtbot: Any, counts: np.ndarray, classes: tuple[str, ...]) -> ConfusionMatrix:
    made = ConfusionMatrix()
    qtbot.addWidget(made)
    made.resize(400, 400)
    made.show()
    made.show_counts(counts, classes)
    made.grab()
    return made


def centre(widget: Any, cell: tuple[int, int]) -> Any:
    return widget.rect_of(cell).center().toPoint()


def test_a_click_and_arrow_keys_choose_a_cell(qtbot: Any) -> None:
    made, chosen = matrix(qtbot, result().confusion, CLASSES), []
    made.chosen.connect(chosen.append)
    QTest.mouseClick(made, LEFT, pos=centre(made, (3, 8)))
    made.setFocus()
    QTest.keyClick(made, Qt.Key.Key_Left)
    QTest.keyClick(made, Qt.Key.Key_Down)
    QTest.keyClick(made, Qt.Key.Key_End)
    QTest.keyClick(made, Qt.Key.Key_Right)
    assert chosen == [(3, 8), (3, 7), (4, 7), (4, 9), (4, 9)]
    assert made.accessibleDescription() == "0 images of class 4 are taken for 9"


def test_pointing_tells_what_a_cell_says(qtbot: Any) -> None:
    made, told = matrix(qtbot, result().confusion, CLASSES), []
    made.pointed.connect(told.append)
    for cell in ((3, 8), (2, 2)):
        QTest.mouseMove(made, centre(made, cell))
    assert told == ["3 images of class 3 are taken for 8", "3 images of class 2 are recognised"]


@pytest.mark.parametrize("count", [0, 2, 10, 40, 300])
def test_any_number_of_classes_can_be_drawn(qtbot: Any, count: int) -> None:
    names = tuple(f"class with a long name {number}" for number in range(count))
    made = matrix(qtbot, np.diag(np.full(count, 12345)), names)
    if count:
        assert made.rect().contains(made.grid().toRect())
        last = (count - 1, count - 1)
        assert made.cell_at(made.rect_of(last).center()) == last


def test_the_surest_mistakes_come_first(shown: ConfusionWindow) -> None:
    assert shown.heading.text() == "Test accuracy 90.0\u202f%: 3 of 30 images are mistaken"
    captions = [tile.caption() for tile in shown.wall.tiles]
    assert captions == ["3→8 90\u202f%", "3→8 80\u202f%", "3→8 70\u202f%"]
    assert [tile.number for tile in shown.wall.tiles] == [103, 113, 123]
    shown.grab()


@pytest.mark.parametrize(
    "names", [("4", "9"), ("squares", "circles"), ("cat", "Egyptian mongoose"), ("a" * 40, "b" * 40)]
)
def test_long_names_are_cut_so_that_captions_fit_and_can_be_read(qapp: Any, names: tuple[str, str]) -> None:
    for tile in (Tile(1, *names, 0.51), Tile(1, names[1], names[1], 1.0)):
        text = tile.fitted(10, 88)
        assert text_width(text, 10, True) <= 88
        assert text.endswith("\u202f%") and text[0] == tile.label[0] and ("→" in text) != tile.right
    assert Tile(1, "4", "9", 0.51).fitted(10, 88) == "4→9 51\u202f%"
    assert Tile(1, "cat", "Egyptian mongoose", 0.51).fitted(10, 88).startswith("cat→E")


def test_a_cell_shows_its_images(shown: ConfusionWindow) -> None:
    QTest.mouseClick(shown.matrix, LEFT, pos=centre(shown.matrix, (5, 5)))
    assert shown.which.text() == "3 images of class 5 are recognised"
    assert [tile.caption() for tile in shown.wall.tiles] == ["5 91\u202f%"] * 3
    QTest.mouseClick(shown.switch.buttons[0], LEFT)
    assert len(shown.wall.tiles) == 3 and not shown.wall.tiles[0].right
    shown.matrix.select((0, 9))
    assert shown.wall.tiles == []
    shown.grab()


def test_an_image_becomes_the_input_by_click_and_by_enter(shown: ConfusionWindow, learner: Learner) -> None:
    wall, session = shown.wall, learner.session
    QTest.mouseClick(wall.viewport(), LEFT, pos=wall.rect_of(1).center())
    image = session.document.image
    assert (image.source, image.name) == ("mnist", "MNIST 113")
    np.testing.assert_allclose(image.pixels[..., 0] * 255, few_digits().images[113], atol=1e-3)
    wall.setFocus()
    QTest.keyClick(wall, Qt.Key.Key_Right)
    QTest.keyClick(wall, Qt.Key.Key_Return)
    assert session.document.image.name == "MNIST 123"
    assert str(session.undo_text) == "Image MNIST 123"
    assert "taken for 8 with 70.0\u202f%" in wall.accessibleDescription()


def test_without_a_result_the_window_says_so(learner: Learner) -> None:
    assert not learner.window.commands.by_id["confusion"].isEnabled()
    made: Any = learner.window.learning.show_confusion()
    assert "No result yet" in made.heading.text()
    made.grab()


def test_the_page_of_results_tells_what_is_mistaken_most(shown: ConfusionWindow, learner: Learner) -> None:
    learner.panel.show_page(2)
    results = learner.panel.results
    assert results.accuracy.text() == "90.0\u202f%" and results.pairs.text() == "3 taken for 8: 3"
    assert results.counts.text() == "3 of 30 test images are mistaken."
    assert results.matrix.isEnabled() and not results.save.isEnabled()


def test_a_model_that_was_saved_can_be_saved_elsewhere(learner: Learner, tmp_path: Path) -> None:
    learner.panel.controls.go()
    (tmp_path / "kept.keras").write_bytes(b"a model")
    learner.trainer().finish(20, saved=str(tmp_path / "kept.keras"))
    learner.until(lambda: learner.training.state == "finished")
    assert learner.window.commands.by_id["save_model"].isEnabled()
    learner.window.learning.save_model_to(str(tmp_path / "mine.keras"))
    learner.until(lambda: (tmp_path / "mine.keras").exists())
    assert (tmp_path / "mine.keras").read_bytes() == b"a model"
    learner.window.learning.save_model_to(str(tmp_path / "no folder" / "mine.keras"))
    learner.until(lambda: learner.window.banner.message is not None)
    assert "mine.keras was not saved" in learner.window.banner.label.text()


def test_images_of_a_folder_are_read_by_their_places(qtbot: Any, tmp_path: Path, learner: Learner) -> None:
    for name, shade in (("dark", 30), ("light", 220)):
        (tmp_path / name).mkdir()
        for number in range(3):
            Picture.fromarray(np.full((5, 5), shade + number, np.uint8)).save(tmp_path / name / f"{number}.png")
    images = ResultImages()
    images.use(DataSpec("folder", str(tmp_path)), (5, 5, 1))
    with qtbot.waitSignal(images.arrived):
        images.ask([1, 4])
    found = images.get(4)
    assert found is not None and found.shape == (5, 5, 1) and images.get(0) is None
    assert float(found[0, 0, 0]) == pytest.approx(221 / 255, abs=1e-3)
    images.make_input(learner.session, 4)
    image = learner.session.document.image
    assert (image.source, image.name, image.light) == ("file", "1.png", True)
    with qtbot.waitSignal(images.refused):
        images.use(DataSpec("folder", str(tmp_path / "gone")), (5, 5, 1))
        images.ask([1])
    images.close()

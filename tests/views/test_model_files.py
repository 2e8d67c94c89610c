"""Opening models through the window: what is said meanwhile, the way out, what the document becomes, and bad files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image as PilImage
from PySide6.QtCore import QMimeData, Qt, QTimer, QUrl
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QMenu, QMessageBox

from cnn_explorer.engine.model_opening import ModelLoader
from cnn_explorer.files.opened_model import StoredWeights
from cnn_explorer.network.document import Image
from cnn_explorer.network.network import Network
from cnn_explorer.network.sentence import Refused, say
from cnn_explorer.session import models as session_models
from cnn_explorer.views.main_window import MainWindow
from cnn_explorer.views.program_result import ProgramResult
from tests.views.language_states import mnist
from tests.views.model_setting import PROGRAM, Loaders, model_file, small_model
from tests.views.open_window import open_window

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

HOSTILE = (
    "activation_unknown.keras", "archive_half.keras", "batch_1e15.keras", "json_deep.keras", "lambda_code.keras",
    "nested_150.keras", "random.keras", "units_1e12.keras", "zip_assets_8x250MiB.keras", "zip_declared_1TB.keras",
)  # fmt: skip
"""Files that the look refuses, before any process is started for them."""


@pytest.fixture
def window(qtbot: Any) -> Iterator[MainWindow]:
    made = open_window(qtbot)
    yield made
    assert made.files.models.models.close()


def join(window: MainWindow, loaders: Any) -> Any:
    window.files.models.models.join(loaders)
    return loaders


def banner(window: MainWindow) -> str:
    return window.banner.label.text() if window.banner.isVisible() else ""


def edit(window: MainWindow) -> None:
    pixels = window.session.document.image.pixels.copy()
    pixels[0, 0, 0] += 1
    window.session.edit_image(Image(pixels), say("Draw"))


def begin(window: MainWindow, path: Path, qtbot: Any) -> None:
    window.files.open_paths([str(path)])
    qtbot.waitUntil(lambda: bool(banner(window)))


def answer(button: QMessageBox.StandardButton, window: MainWindow, qtbot: Any) -> None:
    """Press a button of the question that will come when the loader has ended."""

    def act() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            timer.stop()
            qtbot.mouseClick(box.button(button), Qt.MouseButton.LeftButton)

    timer = QTimer(window)
    timer.setInterval(10)
    timer.timeout.connect(act)
    timer.start()


def test_a_model_becomes_the_document_with_all_its_maps_and_the_image_made_to_fit(
    window: MainWindow, qtbot: Any, tmp_path: Path
) -> None:
    model = small_model((32, 32, 3))
    join(window, Loaders(model))
    before = window.session.document.image
    with qtbot.waitSignal(window.session.history_changed):
        window.files.open_paths([str(model_file(tmp_path))])
    document = window.session.document
    assert document.network is model.network
    assert document.image.shape == (32, 32, 3)
    assert float(document.image.pixels.max()) <= 1
    assert (document.image.pixels[..., 0] == document.image.pixels[..., 2]).all()
    assert before.shape == (7, 7, 1)
    assert window.session.cursor.level == "network"
    assert window.top_bar.title.name == "digits"
    assert "Resized to 32×32 in three equal channels" in window.status_line.message.text
    assert window.settings.values.recent == [str(tmp_path / "digits.keras")]
    assert banner(window) == ""


def test_a_model_is_a_new_document_with_no_file_of_its_own(window: MainWindow, qtbot: Any, tmp_path: Path) -> None:
    """Saving must not write a document over somebody's model."""
    join(window, Loaders(small_model()))
    path = model_file(tmp_path)
    content = path.read_bytes()
    with qtbot.waitSignal(window.session.history_changed):
        window.files.open_paths([str(path)])
    assert window.session.path == ""
    assert window.session.undo_text is None
    assert not window.isWindowModified()
    assert window.files.save_to(str(tmp_path / "mine.cnn"))
    assert path.read_bytes() == content
    assert window.top_bar.title.name == "mine"


def test_an_image_of_the_right_shape_stays(window: MainWindow, qtbot: Any, tmp_path: Path) -> None:
    join(window, Loaders(small_model((7, 7, 1))))
    image = window.session.document.image
    with qtbot.waitSignal(window.session.history_changed):
        window.files.open_paths([str(model_file(tmp_path))])
    assert window.session.document.image is image


def test_a_model_comes_as_a_drop_too(window: MainWindow, qtbot: Any, tmp_path: Path) -> None:
    loaders = join(window, Loaders(small_model()))
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(model_file(tmp_path, "dropped.h5")))])
    with qtbot.waitSignal(window.session.history_changed):
        window.files.take(mime)
    assert loaders.made[0].paths == [str(tmp_path / "dropped.h5")]
    assert window.top_bar.title.name == "dropped"


@pytest.mark.parametrize("chosen", ["digits.keras", "photo.png", ""])
def test_while_a_file_is_chosen_a_loader_begins_already(
    chosen: str, window: MainWindow, qtbot: Any, tmp_path: Path, qapp: Any
) -> None:
    loaders = join(window, Loaders(small_model()))
    model_file(tmp_path)
    PilImage.new("L", (4, 4)).save(tmp_path / "photo.png")
    before = window.session.document

    def act() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QFileDialog) or not loaders.made:
            return
        timer.stop()
        field = dialog.findChild(QLineEdit)
        assert field is not None
        field.setText(str(tmp_path / chosen))
        dialog.accept() if chosen else dialog.reject()

    qapp.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs, True)
    timer = QTimer(window)
    timer.timeout.connect(act)
    timer.start(10)
    window.commands.by_id["open"].trigger()
    qapp.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs, False)
    qtbot.waitUntil(lambda: loaders.made[0].stopped.is_set())
    assert [loader.warmed for loader in loaders.made] == [True]
    assert loaders.made[0].paths == ([str(tmp_path / chosen)] if chosen == "digits.keras" else [])
    assert (window.session.document is before) == (chosen == "")


def test_the_menu_asks_for_a_folder(window: MainWindow, qtbot: Any, tmp_path: Path, qapp: Any) -> None:
    loaders = join(window, Loaders(say("Programs are not run here.")))
    (tmp_path / "saved").mkdir()
    (tmp_path / "saved" / "saved_model.pb").write_bytes(b"program")

    def act() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        field = dialog.findChild(QLineEdit)
        assert field is not None
        field.setText(str(tmp_path / "saved"))
        dialog.accept()

    qapp.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs, True)
    QTimer.singleShot(0, act)
    window.commands.by_id["open_model_folder"].trigger()
    qapp.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs, False)
    qtbot.waitUntil(lambda: banner(window) == "Programs are not run here.")
    assert loaders.made[0].paths == [str(tmp_path / "saved")]


def test_meanwhile_the_banner_says_what_is_done_and_how_long_it_may_take(
    window: MainWindow, qtbot: Any, tmp_path: Path
) -> None:
    join(window, Loaders(limit=60))
    begin(window, model_file(tmp_path), qtbot)
    qtbot.waitUntil(lambda: "Building digits.keras…" in banner(window))
    qtbot.waitUntil(lambda: "1 of at most 60 seconds" in banner(window), timeout=5000)
    assert [button.text() for button in window.banner.answers] == ["Cancel"]


def test_cancel_ends_the_loader_at_once_and_the_document_stays(window: MainWindow, qtbot: Any, tmp_path: Path) -> None:
    loaders = join(window, Loaders())
    edit(window)
    document = window.session.document
    begin(window, model_file(tmp_path), qtbot)
    qtbot.mouseClick(window.banner.answers[0], Qt.MouseButton.LeftButton)
    assert loaders.made[0].stopped.is_set()
    assert banner(window) == ""
    assert window.session.document is document
    assert window.session.undo_text is not None


def test_a_loader_that_hangs_beyond_its_limit_is_ended(
    window: MainWindow, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session_models, "GRACE", 0.0)
    loaders = join(window, Loaders(limit=1))
    document = window.session.document
    begin(window, model_file(tmp_path), qtbot)
    qtbot.waitUntil(lambda: "it took more than 1 seconds" in banner(window), timeout=10_000)
    assert loaders.made[0].stopped.is_set()
    assert window.banner.message is not None and window.banner.message.problem
    assert window.session.document is document


def test_unsaved_changes_are_asked_about_before_the_model_replaces_them(
    window: MainWindow, qtbot: Any, tmp_path: Path
) -> None:
    loaders = join(window, Loaders())
    edit(window)
    document = window.session.document
    begin(window, model_file(tmp_path), qtbot)
    answer(QMessageBox.StandardButton.Cancel, window, qtbot)
    loaders.made[0].give(small_model())
    qtbot.waitUntil(lambda: not window.files.models.models.busy)
    assert window.session.document is document


def test_files_that_wait_behind_a_model_are_opened_after_it(window: MainWindow, qtbot: Any, tmp_path: Path) -> None:
    loaders = join(window, Loaders(say("The first one is bad.")))
    paths = [str(model_file(tmp_path, f"{name}.keras")) for name in "ab"]
    window.files.open_paths(paths)
    qtbot.waitUntil(lambda: len(loaders.made) == 2)
    qtbot.waitUntil(lambda: not window.files.models.models.busy)
    assert [loader.paths[0] for loader in loaders.made] == paths


def test_without_an_engine_a_sentence_says_so(window: MainWindow, qtbot: Any, tmp_path: Path) -> None:
    begin(window, model_file(tmp_path), qtbot)
    assert "there is no engine that could open models" in banner(window)


def kernel(window: MainWindow) -> np.ndarray:
    return window.session.document.network.layers[0].kernel


def tenfold(network: Network) -> Network:
    return network.with_layer(0, replace(network.layers[0], kernel=network.layers[0].kernel * 10))


def test_weights_without_a_model_are_one_step_of_the_network_on_the_screen(
    window: MainWindow, qtbot: Any, tmp_path: Path
) -> None:
    join(window, Loaders(StoredWeights(tenfold)))
    edit(window)
    image, before = window.session.document.image, kernel(window)
    with qtbot.waitSignal(window.session.history_changed):
        window.files.open_paths([str(model_file(tmp_path, "mine.weights.h5"))])
    np.testing.assert_array_equal(kernel(window), before * 10)
    assert window.session.document.image is image
    assert str(window.session.undo_text) == "Load weights mine.weights.h5"
    assert window.status_line.message.text == "The weights of mine.weights.h5 are in the network now."
    assert window.settings.values.recent == [str(tmp_path / "mine.weights.h5")]
    assert banner(window) == ""
    window.commands.by_id["undo"].trigger()
    np.testing.assert_array_equal(kernel(window), before)


def test_weights_that_are_there_already_are_said_to_be(window: MainWindow, qtbot: Any, tmp_path: Path) -> None:
    join(window, Loaders(StoredWeights(lambda network: tenfold(tenfold(network)).with_layers(network.layers))))
    with qtbot.waitSignal(window.files.said):
        window.files.open_paths([str(model_file(tmp_path, "mine.weights.h5"))])
    assert window.status_line.message.text == "The weights of mine.weights.h5 are in the network now."
    assert window.session.undo_text is None


def test_weights_for_another_network_give_a_sentence_and_change_nothing(
    window: MainWindow, qtbot: Any, tmp_path: Path
) -> None:
    def into(network: Network) -> Network:
        raise Refused(say("Layer wide needs 4×3."))

    join(window, Loaders(StoredWeights(into)))
    document = window.session.document
    begin(window, model_file(tmp_path, "mine.weights.h5"), qtbot)
    qtbot.waitUntil(lambda: banner(window) == "Layer wide needs 4×3.")
    assert window.banner.message is not None and window.banner.message.problem
    assert window.session.document is document


def test_digits_are_made_to_fit_a_model_and_can_be_walked_through(
    window: MainWindow, qtbot: Any, tmp_path: Path
) -> None:
    join(window, Loaders(small_model((32, 32, 3))))
    with qtbot.waitSignal(window.session.history_changed):
        window.files.open_paths([str(model_file(tmp_path))])
    page = mnist(window)
    for name in ("MNIST 0", "MNIST 1"):
        image = window.session.document.image
        assert (image.shape, image.source, image.name) == ((32, 32, 3), "mnist", name)
        assert window.input_panel.shown == "mnist"
        assert "Resized to 32×32 in three equal channels" in window.status_line.message.text
        page.selection.walk(1)
    assert "The model takes 32×32 cells in 3 channels" in window.input_panel.model.text()


def test_the_trained_network_of_the_program_opens_from_the_menu(window: MainWindow, qtbot: Any) -> None:
    join(window, ModelLoader)
    folder = window.settings.values.folder
    window.top_bar.menus["file"].aboutToShow.emit()
    menu = window.commands.by_id["known_models"].menu()
    assert isinstance(menu, QMenu) and menu.actions()[0].text() == "Small 3×3 network, trained"
    with qtbot.waitSignal(window.session.history_changed, timeout=60_000):
        menu.actions()[0].trigger()
    document = window.session.document
    assert document.image.shape == (28, 28, 1) and document.image.source == "28x28"  # in place of the 7×7 example
    assert [layer.label() for layer in document.network.layers][:2] == ["Conv2D 3×3", "ReLU"]
    assert document.network.classes == tuple("0123456789")
    assert (window.settings.values.recent, window.settings.values.folder) == ([], folder)


def ask(window: MainWindow, tmp_path: Path, qtbot: Any) -> Loaders:
    """A SavedModel is opened, and the question stands."""
    loaders = join(window, Loaders(PROGRAM))
    window.files.open_paths([str(model_file(tmp_path))])
    qtbot.waitUntil(lambda: banner(window) == "net is a program.")
    return loaders


def results(window: MainWindow) -> list[ProgramResult]:
    return [each for each in window.findChildren(ProgramResult) if each.isVisible()]


def test_a_program_is_told_of_and_the_first_answer_is_not_to_run_it(
    window: MainWindow, qtbot: Any, tmp_path: Path
) -> None:
    loaders, document = ask(window, tmp_path, qtbot), window.session.document
    assert [button.text() for button in window.banner.answers] == ["Don't run it", "Run it"]
    assert [button.isDefault() for button in window.banner.answers] == [True, False]
    qtbot.mouseClick(window.banner.answers[0], Qt.MouseButton.LeftButton)
    assert banner(window) == ""
    assert [loader.images for loader in loaders.made] == [[]]
    assert window.session.document is document
    assert results(window) == []


def test_a_program_that_is_not_answered_goes_with_the_next_file(window: MainWindow, qtbot: Any, tmp_path: Path) -> None:
    loaders = ask(window, tmp_path, qtbot)
    loaders.answer = small_model()
    with qtbot.waitSignal(window.session.history_changed):
        window.files.open_paths([str(model_file(tmp_path, "other.keras"))])
    assert banner(window) == ""
    assert [loader.images for loader in loaders.made] == [[], []]


def test_a_program_is_run_once_and_what_it_gives_is_shown(window: MainWindow, qtbot: Any, tmp_path: Path) -> None:
    loaders, document = ask(window, tmp_path, qtbot), window.session.document
    qtbot.mouseClick(window.banner.answers[1], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(results(window)))
    assert [loader.images for loader in loaders.made] == [[], [document.image]]
    assert banner(window) == ""
    assert window.session.document is document
    (shown,) = results(window)
    assert shown.words[0] == "What digits.keras gave"
    assert "made 28×28×1 with values from 0 to 1" in shown.words[1] and "can't be stepped through" in shown.words[1]
    assert shown.words[1].endswith("It takes a row of numbers: the image's pixels, row by row.")
    assert shown.words[2:] == [
        "scores (float32, 1×10)", "many (float32, 1×1000)", "map (float32, 1×8×8×40)",
        "The 10 greatest of 1,000, by their places.", "From −1 to 2, on average 0.25.",
    ]  # fmt: skip
    scores, many, whole_map = shown.bars
    assert scores is not None and scores.rows[3] == ("3", 3.0)
    assert many is not None and many.rows[:2] == [("class 1000", 999.0), ("class 999", 998.0)]
    assert whole_map is None
    qtbot.mouseClick(shown.close_button, Qt.MouseButton.LeftButton)
    assert results(window) == []


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_gives_its_sentence_and_loses_nothing(
    name: str, window: MainWindow, qtbot: Any, shared_folder: Path
) -> None:
    join(window, ModelLoader)
    edit(window)
    document, cursor = window.session.document, window.session.cursor
    window.files.open_paths([str(shared_folder / "cases/bad_inputs/model" / name)])
    qtbot.waitUntil(lambda: name in banner(window) and "…" not in banner(window), timeout=20_000)
    assert window.banner.message is not None and window.banner.message.problem
    assert len(banner(window)) < 400
    assert window.session.document is document
    assert window.session.cursor == cursor
    assert window.session.undo_text is not None
    np.testing.assert_array_equal(window.session.evaluation.document.image.pixels, document.image.pixels)

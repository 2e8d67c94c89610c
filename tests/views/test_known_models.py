"""Keras's own models through the menu: random, with downloaded weights, with a file; and the names of classes."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QMenu

from cnn_explorer.files.download import DownloadCancelled, Remote
from cnn_explorer.files.imagenet import CLASS_INDEX, CLASSES
from cnn_explorer.files.known_models import KNOWN_MODELS
from cnn_explorer.files.opened_model import OpenedModel
from cnn_explorer.network.document import Document, Image
from cnn_explorer.network.layers import Dense, Flatten
from cnn_explorer.network.network import Network
from cnn_explorer.network.sentence import Refused, say
from cnn_explorer.views.main_window import MainWindow
from tests.views.model_setting import Loaders, small_model
from tests.views.open_window import open_window

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


class Server:
    """Stands for the network: writes what is asked for when it is let, and counts."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.asked = folder, list[str]()
        self.problem: Refused | None = None
        self.go_on = threading.Event()
        self.go_on.set()

    def fetch(self, remote: Remote, folder: str, progress: Any, cancelled: Any) -> Path:
        assert folder == str(self.folder)
        self.asked.append(remote.name)
        progress(3_000_000, 14_000_000)
        while not self.go_on.wait(0.01):
            if cancelled():
                raise DownloadCancelled(say("cancelled"))
        if self.problem is not None:
            raise self.problem
        path = self.folder / remote.name
        index = {str(at): [f"n{at:08}", f"thing_number_{at}"] for at in range(CLASSES)}
        path.write_text(json.dumps(index) if remote is CLASS_INDEX else "weights")
        return path


@pytest.fixture
def window(qtbot: Any) -> Iterator[MainWindow]:
    made = open_window(qtbot)
    yield made
    assert made.files.models.models.close()
    made.files.known.close()


@pytest.fixture
def server(window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Server:
    made = Server(tmp_path)
    monkeypatch.setattr(window.files.known, "_fetch", made.fetch)
    monkeypatch.setattr(type(window.files.known), "folder", str(tmp_path))
    return made


def menu_of(window: MainWindow) -> QMenu:
    window.top_bar.menus["file"].aboutToShow.emit()
    menu = window.commands.by_id["known_models"].menu()
    assert isinstance(menu, QMenu)
    return menu


def entry(window: MainWindow, name: str, number: int) -> QAction:
    action = next(each for each in menu_of(window).actions() if each.text() == name)
    inner = action.menu()
    assert isinstance(inner, QMenu)
    return inner.actions()[number]


def banner(window: MainWindow) -> str:
    return window.banner.label.text() if window.banner.isVisible() else ""


def join(window: MainWindow) -> Loaders:
    loaders = Loaders(small_model((8, 8, 3)))
    window.files.models.models.join(loaders)
    return loaders


def test_the_menu_has_every_model_with_three_ways(window: MainWindow, server: Server) -> None:
    names = [each.text() for each in menu_of(window).actions() if each.menu() is not None]
    assert names == list(KNOWN_MODELS)
    texts = [entry(window, "MobileNetV2", number).text() for number in range(3)]
    assert texts == ["Random weights", "ImageNet weights (download 15 MB)", "Weights from a file…"]
    assert all(entry(window, "VGG16", number).toolTip() for number in range(3))


def test_random_weights(window: MainWindow, server: Server, qtbot: Any) -> None:
    loaders = join(window)
    with qtbot.waitSignal(window.session.history_changed):
        entry(window, "ResNet50", 0).trigger()
    assert (loaders.made[0].paths, loaders.made[0].weights) == (["ResNet50"], [""])
    assert window.top_bar.title.name == "ResNet50"
    assert server.asked == []


def test_weights_are_downloaded_on_request_and_opened(window: MainWindow, server: Server, qtbot: Any) -> None:
    loaders = join(window)
    server.go_on.clear()
    entry(window, "MobileNetV2", 1).trigger()
    qtbot.waitUntil(lambda: banner(window) == "Downloading MobileNetV2's weights… 3.0 of 14.0 MB")
    assert loaders.made == []
    server.go_on.set()
    with qtbot.waitSignal(window.session.history_changed):
        pass
    name = "mobilenet_v2_weights_tf_dim_ordering_tf_kernels_1.0_224.h5"
    assert loaders.made[0].weights == [str(server.folder / name)]
    assert server.asked == [name, CLASS_INDEX.name]
    assert banner(window) == ""
    assert entry(window, "MobileNetV2", 1).text() == "ImageNet weights"


def test_cancel_leaves_everything_as_it_was(window: MainWindow, server: Server, qtbot: Any) -> None:
    loaders, document = join(window), window.session.document
    server.go_on.clear()
    entry(window, "VGG16", 1).trigger()
    qtbot.waitUntil(lambda: "Downloading VGG16" in banner(window))
    qtbot.mouseClick(window.banner.answers[0], Qt.MouseButton.LeftButton)
    assert banner(window) == ""
    assert window.files.known.work.close()
    assert (loaders.made, window.session.document, list(server.folder.iterdir())) == ([], document, [])


def test_offline_is_said_in_a_sentence(window: MainWindow, server: Server, qtbot: Any) -> None:
    server.problem = Refused(say("VGG16's weights could not be downloaded: the computer seems to be offline."))
    entry(window, "VGG16", 1).trigger()
    qtbot.waitUntil(lambda: "seems to be offline" in banner(window))


def test_a_file_with_weights_is_asked_for(window: MainWindow, server: Server, qtbot: Any, qapp: Any) -> None:
    loaders, own = join(window), server.folder / "own.h5"
    own.write_bytes(b"weights")

    def act() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        assert "ResNet50" in dialog.windowTitle()
        field = dialog.findChild(QLineEdit)
        assert field is not None
        field.setText(str(own))
        dialog.accept()

    qapp.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs, True)
    QTimer.singleShot(0, act)
    with qtbot.waitSignal(window.session.history_changed):
        entry(window, "ResNet50", 2).trigger()
    qapp.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs, False)
    assert loaders.made[0].weights == [str(own)]


def thousand(shape: tuple[int, int, int]) -> OpenedModel:
    """A network with as many outputs as ImageNet has classes, each larger than the one before it."""
    count = shape[0] * shape[1] * shape[2]
    dense = Dense(kernel=np.zeros((count, CLASSES)), bias=np.linspace(0, 1, CLASSES))
    return OpenedModel(Network((Flatten(), dense)), shape)


def names_entry(window: MainWindow) -> QAction:
    return next(each for each in menu_of(window).actions() if each.text() == "Name ImageNet's classes")


def test_the_classes_on_the_screen_get_their_names(window: MainWindow, server: Server, qtbot: Any) -> None:
    assert not names_entry(window).isEnabled()
    window.session.open(Document(Image(np.ones((4, 4, 3))), thousand((4, 4, 3)).network))
    window.session.look("network")
    assert names_entry(window).isEnabled()
    with qtbot.waitSignal(window.session.history_changed):
        names_entry(window).trigger()
    assert window.session.document.network.classes[281] == "thing number 281"
    assert not names_entry(window).isEnabled()
    overview = window.workbench.overview
    assert overview.contents.bars(2)[:3] == (999, 998, 997)

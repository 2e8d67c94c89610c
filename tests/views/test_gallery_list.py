"""A gallery is chosen from with the mouse and with the keyboard alike."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from cnn_explorer.views.gallery_list import GalleryItem, GalleryList, caption_font, caption_lines
from cnn_explorer.views.theme import Scale, theme

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

NAMES = ("Handbook", "Identity", "Gaussian blur", "Sobel x", "Sobel y", "Laplacian", "Motion blur")


@pytest.fixture
def gallery(qtbot):
    holder = QWidget()
    qtbot.addWidget(holder)
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    made = GalleryList("kernel")
    made.set_items([item(name) for name in NAMES])
    column.addWidget(made)
    column.addWidget(QLineEdit())
    holder.resize(212, 400)
    holder.show()
    qtbot.waitExposed(holder)
    holder.activateWindow()
    made.holder, made.choices, made.read = holder, [], []
    made.chosen.connect(made.choices.append)
    made.pointed.connect(made.read.append)
    return made


def item(name):
    return GalleryItem(np.eye(3, dtype=np.float32), Scale.around_zero(1.0), name, f"What {name} does.")


def focused(gallery):
    return next(at for at, made in enumerate(gallery.thumbnails) if made.hasFocus())


def test_pictures_wrap_and_the_gallery_is_as_high_as_its_rows(gallery):
    assert gallery.columns() == 4
    tops = [made.y() for made in gallery.thumbnails]
    assert len(set(tops)) == 2
    assert gallery.height() == gallery.thumbnails[-1].geometry().bottom() + 1
    gallery.holder.resize(110, 700)
    assert gallery.columns() == 2
    assert gallery.height() == gallery.thumbnails[-1].geometry().bottom() + 1
    assert all(made.geometry().right() < gallery.width() for made in gallery.thumbnails)


def test_a_click_chooses_but_does_not_mark(gallery):
    QTest.mouseClick(gallery.thumbnails[3], Qt.MouseButton.LeftButton)
    assert gallery.choices == [3]
    assert gallery.current == -1


def test_the_current_one_is_framed_in_the_role_colour(gallery):
    gallery.set_current(1)
    assert gallery.current == 1
    assert [made.isChecked() for made in gallery.thumbnails].count(True) == 1
    blue = theme.role("kernel").rgb()
    for index, framed in ((1, True), (2, False)):
        picture = gallery.thumbnails[index].grab().toImage()
        assert any(picture.pixel(x, 20) == blue for x in range(picture.width())) is framed
    gallery.set_current(-1)
    assert gallery.current == -1


def test_arrow_keys_move_and_enter_chooses(gallery):
    gallery.thumbnails[0].setFocus()
    for key, place in (
        (Qt.Key.Key_Right, 1), (Qt.Key.Key_Down, 5), (Qt.Key.Key_Left, 4), (Qt.Key.Key_Up, 0), (Qt.Key.Key_Up, 0),
        (Qt.Key.Key_Left, 0), (Qt.Key.Key_End, 6), (Qt.Key.Key_Down, 6), (Qt.Key.Key_Home, 0), (Qt.Key.Key_Right, 1),
    ):  # fmt: skip
        QTest.keyClick(gallery.thumbnails[focused(gallery)], key)
        assert focused(gallery) == place
    assert gallery.choices == []
    QTest.keyClick(gallery.thumbnails[1], Qt.Key.Key_Return)
    assert gallery.choices == [1]
    assert gallery.read[-1] == "What Identity does."


def test_tab_stops_once_at_the_current_picture(gallery):
    gallery.holder.findChild(QLineEdit).setFocus()
    gallery.set_current(2)
    QTest.keyClick(gallery.holder.findChild(QLineEdit), Qt.Key.Key_Backtab)
    assert focused(gallery) == 2
    QTest.keyClick(gallery.thumbnails[2], Qt.Key.Key_Tab)
    assert gallery.holder.findChild(QLineEdit).hasFocus()


def test_the_windows_shortcuts_do_not_steal_the_arrows(gallery):
    fired = []
    for key in ("Right", "Home", "Return"):
        shortcut = QShortcut(QKeySequence(key), gallery.holder)
        shortcut.activated.connect(lambda key=key: fired.append(key))
    gallery.thumbnails[0].setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Return):
        QTest.keyClick(gallery.holder.windowHandle(), key)
    assert fired == []
    assert gallery.choices == [1]


def test_pointing_tells_what_it_is(gallery):
    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QEnterEvent

    gallery.read.clear()  # where the pointer is before belongs to the tests before
    QApplication.sendEvent(gallery.thumbnails[2], QEnterEvent(QPointF(1, 1), QPointF(1, 1), QPointF(1, 1)))
    QApplication.sendEvent(gallery.thumbnails[2], QEvent(QEvent.Type.Leave))
    assert gallery.read == ["What Gaussian blur does.", ""]
    assert gallery.thumbnails[2].toolTip() == "What Gaussian blur does."
    assert gallery.thumbnails[2].accessibleName() == "Gaussian blur"


def test_other_texts_keep_the_mark(gallery):
    gallery.set_current(2)
    gallery.set_items([item(name.upper()) for name in NAMES])
    assert gallery.current == 2
    assert gallery.thumbnails[2].accessibleName() == "GAUSSIAN BLUR"


def test_another_number_of_pictures(gallery):
    gallery.set_items([item("One")])
    assert len(gallery.thumbnails) == 1
    assert gallery.thumbnails[0].isVisible()
    gallery.set_items([])
    assert gallery.height() == 0


def test_a_disabled_gallery_cannot_be_chosen_from(gallery):
    gallery.setEnabled(False)
    QTest.mouseClick(gallery.thumbnails[3], Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    assert gallery.choices == []


@pytest.mark.parametrize("width", [49, 53, 60, 80])
def test_captions_fit(styled_application, width):
    from PySide6.QtGui import QFontMetricsF

    for name in NAMES:
        font = caption_font(name, width)
        lines = caption_lines(name, font, width)
        assert " ".join(lines) == name
        assert all(QFontMetricsF(font).horizontalAdvance(line) <= width for line in lines)

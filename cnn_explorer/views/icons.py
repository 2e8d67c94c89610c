"""Icons: our own SVG drawings in resources/icons, coloured from the palette."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap

from cnn_explorer.resources_folder import resource
from cnn_explorer.views.theme import theme

_icons: dict[tuple[str, str], QIcon] = {}


def icon(name: str, role: str = "text") -> QIcon:
    """resources/icons/NAME.svg, drawn in a colour of the palette ("currentColor" in the file)."""
    key = (name, getattr(theme.colours, role))
    if key not in _icons:
        _icons[key] = _draw(name, key[1], theme.colours.faint_text)
    return _icons[key]


def _draw(name: str, colour: str, disabled: str) -> QIcon:
    from PySide6.QtSvg import QSvgRenderer

    source = resource("icons", f"{name}.svg").read_text(encoding="utf-8")
    made = QIcon()
    for mode, shade in ((QIcon.Mode.Normal, colour), (QIcon.Mode.Disabled, disabled)):
        renderer = QSvgRenderer(QByteArray(source.replace("currentColor", shade).encode()))
        pixmap = QPixmap(72, 72)
        pixmap.fill(Qt.GlobalColor.transparent)
        with QPainter(pixmap) as painter:
            renderer.render(painter, QRectF(0, 0, 72, 72))
        made.addPixmap(pixmap, mode)
    return made

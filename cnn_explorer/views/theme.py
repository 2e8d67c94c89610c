"""Colours, fonts and measures: role colours, colour scales, and the style sheet of a light and a dark palette."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from cnn_explorer.views.style_sheet import style_sheet

FONTS = ("Inter", "Inter Display", "Segoe UI Variable", "Segoe UI", "SF Pro Text", "Helvetica Neue", "Noto Sans")
CHINESE_FONTS = ("Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei UI", "Source Han Sans SC", "WenQuanYi Micro Hei")


@dataclass(frozen=True)
class Colours:
    """A palette. Roles: input, kernel, output, window; then surfaces from back to front, and text."""

    dark: bool
    input: str
    kernel: str
    output: str
    window: str
    ground: str
    surface: str
    raised: str
    border: str
    text: str
    quiet: str
    accent: str
    accent_soft: str
    paper: str
    grid: str
    faint_text: str
    good: str
    bad: str


LIGHT = Colours(
    dark=False, input="#c2410c", kernel="#1d4ed8", output="#15803d", window="#f59e0b", ground="#f3f5f9",
    surface="#ffffff", raised="#ffffff", border="#d5dae3", text="#14181f", quiet="#5b6472", accent="#1d4ed8",
    accent_soft="#e4ecfd", paper="#ffffff", grid="#d5dae3", faint_text="#9aa2af", good="#15803d", bad="#b91c1c",
)  # fmt: skip
DARK = Colours(
    dark=True, input="#fb923c", kernel="#7ea6ff", output="#4ade80", window="#fbbf24", ground="#12151b",
    surface="#1a1e26", raised="#232833", border="#39404d", text="#eceff4", quiet="#a3adbd", accent="#7ea6ff",
    accent_soft="#26355a", paper="#e6e9ef", grid="#b6bdc9", faint_text="#6d7686", good="#4ade80", bad="#f87171",
)  # fmt: skip

INK = ((0.0, "#ffffff"), (0.5, "#9fa3ab"), (1.0, "#3f444f"))
PHOTO = ((0.0, "#14161a"), (1.0, "#ffffff"))
SIGNED = ((0.0, "#3f6fe4"), (0.5, "#ffffff"), (1.0, "#ec7a38"))
PLANES = ("red", "green", "blue")
"""The scales of a colour image's channels, in their order."""
TINTS = {"red": "#ff6b5e", "green": "#4fd67c", "blue": "#6c9bff"}
STOPS = {"ink": INK, "photo": PHOTO, "signed": SIGNED} | {
    plane: ((0.0, "#14161a"), (1.0, tint)) for plane, tint in TINTS.items()
}
"""The colours of each kind of scale, from its low end to its high one."""
STEPS = 1024


def _table(stops: tuple[tuple[float, str], ...], paper: str) -> np.ndarray:
    """A lookup table of STEPS + 1 colours, 0xffRRGGBB, through `stops`; white is replaced by the paper's colour."""
    places = [place for place, _ in stops]
    colours = [QColor(paper if name == "#ffffff" else name) for _, name in stops]
    at = np.linspace(0, 1, STEPS + 1)
    red, green, blue = (
        np.interp(at, places, [get(colour) for colour in colours]).round().astype(np.uint32)
        for get in (QColor.red, QColor.green, QColor.blue)
    )
    return np.uint32(0xFF000000) | (red << 16) | (green << 8) | blue


@dataclass(frozen=True)
class Scale:
    """A colour scale over low..high; `kind` is one of STOPS: "signed" has zero in the middle."""

    kind: str
    low: float
    high: float

    @staticmethod
    def of_image(values: np.ndarray, light: bool) -> Scale:
        """From 0 to at least 1: darker for ink, lighter for light. Images with negative values are signed."""
        low, high = float(values.min(initial=0)), float(values.max(initial=0))
        if low < 0:
            return Scale.around_zero(max(-low, high))
        return Scale("photo" if light else "ink", 0.0, max(1.0, high))

    @staticmethod
    def of_plane(values: np.ndarray, channel: int) -> Scale:
        """Of one channel of a colour image, from its `values` (rows, columns, 3): the limits are those of all three."""
        scale = Scale.of_image(values, light=True)
        return scale if scale.kind == "signed" else Scale(PLANES[channel], scale.low, scale.high)

    @staticmethod
    def of_signed(values: np.ndarray) -> Scale:
        """Around zero, to the largest magnitude."""
        return Scale.around_zero(float(np.abs(values).max(initial=0)))

    @staticmethod
    def around_zero(limit: float) -> Scale:
        """From -limit to limit, never empty."""
        return Scale("signed", -(limit or 1.0), limit or 1.0)


class Theme(QObject):
    """The palette in use. `changed` when it is another one; widgets that paint themselves read `theme.colours`."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.colours = LIGHT
        self._tables: dict[tuple[str, bool], np.ndarray] = {}
        self.family = ""

    def use(self, name: str) -> None:
        """Set the palette: "light", "dark" or "system", for the whole application."""
        dark = name == "dark" or (name == "system" and _system_is_dark())
        self.colours = DARK if dark else LIGHT
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        self.family = self.family or _set_fonts()
        application.setPalette(_palette(self.colours))
        application.setStyleSheet(style_sheet(self.colours))
        self.changed.emit()

    def table(self, kind: str) -> np.ndarray:
        """The lookup table of a scale, (STEPS + 1,) of 0xffRRGGBB."""
        key = (kind, self.colours.dark)
        if key not in self._tables:
            self._tables[key] = _table(STOPS[kind], self.colours.paper)
        return self._tables[key]

    def indices(self, values: np.ndarray, scale: Scale) -> np.ndarray:
        """The table index of each value, clipped to the scale."""
        factor = STEPS / (scale.high - scale.low)
        at = (values - np.float32(scale.low)) * np.float32(factor)
        return np.clip(at, 0, STEPS).astype(np.intp)

    def pixels(self, values: np.ndarray, scale: Scale) -> np.ndarray:
        """(rows, columns) uint32 0xffRRGGBB for (rows, columns) values."""
        return self.table(scale.kind)[self.indices(values, scale)]

    def colour(self, value: float, scale: Scale) -> QColor:
        """The colour of one value."""
        return QColor.fromRgb(int(self.pixels(np.array([value], np.float32), scale)[0]))

    def role(self, name: str) -> QColor:
        """One of the Colours by name."""
        return QColor(getattr(self.colours, name))


def _system_is_dark() -> bool:
    from PySide6.QtCore import Qt

    return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark


def _set_fonts() -> str:
    families = set(QFontDatabase.families())
    latin = [name for name in FONTS if name in families][:1]
    chinese = [name for name in CHINESE_FONTS if name in families][:1]
    font = QApplication.font()
    if latin or chinese:
        font.setFamilies([*(latin or [font.family()]), *chinese])
    font.setPointSizeF(10.0)
    font.setStyleStrategy(QFont.StyleStrategy.PreferAntialias)
    QApplication.setFont(font)
    return font.family()


def _palette(colours: Colours) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for place, name in (
        (role.Window, "ground"), (role.WindowText, "text"), (role.Base, "surface"), (role.AlternateBase, "ground"),
        (role.Text, "text"), (role.Button, "raised"), (role.ButtonText, "text"), (role.Highlight, "accent"),
        (role.HighlightedText, "surface"), (role.ToolTipBase, "raised"), (role.ToolTipText, "text"),
        (role.PlaceholderText, "quiet"), (role.Link, "accent"), (role.BrightText, "bad"),
    ):  # fmt: skip
        palette.setColor(place, QColor(getattr(colours, name)))
    disabled = QPalette.ColorGroup.Disabled
    for place in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(disabled, place, QColor(colours.faint_text))
    return palette


theme = Theme()
"""The one theme of the application."""

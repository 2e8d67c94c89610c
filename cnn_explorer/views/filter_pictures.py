"""The pictures on a wall of filters: all kernels in one pixmap, all maps in another, drawn anew when they change."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPen, QPixmap

from cnn_explorer.views.filter_layout import KERNELS, WallPlan
from cnn_explorer.views.filter_scene import FilterScene
from cnn_explorer.views.grid_paint import map_image
from cnn_explorer.views.map_pictures import Mosaic, mosaic
from cnn_explorer.views.overview_layout import fitted
from cnn_explorer.views.scales import Scales, largest_magnitude
from cnn_explorer.views.theme import Scale, theme

LIGHT = Scale("photo", 0.0, 1.0)
FINENESS = 1.5
"""So many cells of a large map are kept for each pixel of its tile."""


class FilterPictures:
    """Both walls of a scene as pixmaps; those that nothing has changed in are kept."""

    def __init__(self, scales: Scales) -> None:
        self._scales = scales
        self._kept: dict[int, tuple[tuple[Any, ...], QPixmap]] = {}

    def forget(self) -> None:
        """Colours or scales are other ones now."""
        self._kept.clear()

    def wall(self, scene: FilterScene, plan: WallPlan, wall: int, ratio: float) -> QPixmap:
        """KERNELS or MAPS of a scene: as wide as the board, for a device pixel ratio."""
        shown = (scene.layer, scene.channel) if wall == KERNELS else (scene.maps, self._limits(scene))
        key = (*shown, plan, ratio)
        kept = self._kept.get(wall)
        if kept is None or kept[0][0] is not key[0] or kept[0][1:] != key[1:]:
            kept = self._kept[wall] = (key, self._draw(scene, plan, wall, ratio))
        return kept[1]

    def _limits(self, scene: FilterScene) -> tuple[float, ...]:
        """What the colours of the maps run to: one limit for all, or one for each."""
        channels = range(scene.count) if self._scales.scope == "map" else (None,)
        return tuple(self._scales.of(scene.index + 1, channel).high for channel in channels)

    def _draw(self, scene: FilterScene, plan: WallPlan, wall: int, ratio: float) -> QPixmap:
        pixmap = QPixmap(round(plan.width * ratio), round(plan.height * ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(theme.role("surface"))
        with QPainter(pixmap) as painter:
            tiles = [plan.rect(wall, number) for number in range(scene.count)]
            painter.setPen(QPen(theme.role("border"), 1))
            painter.drawRects([tile.adjusted(-1, -1, 0, 0) for tile in tiles])
            pictures = self._kernels(scene) if wall == KERNELS else self._maps(scene, tiles[0].width() * ratio)
            shape = scene.kernels.shape[1:3] if wall == KERNELS or scene.maps is None else scene.maps.shape[:2]
            if pictures is not None:
                self._draw_tiles(painter, pictures, tiles, (shape[0], shape[1]))
        return pixmap

    @staticmethod
    def _draw_tiles(painter: QPainter, pictures: Mosaic, tiles: list[QRectF], shape: tuple[int, int]) -> None:
        inner = fitted(tiles[0], *shape)
        for number, tile in enumerate(tiles):
            pictures.draw(painter, inner.translated(tile.topLeft() - tiles[0].topLeft()), number)

    def _kernels(self, scene: FilterScene) -> Mosaic:
        """Each filter's kernel: in the scale of all weights of the layer, or in colour, where grey is 0."""
        if scene.channel is None:
            return coloured(scene.kernels)
        scale = self._scales.kernel_scale(scene.layer, scene.kernels, scene.index)
        return mosaic(scene.kernels.transpose(1, 2, 0), scale)

    def _maps(self, scene: FilterScene, pixels: float) -> Mosaic | None:
        """Each filter's map, for tiles of so many pixels of the screen; None where the layer can't be applied."""
        values, limits = scene.maps, self._limits(scene)
        if values is None:
            return None
        step = max(1, int(max(values.shape[:2]) // (FINENESS * pixels)))
        values = values[::step, ::step]
        if len(limits) == 1:
            return mosaic(values, self._scales.of(scene.index + 1))
        return mosaic(values / np.array(limits, np.float32), Scale.around_zero(1.0))  # each by its own limit


def coloured(kernels: np.ndarray) -> Mosaic:
    """Kernels (filters, rows, columns, 3) as colours: grey is 0, brighter and darker are more and less."""
    filters, rows, columns, _ = kernels.shape
    limit = largest_magnitude(kernels) or 1.0
    colours = 0.5 + kernels * (0.5 / limit)
    return Mosaic(map_image(colours.reshape(filters * rows, columns, 3), LIGHT), filters)

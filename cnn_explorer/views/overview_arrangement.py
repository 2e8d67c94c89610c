"""Where everything in the picture of a network stands at the moment: its layout, as far as columns are scrolled."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QSizeF

from cnn_explorer.network.network import Network, built_alike
from cnn_explorer.session.cursor import IMAGE
from cnn_explorer.views.channels_layout import channels_layout
from cnn_explorer.views.class_bars import bars_shown
from cnn_explorer.views.overview_layout import Layout, Lines, network_layout
from cnn_explorer.views.overview_paint import heading_width
from cnn_explorer.views.overview_words import map_size
from cnn_explorer.views.stage_paint import text_width
from cnn_explorer.views.stage_words import map_name

if TYPE_CHECKING:
    from cnn_explorer.views.overview import Overview


TEXT_OF_BARS = 1.2
"""Times usual text: names of classes."""


class Arrangement:
    """`layout` is the one worked out last. Of a column that does not show all of its maps it knows the first."""

    def __init__(self, view: Overview) -> None:
        self._view = view
        self.layout = Layout()
        self._firsts: dict[int, int] = {}
        self._row = 0
        self._asked: tuple[object, ...] = ()
        self._measured: tuple[Network, tuple[object, ...], tuple[float, ...]] | None = None

    def begin_rows(self) -> None:
        """Another filter begins with its first channel."""
        self._row = 0

    def arrange(self) -> Layout:
        """Work out the layout of what the view shows now."""
        view = self._view
        size, lines = QSizeF(view.size()), Lines(view.text_size(), self._name_width())
        headings = self._headings()
        wanted = [replace(each, heading=wide) for each, wide in zip(view.contents.wanted(), headings, strict=True)]
        focus = min(view.session.cursor.layer - IMAGE, len(wanted) - 1)  # it may have no output
        opened = view.contents.opened() if view.level == "channels" else None
        firsts = self._firsts_with_focus()
        asked = (size, wanted, focus, opened, firsts, self._row, lines)
        if asked == self._asked:  # drawing changes nothing of it
            return self.layout
        self._asked = asked
        if opened is None:
            self.layout = network_layout(size, wanted, lines, focus, firsts)
        else:
            self.layout = channels_layout(size, wanted, lines, opened, self._row)
        return self.layout

    def _name_width(self) -> float:
        names = self._view.evaluation.document.network.classes
        few = names if bars_shown(len(names)) == len(names) else ()
        return max((text_width(name, self._view.text_size() * TEXT_OF_BARS, True) for name in few), default=0.0)

    def _headings(self) -> tuple[float, ...]:
        """The width of each map's heading: measured again only where a word or its size is another one."""
        view, evaluation = self._view, self._view.evaluation
        network, sizes = evaluation.document.network, (view.text_size(), view.small_size())
        key = (evaluation.document.image.shape, len(evaluation.maps), sizes, view.language)
        if self._measured is None or self._measured[1] != key or not built_alike(self._measured[0], network):
            named = [(map_name(evaluation, at), map_size(evaluation, at)) for at in range(len(evaluation.maps))]
            self._measured = network, key, tuple(heading_width(*words, *sizes) for words in named)
        return self._measured[2]

    def _firsts_with_focus(self) -> dict[int, int]:
        """From which channel on the columns show their maps: so that what the cursor is on is among them."""
        firsts, scene, layer = dict(self._firsts), self._view.scene, self._view.session.cursor.layer
        if scene is not None and layer not in firsts:
            firsts[layer] = max(0, scene.channel - 2) if scene.channel > 3 else 0
        return firsts

    def scroll_column(self, index: int, maps: int) -> None:
        """Show other channels of a column that does not show all of them."""
        column = self.layout.column(index)
        if column is None:
            return
        if self._view.level == "network":
            self._firsts[index] = column.first + maps
        else:
            self._row = column.first + maps
        kept = self.arrange().column(index)
        first = 0 if kept is None else kept.first
        if self._view.level == "network":
            self._firsts[index] = first
        else:
            self._row = first

    def keep_in_view(self) -> None:
        """The channel under the cursor stays among the shown rows."""
        scene, opened, rows = self._view.scene, self._view.contents.opened(), self.layout.rows
        if scene is None or opened is None or not rows:
            return
        if scene.place not in rows:
            self._row = max(0, opened.order.index(scene.place) - len(rows) // 2)
        self.arrange()

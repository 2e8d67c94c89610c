"""The words on the stage: headings, names of cells and channels, and the read-out of what the pointer is on."""

from __future__ import annotations

from collections.abc import Callable

from cnn_explorer.network.explanation import Window
from cnn_explorer.network.reasons import grouped
from cnn_explorer.network.results import Evaluation
from cnn_explorer.network.written_formulas import plain_text
from cnn_explorer.session.language import tr, translated
from cnn_explorer.views.stage_scene import Scene

Heading = tuple[str, str]
"""Title and subtitle."""


def combination(scene: Scene) -> str:
    """How the layer of the scene combines its window; "" where it is off or can't be applied."""
    found = None if scene.output is None else scene.explain(0, 0)
    return "" if found is None else JOINED if joins(scene) else found.combination


JOINED = "joined"
"""How a layer combines several maps, whatever it makes of them."""


def joins(scene: Scene) -> bool:
    """Whether the layer takes several maps together, channel by channel."""
    return scene.layer.enabled and scene.layer.alike and len(scene.read.parts) > 1


def is_flat_input(scene: Scene) -> bool:
    """Whether the input is one place with many numbers."""
    return scene.shape[:2] == (1, 1) and scene.inputs.size == 1


def is_flat_output(scene: Scene) -> bool:
    """Whether the output is one place with many numbers."""
    return scene.output is not None and scene.output.size == 1


def channel_name(scene: Scene, place: int) -> str:
    """What the channel at `place` of the window is called: its number, or the plane of an image in colour."""
    channel = scene.channels[place]
    source, own = scene.read.origin(channel)
    if source == 0 and scene.evaluation.document.image.shape[2] == 3:
        return (tr("red"), tr("green"), tr("blue"))[own]
    if joins(scene):
        return map_name(scene.evaluation, source)
    return grouped(channel + 1)


def map_name(evaluation: Evaluation, index: int) -> str:
    """What map `index` is called: the input, or the name of the layer whose output it is."""
    if index == 0:
        return tr("Input")
    layer = evaluation.layer(index - 1)
    return layer.name or layer.label()


def class_or_number(scene: Scene, filter_index: int) -> str:
    """The name of an output's class where the network's classes have names, else its number from 1."""
    classes = scene.evaluation.document.network.classes
    last = scene.index == len(scene.evaluation.document.network.layers) - 1
    named = last and len(classes) == _output_channels(scene)
    return classes[filter_index] if named else grouped(filter_index + 1)


def output_name(scene: Scene, filter_index: int) -> str:
    """A number of a flat output: its class, where the classes have names, or which number it is."""
    name = class_or_number(scene, filter_index)
    return tr("number {number}", number=name) if name == grouped(filter_index + 1) else tr("class {name}", name=name)


def output_cell_name(scene: Scene, row: int, column: int) -> str:
    """A cell of the output, its filter named where there are several."""
    if is_flat_output(scene) and _output_channels(scene) > 1:
        return output_name(scene, scene.filter)
    place = {"row": row + 1, "column": column + 1}
    if _output_channels(scene) == 1:
        return tr("row {row}, column {column}", **place)
    return tr("row {row}, column {column}, filter {filter}", filter=scene.filter + 1, **place)


def input_cell_name(scene: Scene, window: Window) -> str:
    """The one cell of the input that `window` reads."""
    place = {"row": window.rows[0] + 1, "column": window.columns[0] + 1}
    if len(scene.read.parts) > 1:
        source, row, column, channel = scene.read.cell_of(window.rows[0], window.columns[0], window.channels[0])
        name = map_name(scene.evaluation, source)
        place = {"row": row + 1, "column": column + 1, "channel": channel + 1}
        return tr("{name} (row {row}, column {column}, channel {channel})", name=name, **place)
    if is_flat_input(scene):
        return tr("Input number {number}", number=grouped(window.channels[0] + 1))
    if scene.shape[2] == 1:
        return tr("Input cell (row {row}, column {column})", **place)
    return tr("Input cell (row {row}, column {column}, channel {channel})", channel=window.channels[0] + 1, **place)


def is_padding(scene: Scene, window: Window) -> bool:
    """Whether the one cell that `window` reads lies outside of the input."""
    return not (0 <= window.rows[0] < scene.shape[0] and 0 <= window.columns[0] < scene.shape[1])


def _output_channels(scene: Scene) -> int:
    output = scene.evaluation.output_of(scene.index)
    return 1 if output is None else int(output.shape[2])


def _size(shape: tuple[int, ...]) -> str:
    return " × ".join(map(str, shape))


class Words:
    """Texts in the current language, made from a scene."""

    def input(self, scene: Scene) -> Heading:
        """Title and subtitle over the input."""
        source = scene.source[0]
        title = tr("Input: {name}", name=map_name(scene.evaluation, source)) if source > 0 else tr("Input")
        return title, self._input_size(scene)

    def _input_size(self, scene: Scene) -> str:
        if is_flat_input(scene):
            return tr("{count} values", count=grouped(scene.shape[2]))
        size = _size((*scene.shape[:2], scene.read.part_of(scene.channel).shape[2]))
        added = (scene.rows.before, scene.rows.after, scene.columns.before, scene.columns.after)
        padded = f"{scene.rows.padded} × {scene.columns.padded}"
        if scene.shape[2] > 1:
            part = scene.read.part_of(scene.channel)
            channel = tr("channel {number} of {count}", number=scene.source[1] + 1, count=part.shape[2])
            return (
                tr("{size}, padded to {padded}", size=channel, padded=padded) if any(added) else f"{size} · {channel}"
            )
        if any(added):
            return tr("{size}, padded to {padded}", size=size, padded=padded)
        return tr("{size} (no padding)", size=size) if scene.kernel is not None else size

    def middle(self, scene: Scene) -> Heading:
        """Title and subtitle over what the input is read with."""
        named = _MIDDLES.get(combination(scene), _by_title)
        return _kernel(scene) if scene.kernel is not None else named(scene)

    def output(self, scene: Scene) -> Heading:
        """Title and subtitle over the output."""
        shape = scene.evaluation.maps[scene.index + 1].shape
        if not scene.layer.enabled:
            return tr("Switched off"), tr("{size}, handed on unchanged", size=_size(shape))
        if is_flat_output(scene) and shape[2] > 1:
            return tr("Outputs"), tr("{count} values", count=grouped(shape[2]))
        if shape[2] == 1:
            return tr("Feature map A"), _size(shape)
        which = tr("filter {number} of {count}", number=scene.filter + 1, count=shape[2])
        return tr("Feature map A"), f"{_size(shape)} · {which}"

    def input_cell(self, scene: Scene, row: int, column: int, readers: int) -> str:
        """A cell of the padded input, places counted from the padding's corner."""
        value = scene.digits.input.text(float(scene.inputs[row, column]))
        cell = scene.cell_at(row, column)
        if cell is None:
            return self._no_cell(scene, row, column, value)
        place = {"row": cell[0] + 1, "column": cell[1] + 1}
        name = tr("row {row}, column {column}", **place)
        if scene.shape[2] > 1:
            name = tr("row {row}, column {column}, channel {channel}", channel=scene.channel + 1, **place)
        if readers == 0:
            return tr("Input {cell} = {value} · no window reads it", cell=name, value=value)
        if readers == 1:
            return tr("Input {cell} = {value} · one output cell reads it", cell=name, value=value)
        return tr("Input {cell} = {value} · {count} output cells read it", cell=name, value=value, count=readers)

    def _no_cell(self, scene: Scene, row: int, column: int, value: str) -> str:
        row, column = row - scene.rows.before, column - scene.columns.before
        if 0 <= row < scene.rows.spread and 0 <= column < scene.columns.spread:
            return tr("A zero between the cells of the input, which stand one stride apart")
        if not scene.padding_counts and combination(scene) in ("maximum", "mean"):
            return tr("Padding, outside the input: takes no part")
        return tr("Padding, outside the input: {value}", value=value)

    def output_cell(self, scene: Scene, row: int, column: int) -> str:
        """A cell of the feature map."""
        assert scene.output is not None
        value = scene.digits.output.text(float(scene.output[row, column]))
        name = output_cell_name(scene, row, column)
        found = scene.explain(row, column)
        if found is None or is_flat_input(scene):
            return tr("Output {cell} = {value}", cell=name, value=value)
        rows, columns = _range(found.window.rows), _range(found.window.columns)
        return tr(
            "Output {cell} = {value} · reads rows {rows}, columns {columns}",
            cell=name, value=value, rows=rows, columns=columns,
        )  # fmt: skip

    def input_number(self, scene: Scene, channel: int) -> str:
        """A number of a flat input, and how many outputs read it."""
        inputs = scene.evaluation.input_of(scene.index)
        value = 0.0 if inputs is None else float(inputs[0, 0, channel])
        reached = scene.layer.channels_reached(scene.shape, channel) if scene.layer.enabled else (channel,)
        count, text = len(reached), scene.digits.input.text(value)
        number = grouped(channel + 1)
        if count == 1:
            return tr("Input number {number} = {value} · one output reads it", number=number, value=text)
        return tr(
            "Input number {number} = {value} · {count} outputs read it",
            number=number, value=text, count=grouped(count),
        )  # fmt: skip

    def output_number(self, scene: Scene, channel: int) -> str:
        """A number of a flat output."""
        value = float(scene.evaluation.maps[scene.index + 1][0, 0, channel])
        return tr("Output {cell} = {value}", cell=output_name(scene, channel), value=scene.digits.output.text(value))

    def weight(self, scene: Scene, row: int, column: int, count: int) -> str:
        """A weight of the kernel."""
        assert scene.kernel is not None
        value = scene.digits.kernel.text(float(scene.kernel[row, column]))
        if is_flat_input(scene):
            return tr("Weight of input {name} = {value}", name=channel_name(scene, scene.place), value=value)
        place = {"row": row + 1, "column": column + 1}
        name = tr("row {row}, column {column}", **place)
        if len(scene.channels) > 1:
            name = tr("row {row}, column {column}, channel {channel}", channel=scene.channel + 1, **place)
        return tr("Weight {cell} = {value} · multiplies {count} input cells", cell=name, value=value, count=count)

    def bias(self, scene: Scene) -> str:
        """The bias."""
        return tr("Bias = {value} · added to every sum", value=scene.digits.bias.text(scene.bias))


def _kernel(scene: Scene) -> Heading:
    assert scene.kernel is not None
    if is_flat_input(scene):
        return tr("Weights W"), tr("{count} weights, bias b", count=grouped(len(scene.channels)))
    size = _size((*scene.kernel.shape, len(scene.channels)))
    if len(scene.channels) == 1:
        return tr("Kernel W"), tr("{size}, bias b", size=size)
    name = channel_name(scene, scene.place)
    channel = tr("channel {name}", name=name) if name == grouped(scene.channel + 1) else name
    return tr("Kernel W"), f"{size} · {channel}"


def _by_title(scene: Scene) -> Heading:
    return translated(scene.layer.title()), f"{scene.rows.kernel} × {scene.columns.kernel}"


def _function(scene: Scene) -> Heading:
    return tr("Function"), scene.layer.label()


def _statistics(scene: Scene) -> Heading:
    found = scene.explain(0, 0)
    training = found is not None and found.facts.get("training", 0) > 0
    return translated(scene.layer.title()), tr("the batch's statistics") if training else tr("the moving statistics")


def _mask(scene: Scene) -> Heading:
    found = scene.explain(0, 0)
    rate = plain_text(found.facts["rate"]) if found is not None else ""
    return translated(scene.layer.title()), tr("rate {rate}", rate=rate)


def _moved(scene: Scene) -> Heading:
    return translated(scene.layer.title()), ""


_MIDDLES: dict[str, Callable[[Scene], Heading]] = {
    "function": _function,
    "softmax": _function,
    "normalise": _statistics,
    "dropout": _mask,
    "same": _moved,
    "unexplained": lambda scene: (translated(scene.layer.title()), scene.layer.label()),
    JOINED: lambda scene: (translated(scene.layer.title()), tr("{count} maps", count=len(scene.read.parts))),
}
"""What stands over the middle where there is no kernel."""


def _range(places: tuple[int, ...]) -> str:
    if len(places) == 1:
        return str(places[0] + 1)
    if places[1] - places[0] > 1:
        return ", ".join(str(at + 1) for at in places)
    return f"{places[0] + 1}–{places[-1] + 1}"

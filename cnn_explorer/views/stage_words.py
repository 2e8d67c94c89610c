"""The words on the stage: headings, and the read-out of what the pointer is on."""

from __future__ import annotations

from cnn_explorer.session.language import tr, translated
from cnn_explorer.views.stage_scene import Scene


class Words:
    """Texts in the current language, made from a scene."""

    def input(self, scene: Scene) -> tuple[str, str]:
        """Title and subtitle over the input."""
        rows, columns, channels = scene.shape
        size = f"{rows} × {columns} × {channels}"
        title = tr("Input")
        if scene.index > 0:
            before = scene.evaluation.layer(scene.index - 1)
            title = tr("Input: {name}", name=before.name or before.label())
        added = (scene.rows.before, scene.rows.after, scene.columns.before, scene.columns.after)
        if any(added):
            padded = f"{scene.rows.padded} × {scene.columns.padded}"
            return title, tr("{size}, padded to {padded}", size=size, padded=padded)
        return title, tr("{size} (no padding)", size=size) if scene.kernel is not None else size

    def middle(self, scene: Scene) -> tuple[str, str]:
        """Title and subtitle over what the input is read with."""
        if scene.kernel is not None:
            rows, columns = scene.kernel.shape
            return tr("Kernel W"), tr("{size}, bias b", size=f"{rows} × {columns} × {scene.shape[2]}")
        if hasattr(scene.layer, "curve"):
            return tr("Function"), scene.layer.label()
        return translated(scene.layer.title()), f"{scene.rows.kernel} × {scene.columns.kernel}"

    def output(self, scene: Scene) -> tuple[str, str]:
        """Title and subtitle over the output."""
        shape = scene.evaluation.maps[scene.index + 1].shape
        size = " × ".join(map(str, shape))
        if not scene.layer.enabled:
            return tr("Switched off"), tr("{size}, handed on unchanged", size=size)
        return tr("Feature map A"), size

    def input_cell(self, scene: Scene, row: int, column: int, readers: int) -> str:
        """A cell of the padded input, places counted from the padding's corner."""
        value = scene.digits.input.text(float(scene.inputs[row, column]))
        cell = scene.cell_at(row, column)
        if cell is None:
            if not scene.padding_counts:
                return tr("Padding, outside the input: takes no part")
            return tr("Padding, outside the input: {value}", value=value)
        places = {"row": cell[0] + 1, "column": cell[1] + 1, "value": value}
        if readers == 0:
            return tr("Input row {row}, column {column} = {value} · no window reads it", **places)
        if readers == 1:
            return tr("Input row {row}, column {column} = {value} · one output cell reads it", **places)
        return tr("Input row {row}, column {column} = {value} · {count} output cells read it", count=readers, **places)

    def output_cell(self, scene: Scene, row: int, column: int) -> str:
        """A cell of the feature map."""
        assert scene.output is not None
        value = scene.digits.output.text(float(scene.output[row, column]))
        places = {"row": row + 1, "column": column + 1, "value": value}
        found = scene.explain(row, column)
        if found is None:
            return tr("Output row {row}, column {column} = {value}", **places)
        first, last = _range(found.window.rows), _range(found.window.columns)
        places |= {"rows": first, "columns": last}
        return tr("Output row {row}, column {column} = {value} · reads rows {rows}, columns {columns}", **places)

    def weight(self, scene: Scene, row: int, column: int, count: int) -> str:
        """A weight of the kernel."""
        assert scene.kernel is not None
        value = scene.digits.kernel.text(float(scene.kernel[row, column]))
        places = {"row": row + 1, "column": column + 1, "value": value}
        return tr("Weight row {row}, column {column} = {value} · multiplies {count} input cells", count=count, **places)

    def bias(self, scene: Scene) -> str:
        """The bias."""
        return tr("Bias = {value} · added to every sum", value=scene.digits.bias.text(scene.bias))


def _range(places: tuple[int, ...]) -> str:
    if len(places) == 1:
        return str(places[0] + 1)
    if places[1] - places[0] > 1:
        return ", ".join(str(at + 1) for at in places)
    return f"{places[0] + 1}–{places[-1] + 1}"

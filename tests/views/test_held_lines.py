"""A text that keeps its room, and tells the rest in a tooltip."""

from __future__ import annotations

from typing import Any

from cnn_explorer.views.held_lines import HeldLines

LONG = "At batch 1,234 weights were NaN or infinite, so training stopped; the weights of batch 1,200 are back."


def held(qtbot: Any, text: str, width: int = 220) -> HeldLines:
    made = HeldLines("quiet", 2)
    qtbot.addWidget(made)
    made.resize(width, made.sizeHint().height())
    made.setText(text)
    made.show()
    return made


def test_it_is_as_high_with_a_long_text_as_with_none(qtbot: Any) -> None:
    heights = {held(qtbot, text).sizeHint().height() for text in ("", "Paused", LONG)}
    assert len(heights) == 1 and heights.pop() >= 2 * held(qtbot, "").fontMetrics().height()


def test_what_has_no_room_is_elided_and_whole_in_the_tooltip(qtbot: Any) -> None:
    made = held(qtbot, LONG)
    first, second = made.shown_lines()
    assert LONG.startswith(f"{first} {second.removesuffix('…')}") and second.endswith("…")
    assert made.toolTip() == LONG and made.text() == LONG
    made.resize(2000, 40)
    assert made.shown_lines() == [LONG] and made.toolTip() == ""
    made.grab()


def test_a_text_that_ends_in_an_ellipsis_of_its_own_is_whole(qtbot: Any) -> None:
    made = held(qtbot, "Starting TensorFlow…")
    assert made.shown_lines() == ["Starting TensorFlow…"] and made.toolTip() == ""


def test_chinese_is_parted_between_its_signs(qtbot: Any) -> None:
    made = held(qtbot, "权重变为无效或无穷大，因此训练已停止；已恢复较早批次的权重。请尝试更小的学习率。", 200)
    assert len(made.shown_lines()) == 2

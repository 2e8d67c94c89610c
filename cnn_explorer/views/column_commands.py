"""Commands for what stands in the columns: the tabs on the right, the sections on the left."""

from __future__ import annotations

from cnn_explorer.network.sentence import Sentence, say
from cnn_explorer.views.command import Command, below


def _tab(name: str, text: Sentence, key: str) -> Command:
    return Command(
        f"tab_{name}",
        "view",
        text,
        lambda window: window.workbench.right_column.show_tab(name),
        (key,),
        checked=lambda window: window.workbench.right_column.shown == name,
    )


def _section(name: str, text: Sentence, key: str) -> Command:
    return Command(
        f"section_{name}",
        "view",
        text,
        lambda window: window.workbench.left.go_to(name),
        (key,),
        enabled=lambda window: not window.presenting and name in window.workbench.left.offered(),
    )


COLUMN_COMMANDS = (
    below(_tab("layer", say("Settings of the layer"), "Alt+1")),
    _tab("why", say("Why convolution"), "Alt+2"),
    _tab("code", say("The same in code"), "Alt+3"),
    _tab("inspect", say("Inspect"), "Alt+5"),
    below(_section("input", say("Go to the input"), "Ctrl+Alt+I")),
    _section("kernel", say("Go to the kernel"), "Ctrl+Alt+K"),
    _section("filters", say("Go to the filters"), "Ctrl+Alt+F"),
)

"""How many examples a property is tried with where each of them is expensive: half of them in the gate.

`HYPOTHESIS_PROFILE=thorough ./test` tries all, and others each time.
"""

from __future__ import annotations

import os
from typing import Any

from hypothesis import settings

PROFILE = os.environ.get("HYPOTHESIS_PROFILE", "gate")

# The gate says the same twice: the same examples each time, however slow the machine.
settings.register_profile("gate", derandomize=True, deadline=None)
settings.register_profile("thorough", deadline=None, print_blob=True)


def expensive(examples: int, **others: Any) -> settings:
    """Settings for a property that takes a network through TensorFlow, say, with each example."""
    return settings(max_examples=examples if PROFILE == "thorough" else examples // 2, **others)

"""Warnings of the program's log and of Qt: a test that does not expect them fails."""

from __future__ import annotations

import logging
import re
from typing import Any

import pytest

LOGGER = "cnn_explorer"


class ExpectedWarnings(logging.Handler):
    """Collects what the logger "cnn_explorer" and Qt warn of during one test.

    A test calls the fixture `expected_warnings` with regular expressions, before or after the fact: each must be found
    in a warning, and each warning must be expected. Python's own warnings are expected with `pytest.warns`.
    """

    def __init__(self, item: pytest.Item) -> None:
        super().__init__(logging.WARNING)
        self._item = item
        self._logged: list[str] = []
        self._patterns: list[str] = []
        # Absent when pytest-qt is switched off: then there is no Qt to listen to.
        self._qt_log: Any = getattr(item, "qt_log_capture", None)

    def __call__(self, *patterns: str) -> None:
        if not self._patterns:
            # From now on this class judges Qt's messages too, instead of pytest-qt.
            self._item.add_marker(pytest.mark.qt_log_level_fail("NO"))
        self._patterns += patterns

    def emit(self, record: logging.LogRecord) -> None:
        self._logged.append(f"{record.levelname} {record.getMessage()}")

    def complaints(self) -> list[str]:
        """One line for each warning that was not expected and each expectation that was not met."""
        warnings = self._logged + (self._of_qt() if self._patterns else [])
        unexpected = [text for text in warnings if not any(re.search(pattern, text) for pattern in self._patterns)]
        unmet = [pattern for pattern in self._patterns if not any(re.search(pattern, text) for text in warnings)]
        return [f"unexpected: {text}" for text in unexpected] + [f"expected, never came: {text}" for text in unmet]

    def _of_qt(self) -> list[str]:
        records = self._qt_log.records if self._qt_log else []
        loud = (record for record in records if record.matches_level("WARNING") and not record.ignored)
        return [f"Qt {record.log_type_name} {record.message}" for record in loud]

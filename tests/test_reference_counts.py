"""The binding of Qt keeps its references: one that loses one to None at each call aborts after some thousands."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QObject, Signal

CALLS = 100
DRIFT = 5

pytestmark = pytest.mark.skipif(
    sys.version_info >= (3, 12), reason="None and True are immortal from Python 3.12 on: their counts can't drift"
)


class Sender(QObject):
    told = Signal()
    told_flag = Signal(bool)


def counts() -> tuple[int, int]:
    return sys.getrefcount(None), sys.getrefcount(True)


def assert_steady(before: tuple[int, int]) -> None:
    drift = [now - then for now, then in zip(counts(), before, strict=True)]
    assert max(map(abs, drift)) <= DRIFT, f"references to None and True drifted by {drift}"


def test_calls_of_void_methods_keep_references() -> None:
    sender = Sender()
    before = counts()
    for _ in range(CALLS):
        sender.setObjectName("")
        sender.blockSignals(True)
    assert_steady(before)


def test_emitted_signals_keep_references() -> None:
    sender = Sender()
    heard = 0

    def hear(*_: bool) -> None:
        nonlocal heard
        heard += 1

    sender.told.connect(hear)
    sender.told_flag.connect(hear)
    before = counts()
    for _ in range(CALLS):
        sender.told.emit()
        sender.told_flag.emit(True)
    assert_steady(before)
    assert heard == 2 * CALLS

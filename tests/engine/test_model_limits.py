"""The limits that a loader puts on itself, each in a process of its own: they can't be taken back."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

from cnn_explorer.engine.model_limits import addresses, limit_memory, memory_of

pytestmark = pytest.mark.skipif(importlib.util.find_spec("resource") is None, reason="this system has no such limits")
CHECKOUT = Path(__file__).parents[2]

START = """
import numpy as np
from cnn_explorer.engine.model_limits import *
def taken(megabytes):
    try:
        np.ones(megabytes * 10**6, np.uint8)
    except MemoryError:
        return False
    return True
"""


def said(code: str, tmp_path: Path) -> str:
    run = subprocess.run(
        [sys.executable, "-c", START + code], capture_output=True, text=True, cwd=tmp_path,
        env={"PYTHONPATH": str(CHECKOUT)},
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    return run.stdout


@pytest.mark.skipif(sys.platform != "linux", reason="the system counts otherwise")
def test_more_memory_than_that_is_not_given_until_it_is_lifted(tmp_path: Path) -> None:
    code = """
limit_memory(100 * 10**6, final=False)
print(taken(50), taken(200))
lift_memory_limit()
print(taken(200))
limit_memory(100 * 10**6, final=True)
lift_memory_limit()
print(taken(50), taken(6000))
"""
    assert said(code, tmp_path) == "True False\nTrue\nTrue False\n"


def test_no_file_gets_larger_than_that(tmp_path: Path) -> None:
    code = """
import signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
limit_files(1000)
try:
    with open("file", "wb", buffering=0) as file:
        print(file.write(bytes(5000)))
        file.write(bytes(5000))
except OSError as error:
    print("stopped")
"""
    assert said(code, tmp_path) == "1000\nstopped\n"


def test_a_system_without_limits_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "resource", None)
    limit_memory(1, final=True)


@pytest.mark.skipif(sys.platform != "linux", reason="the system does not say")
def test_how_much_a_process_has(monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    assert 10**7 < memory_of(os.getpid()) < addresses()
    assert memory_of(2**22 + 1) == 0

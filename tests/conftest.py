"""What every test gets: settings of its own, a screen that is not there, and a look at what it leaves behind.

Nothing here imports Qt: tests of network, files and engine also run with `-p no:pytest-qt`, where Qt is never loaded.
"""

from __future__ import annotations

import gc
import json
import logging
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from tests.expected_warnings import LOGGER, ExpectedWarnings
from tests.left_behind import LeftBehind
from tests.thoroughness import PROFILE

CHECKOUT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("CNN_EXPLORER_SHARED", CHECKOUT.parent / "shared"))
FAILED = pytest.StashKey[bool]()
JOURNEYS = "tests/journeys"

# Set before any test module can import Qt. The journeys start the program as a process of its own, on a real screen.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
# A desktop's scaling or style would change the pictures that tests look at.
for name in ("QT_SCALE_FACTOR", "QT_SCREEN_SCALE_FACTORS", "QT_STYLE_OVERRIDE", "QT_QPA_PLATFORMTHEME", "QT_FONT_DPI"):
    os.environ.pop(name, None)

settings.load_profile(PROFILE)


@pytest.fixture(scope="session")
def shared_folder() -> Path:
    """The folder with MNIST, the handbook's example and the bad files; it is not part of the checkout."""
    if not SHARED.is_dir():
        pytest.skip(f"no folder {SHARED}: set CNN_EXPLORER_SHARED to the folder that has cases/ and data/")
    return SHARED


@pytest.fixture(scope="session")
def handbook(shared_folder: Path) -> dict[str, Any]:
    """The handbook's worked example: image, kernel, bias and the results."""
    parsed: dict[str, Any] = json.loads((shared_folder / "cases" / "handbook.json").read_text(encoding="utf-8"))
    return parsed


@pytest.fixture(autouse=True, scope="module")
def what_stands_is_frozen() -> None:
    """The collector does not look through it after each test: what was imported, collected and compiled stays."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def own_settings(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder of the test's own, in which settings, caches and journals land; returns it."""
    home = tmp_path_factory.mktemp("home")
    keep_x_credentials(monkeypatch)
    for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home))
    for name in ("CONFIG", "CACHE", "DATA", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
    (home / "runtime").mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(home / "runtime"))
    move_qt_settings(home)
    return home


def keep_x_credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a desktop the key to the screen is in the home folder that the test no longer sees."""
    credentials = Path.home() / ".Xauthority"
    if "XAUTHORITY" not in os.environ and credentials.exists():
        monkeypatch.setenv("XAUTHORITY", str(credentials))


def move_qt_settings(home: Path) -> None:
    """Qt remembers where settings are from its first look at the environment: tell it."""
    core = sys.modules.get("PySide6.QtCore")
    if core:
        for form in (core.QSettings.Format.IniFormat, core.QSettings.Format.NativeFormat):
            for scope, folder in zip(core.QSettings.Scope, ("config", "system"), strict=True):
                core.QSettings.setPath(form, scope, str(home / folder))


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder for temporary files, which must be empty again at the end."""
    path = tmp_path / "temporary"
    path.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(path))
    yield path
    assert list(path.iterdir()) == []


@pytest.fixture(autouse=True)
def expected_warnings(request: pytest.FixtureRequest) -> Iterator[ExpectedWarnings]:
    """Call it with regular expressions for what the program's log or Qt will warn of; other warnings fail the test."""
    collector = ExpectedWarnings(request.node)
    logger = logging.getLogger(LOGGER)
    logger.addHandler(collector)
    yield collector
    logger.removeHandler(collector)
    fail_with("Warnings", collector.complaints(), request.node)


@pytest.fixture(autouse=True)
def nothing_left_behind(own_settings: Path, request: pytest.FixtureRequest) -> Iterator[None]:
    """A test that leaves processes, threads, timers or windows behind fails: it would disturb the next one."""
    before = LeftBehind()
    yield
    fail_with("Left behind", before.new(), request.node)


def fail_with(heading: str, lines: list[str], item: pytest.Item) -> None:
    """Fail, unless the test has failed already: then what follows from that only hides the cause."""
    if lines and not item.stash.get(FAILED, False):
        pytest.fail("\n  ".join([f"{heading}:", *lines]), pytrace=False)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Those of whole programs, at the top, take longest: begun last, they would leave the other processors idle."""
    items.sort(key=lambda item: item.nodeid.split("::")[0].count("/"))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Where tests run side by side, those of a module stay together: they share an engine. So do all on the screen."""
    from xdist.scheduler import LoadScopeScheduling

    class Modules(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            module = nodeid.split("::")[0]
            return JOURNEYS if module.startswith(JOURNEYS) else module

    return Modules(config, log)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Note for the fixtures above whether the test has failed."""
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report

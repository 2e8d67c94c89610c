"""`scripts/prepare`: installs once, again when pyproject.toml changes, and says what it can't do in one sentence."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent
PARTS = ("pyproject.toml", "scripts", "cnn_explorer/__init__.py", "cnn_explorer/linux_screen.py")
FAKE_UV = f"""#!/bin/sh
echo "$@" >> uv.log
[ "$1" = venv ] && mkdir -p .venv/bin && ln -sf {sys.executable} .venv/bin/python
exit 0
"""

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows has no shell scripts: the README says what to type")


@pytest.fixture
def prepare(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script as a module, on a machine that lacks one library."""
    spec = importlib.util.spec_from_file_location("prepare", CHECKOUT / "scripts" / "prepare.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setattr(sys, "path", [*sys.path])
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "X_LIBRARIES", {"libnowhere.so.9": "libnowhere9"})
    monkeypatch.setattr(module, "CHECKOUT", CHECKOUT)
    return module


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder on the PATH besides the system's; the test fills it."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def add_program(folder: Path, name: str, text: str = "#!/bin/sh\nexit 0\n") -> None:
    (folder / name).write_text(text)
    (folder / name).chmod(0o755)


def packages_missing(prepare: ModuleType) -> list[str]:
    return [name for name in prepare.packages_needed("run") if name != "python3-venv"]


def test_a_missing_library_is_asked_for_by_its_package(prepare: ModuleType) -> None:
    assert packages_missing(prepare) == ["libnowhere9"]


def test_without_root_the_command_is_said(
    prepare: ModuleType, programs: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    add_program(programs, "apt-get")
    add_program(programs, "sudo", "#!/bin/sh\nexit 1\n")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(prepare, "packages_needed", lambda purpose: ["libnowhere9", "xvfb"])
    assert prepare.main("test") == 1
    assert capsys.readouterr().err == (
        "Some system packages are missing; install them, then try again: sudo apt-get install libnowhere9 xvfb\n"
    )


def test_without_apt_the_packages_are_said(prepare: ModuleType, programs: Path) -> None:
    with pytest.raises(prepare.CanNot, match="lacks what Debian calls libnowhere9"):
        prepare.install_system_packages(["libnowhere9"])


def test_sudo_without_a_password_installs(
    prepare: ModuleType, programs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = tmp_path / "sudo.log"
    add_program(programs, "apt-get")
    add_program(programs, "sudo", f'#!/bin/sh\nprintf "%s\\n" "$*" >> {log}\n')
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    prepare.install_system_packages(["libnowhere9"])
    assert log.read_text().splitlines() == [
        "-n true",
        "-n env DEBIAN_FRONTEND=noninteractive apt-get update",
        "-n env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends libnowhere9",
    ]


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of what the scripts need, on a machine that has everything, with a uv that only notes its calls."""
    folder = tmp_path / "checkout with a space"
    for part in PARTS:
        target = folder / part
        target.parent.mkdir(parents=True, exist_ok=True)
        copy = shutil.copytree if (CHECKOUT / part).is_dir() else shutil.copy
        copy(CHECKOUT / part, target)
    add_program(tmp_path, "uv", FAKE_UV)
    (tmp_path / "python3").symlink_to(sys.executable)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setenv("UV_DEFAULT_INDEX", "file:///nowhere")  # Spares the question what pip's mirror is.
    return folder


def run_prepare(checkout: Path, purpose: str) -> list[str]:
    """Prepare; the first word of each call of uv that it took."""
    (checkout / "uv.log").write_text("")
    outcome = subprocess.run([checkout / "scripts" / "prepare", purpose], cwd="/", capture_output=True, text=True)
    assert outcome.returncode == 0, outcome.stderr
    return [line.split()[0] for line in (checkout / "uv.log").read_text().splitlines()]


def test_a_second_start_installs_nothing(checkout: Path) -> None:
    assert run_prepare(checkout, "run") == ["venv", "pip"]
    assert run_prepare(checkout, "run") == []


def test_a_change_of_pyproject_installs_into_the_same_environment(checkout: Path) -> None:
    run_prepare(checkout, "run")
    with (checkout / "pyproject.toml").open("a") as stream:
        stream.write("# changed\n")
    assert run_prepare(checkout, "run") == ["pip"]


def test_tests_need_more_than_the_program_and_the_program_no_more_than_tests(checkout: Path) -> None:
    run_prepare(checkout, "run")
    assert run_prepare(checkout, "test") == ["pip"]
    assert run_prepare(checkout, "run") == []


def test_a_moved_checkout_or_a_lost_python_is_installed_anew(checkout: Path, tmp_path: Path) -> None:
    run_prepare(checkout, "run")
    moved = checkout.rename(tmp_path / "moved")
    assert run_prepare(moved, "run") == ["pip"]
    (moved / ".venv" / "bin" / "python").unlink()
    assert run_prepare(moved, "run") == ["venv", "pip"]

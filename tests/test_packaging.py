"""The wheel holds all that the program needs, and runs from where it was installed, away from the checkout."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from cnn_explorer import __version__
from cnn_explorer.resources_folder import resource

CHECKOUT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built with the builder that is installed: nothing is fetched."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder]
    outcome = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True)
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the wheel was installed, without what it depends on."""
    folder = tmp_path_factory.mktemp("installed")
    uv = shutil.which("uv") or shutil.which("uv", path=str(CHECKOUT / ".uv" / "bin"))
    assert uv, "no uv: ./test fetches it"
    command = [uv, "pip", "install", "--offline", "--no-deps", "--python", sys.executable, "--target", folder, wheel]
    outcome = subprocess.run(command, capture_output=True, text=True)
    assert outcome.returncode == 0, outcome.stderr
    return folder


def run_installed(installed: Path, *command: str | Path) -> str:
    """What a command says that finds the installed package before the checkout."""
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    outcome = subprocess.run(command, cwd=installed.parent, env=environment, capture_output=True, text=True)
    assert outcome.returncode == 0, outcome.stderr
    return outcome.stdout


def test_the_wheel_holds_every_source_and_resource(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    sources = {path.relative_to(CHECKOUT).as_posix() for path in (CHECKOUT / "cnn_explorer").rglob("*.py")}
    assert sources <= names
    assert {f"cnn_explorer/resources/{name}" for name in resource_names(CHECKOUT / "resources")} <= names
    assert not [name for name in names if name.startswith("tests/")]


def resource_names(folder: Path) -> set[str]:
    """The files of a folder of resources, relative to it; what an editor or Python leaves there is none."""
    files = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return {name for name in files if "__pycache__" not in name and not name.startswith(".")}


def test_the_installed_program_answers(installed: Path) -> None:
    assert run_installed(installed, sys.executable, "-m", "cnn_explorer", "--version").split()[-1] == __version__
    script = installed / "bin" / "cnn-explorer"
    assert run_installed(installed, script, "--version").split()[-1] == __version__
    assert "usage: cnn-explorer" in run_installed(installed, script, "--help")


def test_the_installed_program_finds_its_own_resources(installed: Path) -> None:
    code = "from cnn_explorer.resources_folder import resource; print(resource())"
    found = Path(run_installed(installed, sys.executable, "-c", code).strip())
    assert found == installed / "cnn_explorer" / "resources"
    assert resource_names(found) == resource_names(CHECKOUT / "resources")


def test_the_checkout_uses_the_resources_at_its_top() -> None:
    assert resource("icons", "pen.svg") == CHECKOUT / "resources" / "icons" / "pen.svg"


MACHINES = {
    ("linux", "x86_64"): True,
    ("linux", "aarch64"): True,
    ("linux", "riscv64"): False,
    ("darwin", "arm64"): True,
    ("darwin", "x86_64"): False,
    ("win32", "AMD64"): True,
    ("win32", "ARM64"): False,
}


@pytest.mark.parametrize(("machine", "has_wheels"), MACHINES.items(), ids=map("-".join, MACHINES))
def test_tensorflow_is_asked_for_only_where_it_has_wheels(machine: tuple[str, str], has_wheels: bool) -> None:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = {requirement.name: requirement for requirement in map(Requirement, project["dependencies"])}
    marker = needed["tensorflow"].marker
    assert marker is not None
    assert marker.evaluate({"sys_platform": machine[0], "platform_machine": machine[1]}) is has_wheels

"""Install what `./run` or `./test` needs: shared libraries and tools with apt, Python packages into .venv with uv.

Standard library only, and old enough Python (3.9) for any machine: uv fetches a newer one where it is needed.
"""

from __future__ import annotations

import glob
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
ENVIRONMENT = CHECKOUT / ".venv"
OWN_UV = CHECKOUT / ".uv"
sys.path.insert(0, str(CHECKOUT))

from cnn_explorer.linux_screen import QT_LIBRARIES, X_LIBRARIES, install_command, missing_packages  # noqa: E402

# What to install, by purpose: the extras of pyproject.toml. A test environment can run the program as well.
EXTRAS = {"run": "", "test": "[dev]"}
# What the tests use besides, and the Debian package of each.
TEST_PROGRAMS = {"xvfb-run": "xvfb", "Xvfb": "xvfb", "xauth": "xauth", "xdotool": "xdotool"}
TEST_FONTS = {"NotoSansCJK-*": "fonts-noto-cjk", "Inter*": "fonts-inter"}
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")


class CanNot(Exception):
    """What is missing and can't be installed from here: one sentence."""


def main(purpose: str) -> int:
    """Prepare for "run" or "test"; returns the exit code."""
    try:
        install_system_packages(packages_needed(purpose))
        install_python_packages(EXTRAS[purpose])
    except CanNot as problem:
        print(problem, file=sys.stderr)
        return 1
    except subprocess.CalledProcessError as problem:
        print(f"This command failed: {' '.join(map(str, problem.cmd))}", file=sys.stderr)
        return 1
    for prepared in ("run", "test") if purpose == "test" else ("run",):
        write_stamp(prepared)
    return 0


def packages_needed(purpose: str) -> list[str]:
    """The Debian packages that are missing; [] where the machine is no Linux."""
    if not sys.platform.startswith("linux"):
        return []
    missing = missing_packages(QT_LIBRARIES | X_LIBRARIES)
    if purpose == "test":
        missing += [package for program, package in TEST_PROGRAMS.items() if not shutil.which(program)]
        missing += [package for pattern, package in TEST_FONTS.items() if not font_installed(pattern)]
    if not find_uv() and not find_spec("pip") and not find_spec("ensurepip"):
        missing.append("python3-venv")
    return list(dict.fromkeys(missing))


def font_installed(pattern: str) -> bool:
    """Whether a font file of that name is in one of the usual folders."""
    folders = (os.path.expanduser(folder) for folder in FONT_FOLDERS)
    return any(glob.glob(f"{folder}/**/{pattern}.*", recursive=True) for folder in folders)


def install_system_packages(packages: Sequence[str]) -> None:
    """Install with apt, as root or through sudo without a password; raises CanNot with the command to type."""
    if not packages:
        return
    if not shutil.which("apt-get"):
        raise CanNot(f"This machine lacks what Debian calls {' '.join(packages)}: install it, then try again.")
    become_root = prefix_for_root()
    if become_root is None:
        raise CanNot(f"Some system packages are missing; install them, then try again: {install_command(packages)}")
    apt = [*become_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    # A list of packages that can't be refreshed in part may still hold what we need.
    call([*apt, "update"], check=False)
    call([*apt, "install", "--yes", "--no-install-recommends", *packages])


def prefix_for_root() -> list[str] | None:
    """What to put before a command to run it as root without being asked for a password; None if that can't be."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0:
        return ["sudo", "-n"]
    return None


def install_python_packages(extras: str) -> None:
    """Install the checkout, editable, and all it needs into .venv."""
    uv = find_uv() or fetch_uv()
    os.environ.update(pip_mirror())
    print("Installing the Python packages: about 700 MB to fetch the first time, some minutes.")
    if not works(ENVIRONMENT / "bin" / "python"):
        call([uv, "venv", "--clear", ENVIRONMENT])
    install: list[str | Path] = [uv, "pip", "install", "--compile-bytecode", "--python", ENVIRONMENT / "bin" / "python"]
    call([*install, "--editable", f"{CHECKOUT}{extras}"])


def works(python: Path) -> bool:
    """Whether that Python can be started: the one that an old environment points at may be gone."""
    return python.exists() and subprocess.run([python, "-c", ""], capture_output=True).returncode == 0


def find_uv() -> str | None:
    """The uv on the PATH, or the one fetched for this checkout."""
    return shutil.which("uv") or shutil.which("uv", path=str(OWN_UV / "bin"))


def fetch_uv() -> str:
    """Fetch uv with pip into .uv, where no system's Python is touched.

    --target is allowed also where the system's Python is "externally managed"; without pip, a venv brings one.
    """
    if find_spec("pip"):
        call([sys.executable, "-m", "pip", "install", "--quiet", "--upgrade", "--target", OWN_UV, "uv"])
    else:
        call([sys.executable, "-m", "venv", "--clear", OWN_UV])
        call([OWN_UV / "bin" / "python", "-m", "pip", "install", "--quiet", "uv"])
    return str(OWN_UV / "bin" / "uv")


def pip_mirror() -> dict[str, str]:
    """The mirror that pip has been told to use, as uv's variable: uv does not read pip's settings."""
    if "UV_DEFAULT_INDEX" in os.environ or not find_spec("pip"):
        return {}
    settings = subprocess.run([sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True).stdout
    pairs = (line.split("=", 1) for line in settings.splitlines() if "=" in line)
    mirrors = [value.strip("'\"") for name, value in pairs if name.endswith(".index-url")]
    return {"UV_DEFAULT_INDEX": mirrors[-1]} if mirrors else {}


def call(command: Sequence[str | Path], check: bool = True) -> None:
    """Run a command in the checkout; raises CalledProcessError when it fails and `check` is on."""
    sys.stdout.flush()
    subprocess.run(command, cwd=CHECKOUT, stdin=subprocess.DEVNULL, check=check)


def write_stamp(purpose: str) -> None:
    """What scripts/prepare compares: the folder, since the environment points at it, and pyproject.toml."""
    text = f"{CHECKOUT}\n".encode() + (CHECKOUT / "pyproject.toml").read_bytes()
    (ENVIRONMENT / f"prepared-for-{purpose}").write_bytes(text)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))

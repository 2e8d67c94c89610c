"""Whether Qt can open a window on this Linux machine, found out before Qt is loaded: where it can't, it aborts.

Standard library only: the setup scripts read the table of libraries from here before anything is installed.
"""

from __future__ import annotations

import ctypes
import os
import socket
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

# The shared libraries that Qt loads and the Debian package of each; the second group only for an X screen.
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
}
X_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}


def why_no_window(environment: Mapping[str, str]) -> str | None:
    """One sentence on what keeps a window from opening and what to do about it; None when nothing does."""
    if not sys.platform.startswith("linux"):
        return None
    platform = environment.get("QT_QPA_PLATFORM", "").split(":")[0]
    if platform not in ("", "xcb"):
        return _why_libraries_fail(QT_LIBRARIES)
    if not platform and _wayland_answers(environment):
        return _why_libraries_fail(QT_LIBRARIES)
    return _why_display_fails(environment) or _why_libraries_fail(QT_LIBRARIES | X_LIBRARIES)


def missing_packages(libraries: Mapping[str, str]) -> list[str]:
    """The Debian packages of those libraries that can't be loaded."""
    return [package for library, package in libraries.items() if not _loads(library)]


def install_command(packages: Iterable[str]) -> str:
    """What to type on Debian or Ubuntu to install packages."""
    return "sudo apt-get install " + " ".join(packages)


def _why_libraries_fail(libraries: Mapping[str, str]) -> str | None:
    packages = missing_packages(libraries)
    return f"Qt lacks libraries on this machine; install them: {install_command(packages)}" if packages else None


def _why_display_fails(environment: Mapping[str, str]) -> str | None:
    # DISPLAY first: Qt blames libxcb-cursor0 also when only the display is missing.
    display = environment.get("DISPLAY", "")
    if not display:
        return "CNN Explorer needs a screen, and DISPLAY is not set: start it on a desktop, or with ssh -X or xvfb-run."
    if not _x_answers(display):
        return f"The screen {display} (from DISPLAY) does not answer: start CNN Explorer on a desktop that is running."
    return None


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _x_answers(display: str) -> bool:
    """Ask through libxcb, as Qt will: it reads every form of DISPLAY and shows the same credentials."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True  # The check of the libraries comes next and names what is missing.
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(os.fsencode(display), None))
    try:
        return bool(xcb.xcb_connection_has_error(connection) == 0)
    finally:
        xcb.xcb_disconnect(connection)


def _wayland_answers(environment: Mapping[str, str]) -> bool:
    name = environment.get("WAYLAND_DISPLAY", "")
    if not name:
        return False
    with socket.socket(socket.AF_UNIX) as connection:
        try:
            connection.connect(os.fspath(Path(environment.get("XDG_RUNTIME_DIR", "/")) / name))
        except OSError:
            return False
    return True

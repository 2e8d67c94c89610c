"""Who may import whom: the arrows of the house, held by reading every file's imports, those inside functions too."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

PACKAGE = "cnn_explorer"
CHECKOUT = Path(__file__).resolve().parent.parent
COMPUTED = "a name computed while running"


@dataclass(frozen=True)
class Room:
    """What a room may import besides the standard library and itself: its sisters, and modules from elsewhere."""

    sisters: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()

    def may_import(self, module: str, room: str) -> bool:
        allowed = [f"{PACKAGE}.{name}" for name in (room, "__version__", *self.sisters)] + list(self.elsewhere)
        if module.split(".")[0] in sys.stdlib_module_names or module == PACKAGE:
            return True
        return any(module == name or module.startswith(name + ".") for name in allowed)


QT = ("PySide6", "shiboken6", "superqt", "pyqtgraph")
ROOMS = {
    "network": Room(sisters=("resources_folder",), elsewhere=("numpy",)),
    "files": Room(sisters=("network", "resources_folder"), elsewhere=("numpy", "PIL", "certifi")),
    "engine": Room(
        sisters=("network", "files", "resources_folder"), elsewhere=("numpy", "tensorflow", "keras", "h5py")
    ),
    "session": Room(sisters=("network", "files", "resources_folder"), elsewhere=("PySide6.QtCore",)),
    "views": Room(sisters=("network", "files", "session", "resources_folder"), elsewhere=("numpy", *QT)),
    "app": Room(sisters=("network", "files", "engine", "session", "views", "resources_folder"), elsewhere=QT),
    "command_line": Room(sisters=("app", "files", "linux_screen", "model_check", "train_command")),
    "train_command": Room(sisters=("network", "files", "engine")),
    "model_check": Room(sisters=("network", "files", "engine")),
    "__main__": Room(sisters=("command_line",)),
    "linux_screen": Room(),
    "resources_folder": Room(),
    "__init__": Room(),
}


@dataclass(frozen=True)
class Import:
    """An imported name, dotted in full, and where it stands."""

    path: Path
    line: int
    module: str


def violations(package: Path) -> list[str]:
    """One line for each import in the folder of the package that its room is not allowed."""
    found = []
    for path in sorted(package.rglob("*.py")):
        room = room_of(path.relative_to(package))
        rules = ROOMS.get(room)
        if rules is None:
            found.append(f"{path}: no rule says what {room} may import")
            continue
        found += [
            f"{item.path}:{item.line}: {room} imports {item.module}"
            for item in imports(path, package)
            if not rules.may_import(item.module, room)
        ]
    return found


def room_of(relative: Path) -> str:
    """The package or the single module at the top that a file belongs to."""
    return relative.parts[0] if len(relative.parts) > 1 else relative.stem


def imports(path: Path, package: Path) -> Iterator[Import]:
    """Every import of a file, however it is written."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    inside = (PACKAGE, *path.relative_to(package).parent.parts)
    importers = names_of_import_module(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            source = ".".join(absolute(node.module or "", node.level, inside))
            names = [f"{source}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Call) and called_name(node) in importers:
            names = [imported_by_call(node, inside)]
        else:
            continue
        for name in names:
            yield Import(path, node.lineno, name)


def absolute(module: str, level: int, inside: tuple[str, ...]) -> tuple[str, ...]:
    """The parts of a module's full name, for an import with `level` leading dots in the package `inside`."""
    base = inside[: len(inside) - level + 1] if level else ()
    return (*base, *filter(None, module.split(".")))


def names_of_import_module(tree: ast.Module) -> set[str]:
    """What the functions that import by a string are called in this file."""
    renamed = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module in ("importlib", "builtins")
        for alias in node.names
        if alias.name in ("import_module", "__import__")
    }
    return renamed | {"import_module", "__import__"}


def called_name(node: ast.Call) -> str:
    """The last name of what is called: `import_module` in `importlib.import_module(...)`."""
    function = node.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def imported_by_call(node: ast.Call, inside: tuple[str, ...]) -> str:
    """What import_module("name") or __import__("name") imports."""
    words = [*node.args[:1], *(word.value for word in node.keywords if word.arg == "name")]
    name = words[0].value if words and isinstance(words[0], ast.Constant) else None
    if not isinstance(name, str):
        return COMPUTED
    level = len(name) - len(name.lstrip("."))
    return ".".join(absolute(name[level:], level, inside))


def test_every_import_follows_the_arrows() -> None:
    assert violations(CHECKOUT / PACKAGE) == []


def test_the_window_s_process_never_loads_tensorflow() -> None:
    code = """
import importlib, pkgutil, sys
import cnn_explorer.app, cnn_explorer.views.main_window
for room in ("views", "session", "files", "network"):
    package = importlib.import_module(f"cnn_explorer.{room}")
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        importlib.import_module(module.name)
print(sorted({name.split(".")[0] for name in sys.modules} & {"tensorflow", "keras", "h5py"}))"""
    outcome = subprocess.run([sys.executable, "-c", code], cwd=CHECKOUT, capture_output=True, text=True)
    assert (outcome.stdout, outcome.stderr) == ("[]\n", "")


def test_every_room_of_the_house_is_looked_at() -> None:
    looked_at = {room_of(path.relative_to(CHECKOUT / PACKAGE)) for path in (CHECKOUT / PACKAGE).rglob("*.py")}
    assert {"network", "files", "engine", "session", "views"} <= looked_at


PLANTED = {
    "Qt in the network": ("network/a.py", "import PySide6.QtCore", "PySide6.QtCore"),
    "a sister of the network": ("network/a.py", "from cnn_explorer.files import png", "cnn_explorer.files.png"),
    "a picture library in the network": ("network/layers/a.py", "from PIL import Image", "PIL.Image"),
    "Qt in the files": ("files/a.py", "from PySide6 import QtGui", "PySide6.QtGui"),
    "the session in the files": ("files/a.py", "import cnn_explorer.session.session", "cnn_explorer.session.session"),
    "Qt in the engine": ("engine/a.py", "from PySide6.QtCore import QObject", "PySide6.QtCore.QObject"),
    "the session in the engine": ("engine/a.py", "from cnn_explorer import session", "cnn_explorer.session"),
    "QtGui in the session": ("session/a.py", "from PySide6.QtGui import QColor", "PySide6.QtGui.QColor"),
    "QtWidgets in the session": ("session/a.py", "from PySide6 import QtWidgets", "PySide6.QtWidgets"),
    "the engine in the session": ("session/a.py", "from cnn_explorer.engine import serve", "cnn_explorer.engine.serve"),
    "the views in the session": ("session/a.py", "from cnn_explorer.views import theme", "cnn_explorer.views.theme"),
    "TensorFlow in the session": ("session/a.py", "import tensorflow as tf", "tensorflow"),
    "the engine in the views": ("views/a.py", "import cnn_explorer.engine.serve", "cnn_explorer.engine.serve"),
    "Keras in the views": ("views/a.py", "from keras import layers", "keras.layers"),
    "the app in the views": ("views/a.py", "from cnn_explorer.app import run", "cnn_explorer.app.run"),
    "TensorFlow in the app": ("app.py", "import tensorflow", "tensorflow"),
    "the engine in the command line": (
        "command_line.py",
        "import cnn_explorer.engine.serve",
        "cnn_explorer.engine.serve",
    ),
    "a library in a module that must stay light": ("resources_folder.py", "import numpy", "numpy"),
    "inside a function": ("views/a.py", "def f():\n    import tensorflow.nn", "tensorflow.nn"),
    "inside a method, in a try": (
        "session/a.py",
        "class C:\n    def m(self):\n        try:\n            import keras\n        finally:\n            pass",
        "keras",
    ),
    "for the type checker only": (
        "network/a.py",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import keras",
        "keras",
    ),
    "relative, one dot": ("views/a.py", "from .engine import serve", None),
    "relative, two dots": ("views/a.py", "from ..engine import serve", "cnn_explorer.engine.serve"),
    "relative, two dots and no module": ("views/a.py", "from .. import engine", "cnn_explorer.engine"),
    "relative, three dots": ("network/layers/a.py", "from ...files import png", "cnn_explorer.files.png"),
    "relative, in a package's __init__": (
        "session/__init__.py",
        "from ..views import theme",
        "cnn_explorer.views.theme",
    ),
    "import_module": ("views/a.py", 'import importlib\nimportlib.import_module("tensorflow")', "tensorflow"),
    "import_module, renamed": (
        "views/a.py",
        'from importlib import import_module as load\nload("keras.layers")',
        "keras.layers",
    ),
    "import_module, relative": (
        "session/a.py",
        'import importlib\nimportlib.import_module("..engine.serve", __package__)',
        "cnn_explorer.engine.serve",
    ),
    "import_module, by keyword": (
        "session/a.py",
        'import importlib\nimportlib.import_module(name="keras")',
        "keras",
    ),
    "import_module, computed": ("views/a.py", "import importlib\nimportlib.import_module(name)", COMPUTED),
    "__import__": ("files/a.py", '__import__("tensorflow")', "tensorflow"),
    "a room without a rule": ("attic/a.py", "", "no rule says what attic may import"),
}


@pytest.mark.parametrize(("place", "source", "forbidden"), PLANTED.values(), ids=PLANTED)
def test_a_planted_violation_is_caught(tmp_path: Path, place: str, source: str, forbidden: str | None) -> None:
    path = tmp_path / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(source, encoding="utf-8")
    found = violations(tmp_path)
    if forbidden is None:
        assert found == []  # One dot stays inside the room: `views.engine` is no sister.
    else:
        assert len(found) == 1
        assert found[0].endswith(forbidden)


ALLOWED = {
    "network/a.py": "import math\nimport numpy as np\nfrom numpy.typing import NDArray\nfrom .layers import conv2d",
    "files/a.py": "from cnn_explorer.network.sentence import say\nfrom PIL import Image",
    "engine/a.py": "import tensorflow as tf\nfrom cnn_explorer.files import archive",
    "session/a.py": "from PySide6.QtCore import QObject\nfrom cnn_explorer import __version__",
    "views/a.py": "from PySide6 import QtSvg\nfrom cnn_explorer.session.session import Session",
    "app.py": "from cnn_explorer.engine.process import EngineProcess\nfrom cnn_explorer.session.session import Session",
}


@pytest.mark.parametrize(("place", "source"), ALLOWED.items(), ids=ALLOWED)
def test_what_an_arrow_allows_is_let_through(tmp_path: Path, place: str, source: str) -> None:
    (tmp_path / place).parent.mkdir(exist_ok=True)
    (tmp_path / place).write_text(source, encoding="utf-8")
    assert violations(tmp_path) == []

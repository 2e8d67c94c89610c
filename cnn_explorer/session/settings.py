"""What is kept between sessions and not undone: one field a setting."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any

from PySide6.QtCore import QByteArray, QObject, QSettings, Signal


@dataclass
class Values:
    """Every setting with its default."""

    language: str = ""
    theme: str = "system"
    animation: bool = True
    speed: float = 1.0
    loop: bool = False
    brush_size: float = 1.4
    centre_like_mnist: bool = False
    mnist_path: str = ""
    folder: str = ""
    fixed_scale: bool = False
    scale_scope: str = "layer"
    strongest_first: bool = False
    right_tab: str = "layer"
    code_style: str = "keras"
    code_part: str = "network"
    code_weights: bool = True
    training: str = ""
    training_data: str = "mnist"
    training_folder: str = ""
    smoothing: int = 40
    recent: list[str] = field(default_factory=list)
    geometry: bytes = b""
    splitters: bytes = b""


MOST_RECENT = 10


class Settings(QObject):
    """Read at start, written at once when set. `changed` carries the setting's name."""

    changed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "cnn-explorer", "cnn-explorer")
        self.values = Values(
            **{item.name: self._read(item.name, getattr(Values(), item.name)) for item in fields(Values)}
        )

    def _read(self, name: str, default: Any) -> Any:
        stored = self._store.value(name, None)
        if stored is None:
            return default
        try:
            return _PARSERS[type(default)](stored)
        except (TypeError, ValueError):
            return default

    def set(self, name: str, value: Any) -> None:
        """Change a setting; unknown names raise AttributeError."""
        if getattr(self.values, name) == value:
            return
        setattr(self.values, name, value)
        self._store.setValue(name, QByteArray(value) if isinstance(value, bytes) else value)
        self.changed.emit(name)

    def add_recent(self, path: str) -> None:
        """Put a file at the head of the recent ones."""
        self.set("recent", [path, *(other for other in self.values.recent if other != path)][:MOST_RECENT])

    def forget_recent(self, path: str) -> None:
        """Take a file out of the recent ones."""
        self.set("recent", [other for other in self.values.recent if other != path])

    def flush(self) -> None:
        """Write everything to the disk now."""
        self._store.sync()


def _read_list(stored: Any) -> list[str]:
    return [stored] if isinstance(stored, str) else [str(item) for item in stored]


_PARSERS: dict[type, Any] = {
    bool: lambda stored: str(stored).lower() in ("true", "1"),
    int: int,
    float: float,
    str: str,
    list: _read_list,
    bytes: lambda stored: bytes(QByteArray(stored).data()),
}

"""What goes wrong inside the program: every way Python and Qt have of telling it leads here, and from here to a dialog.

An exception in a slot or a paintEvent does not stop Qt: without this it would be a line on a console nobody sees.
"""

from __future__ import annotations

import faulthandler
import logging
import platform
import sys
import threading
import traceback
from collections import deque
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler, qVersion

from cnn_explorer import __version__

KEPT_LINES = 60
"""Lines of the log that go into the details of a fault."""
LARGEST_CRASH_LOG = 1_000_000

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


@dataclass(eq=False)
class Fault:
    """An exception that nobody caught: its last line, the whole traceback, and how often it has happened."""

    line: str
    traceback: str
    where: str
    count: int = 1


class _LastLines(logging.Handler):
    """Keeps the newest lines of the log."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        self.lines: deque[str] = deque(maxlen=KEPT_LINES)

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


class Faults(QObject):
    """Catches what nobody else has caught, between `install` and `remove`.

    `happened` carries a Fault, in the thread of the receiver. The same fault again has the same object, counted up.
    """

    happened = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._known: dict[str, Fault] = {}
        self._lines = _LastLines()
        self._before: tuple[Any, ...] = ()
        self._qt_handler_before: Any = None
        self._crash_log: IO[str] | None = None

    def install(self, folder: Path | None = None) -> None:
        """Put the hooks in. A crash in native code writes every thread's stack to `crash.log` in `folder`."""
        self._before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
        self._qt_handler_before = qInstallMessageHandler(_log_qt_message)
        sys.excepthook = self._uncaught
        threading.excepthook = lambda args: self._in_thread(args)
        sys.unraisablehook = lambda args: self._unraisable(args)
        logging.getLogger().addHandler(self._lines)
        if folder is not None:
            self._enable_crash_log(folder / "crash.log")

    def remove(self) -> None:
        """Take the hooks out again."""
        if self._before:
            sys.excepthook, threading.excepthook, sys.unraisablehook = self._before
            self._before = ()
            logging.getLogger().removeHandler(self._lines)
            qInstallMessageHandler(self._qt_handler_before)
        if self._crash_log is not None:
            faulthandler.disable()
            self._crash_log.close()
            self._crash_log = None

    def _enable_crash_log(self, path: Path) -> None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            fresh = not path.exists() or path.stat().st_size > LARGEST_CRASH_LOG
            self._crash_log = open(path, "w" if fresh else "a", encoding="utf-8")  # noqa: SIM115 (open until the end)
        except OSError:
            logging.getLogger(__name__).warning("no crash log can be written to %s", path)
            return
        faulthandler.enable(self._crash_log)

    def _uncaught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self.report(error, threading.current_thread().name)

    def _in_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None and not isinstance(args.exc_value, SystemExit):
            self.report(args.exc_value, args.thread.name if args.thread else "")

    def _unraisable(self, args: Any) -> None:
        if args.exc_value is not None:
            self.report(args.exc_value, str(args.err_msg or threading.current_thread().name))

    def report(self, error: BaseException, where: str = "") -> Fault:
        """Tell of an exception; `where` names the thread. Returns what `happened` carries."""
        text = "".join(traceback.format_exception(error))
        if sys.stderr is not None:  # a windowed program on Windows has none
            print(text, end="", file=sys.stderr)
        fault = self._known.get(text)
        if fault is None:
            line = traceback.format_exception_only(error)[-1].strip()
            fault = self._known[text] = Fault(line, text, where)
        else:
            fault.count += 1
        self.happened.emit(fault)
        return fault

    def details(self, fault: Fault) -> str:
        """Everything a report of the fault needs, as text to copy."""
        head = (
            f"CNN Explorer {__version__}, Python {platform.python_version()}, Qt {qVersion()}, {platform.platform()}",
            f"{datetime.now().astimezone().isoformat(timespec='seconds')}, {fault.where}, ×{fault.count}",
        )
        return "\n".join((*head, "", fault.traceback, *self._lines.lines)).rstrip() + "\n"


def _log_qt_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    logging.getLogger(f"qt.{context.category or 'default'}").log(_LEVELS.get(kind, logging.WARNING), "%s", message)

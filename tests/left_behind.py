"""What a test may not leave running when it ends: child processes, threads, timers, windows.

Qt is looked at only where a test has created an application; nothing here imports it.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import select
import sys
import threading
from collections.abc import Callable, Hashable, Iterable
from multiprocessing import resource_tracker
from pathlib import Path
from typing import Any

# What tells a thing apart, and words for it.
Described = tuple[Hashable, str]
# Seconds that something which is already ending may take to do so.
GRACE = 5.0
# Threads that nobody has to end, by the start of their names: the time limit's, and Python's view of those of Qt.
LIBRARY_THREADS = ("pytest_timeout", "Dummy-")
# One per application, kept by Qt: the window of the tooltips.
QT_WINDOWS = ("QTipLabel",)


class LeftBehind:
    """Looks at what runs when it is made; `new()` then tells what has been added since."""

    def __init__(self) -> None:
        self._before = {name: {key for key, _ in look()} for name, look in LOOKS.items()}

    def new(self) -> list[str]:
        """Descriptions of what was started since and still runs, after a grace for what is ending."""
        if not self._added():
            return []
        settle(self._before)
        return [f"{name}: {description}" for name, description in self._added()]

    def _added(self) -> list[tuple[str, str]]:
        return [
            (name, description)
            for name, look in LOOKS.items()
            for key, description in look()
            if key not in self._before[name]
        ]


def settle(before: dict[str, set[Hashable]]) -> None:
    """Let what is ending end: cycles of garbage, deferred deletions, threads and processes that were told to stop."""
    gc.collect()
    delete_deferred()
    for thread in own_threads():
        if thread.ident not in before["thread"]:
            thread.join(GRACE)
    for pid in child_ids():
        if pid not in before["child process"]:
            wait_for_end(pid)


def child_processes() -> list[Described]:
    """The running children of this process and what they run."""
    return [(pid, command_of(pid)) for pid in child_ids() if runs(pid)]


def child_ids() -> list[int]:
    """The process ids of the children, zombies too; on machines without /proc only of those of multiprocessing."""
    if not sys.platform.startswith("linux"):
        return [child.pid for child in multiprocessing.active_children() if child.pid is not None]
    # Python keeps this one for all spawned processes, until the interpreter ends.
    tracker = getattr(resource_tracker._resource_tracker, "_pid", None)
    lists = Path("/proc/self/task").glob("*/children")
    return [pid for path in lists for pid in map(int, text_of(path).split()) if pid != tracker]


def runs(pid: int) -> bool:
    """Whether a process runs: one that has ended stays, as a zombie, until its parent asks for its exit code."""
    if not sys.platform.startswith("linux"):
        return True
    state = text_of(Path(f"/proc/{pid}/stat")).rpartition(")")[2].split()[:1]
    return state not in ([], ["Z"], ["X"])


def command_of(pid: int) -> str:
    """What a process runs, as far as that can be told; a process that has just been started has no words yet."""
    return text_of(Path(f"/proc/{pid}/cmdline")).replace("\0", " ").strip() or f"process {pid}"


def text_of(path: Path) -> str:
    """What stands in a file of /proc; "" when its process or thread has ended meanwhile."""
    try:
        return path.read_text(errors="replace")
    except OSError:
        return ""


def wait_for_end(pid: int) -> None:
    """Wait until a process ends, at most the grace."""
    if not hasattr(os, "pidfd_open"):
        return
    try:
        descriptor = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    try:
        select.select([descriptor], [], [], GRACE)
    finally:
        os.close(descriptor)


def own_threads() -> list[threading.Thread]:
    """The running threads besides the main one and LIBRARY_THREADS."""
    others = (thread for thread in threading.enumerate() if thread is not threading.main_thread())
    return [thread for thread in others if not thread.name.startswith(LIBRARY_THREADS)]


def qt_application() -> Any:
    """The Qt application if there is one, without importing Qt."""
    core = sys.modules.get("PySide6.QtCore")
    return core.QCoreApplication.instance() if core else None


def delete_deferred() -> None:
    """Carry out deleteLater(): outside of an event loop nothing else does."""
    if qt_application():
        core = sys.modules["PySide6.QtCore"]
        core.QThreadPool.globalInstance().waitForDone(int(GRACE * 1000))
        core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete)


def running_timers() -> list[Described]:
    """The QTimers that will fire; those that Qt keeps for itself are not seen from Python."""
    return [described(timer) for timer in living("QTimer") if timer.isActive()]


def running_qthreads() -> list[Described]:
    """The QThreads that run, besides the application's own."""
    running = [described(thread) for thread in living("QThread") if thread.isRunning()]
    return [item for item in running if item[0] != address(qt_application().thread())]


def pool_tasks() -> list[Described]:
    """How many tasks of Qt's thread pool run."""
    count = sys.modules["PySide6.QtCore"].QThreadPool.globalInstance().activeThreadCount() if qt_application() else 0
    return [(count, f"{count} running")] if count else []


def windows() -> list[Described]:
    """The top-level widgets, shown or not."""
    widgets = sys.modules.get("PySide6.QtWidgets")
    top = widgets.QApplication.topLevelWidgets() if widgets and qt_application() else []
    return [described(widget) for widget in top if widget.metaObject().className() not in QT_WINDOWS]


def living(class_name: str) -> list[Any]:
    """The living objects of a class of QtCore that Python knows."""
    if not qt_application():
        return []
    from shiboken6 import Shiboken

    wanted = getattr(sys.modules["PySide6.QtCore"], class_name)
    return [item for item in Shiboken.getAllValidWrappers() if isinstance(item, wanted)]


def address(item: Any) -> Hashable:
    """What tells QObjects apart; Python's wrappers of them come and go."""
    from shiboken6 import Shiboken

    return Shiboken.getCppPointer(item)[0]


def described(item: Any) -> Described:
    """The address of a QObject, its class and what names it."""
    parent = item.parent()
    names = [item.objectName(), f"of {type(parent).__name__}" if parent is not None else ""]
    return address(item), " ".join([type(item).__name__, *filter(None, names)])


LOOKS: dict[str, Callable[[], Iterable[Described]]] = {
    "child process": child_processes,
    "thread": lambda: [(thread.ident, thread.name) for thread in own_threads()],
    "task of the thread pool": pool_tasks,
    "running QThread": running_qthreads,
    "running QTimer": running_timers,
    "window": windows,
}

"""What a process that opens somebody's file may take: memory, files, and no more processes' leftovers.

Linux holds the limits (`resource`) and says how much a process has, so that the parent watches the memory as well.
Elsewhere only the time is limited.
"""

from __future__ import annotations

import os
from pathlib import Path
from types import ModuleType

_MEGABYTE = 1_000_000
_SLACK = 1000 * _MEGABYTE
"""Addresses that are never filled: TensorFlow reserves more than it uses."""
_PER_CORE = 100 * _MEGABYTE
"""Addresses for the stack and the arena of a thread."""


def _resource() -> ModuleType | None:
    try:
        import resource
    except ImportError:  # Windows
        return None
    return resource


def limit_memory(growth: int, final: bool) -> None:
    """Lets this process take `growth` bytes more than it has. Where it is not `final` it can be set once more.

    Beyond it allocations fail: MemoryError, or TensorFlow's own error or end. Does nothing elsewhere than on Linux.
    """
    resource, has = _resource(), addresses()
    if resource is None or not has:
        return
    unused = _SLACK + _PER_CORE * (os.cpu_count() or 1) if final else 0
    most = has + growth + unused
    for kind in (resource.RLIMIT_AS, resource.RLIMIT_DATA):
        _, hard = resource.getrlimit(kind)
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        _set(resource, kind, allowed, allowed if final else hard)


def lift_memory_limit() -> None:
    """Takes back a limit that was not final."""
    resource = _resource()
    if resource is not None:
        for kind in (resource.RLIMIT_AS, resource.RLIMIT_DATA):
            _, hard = resource.getrlimit(kind)
            _set(resource, kind, hard, hard)


def limit_files(largest: int) -> None:
    """No file that this process writes may get larger than `largest` bytes, and no picture of its memory is left."""
    resource = _resource()
    if resource is not None:
        _set(resource, resource.RLIMIT_FSIZE, largest, largest)
        _set(resource, resource.RLIMIT_CORE, 0, 0)


def _set(resource: ModuleType, kind: int, soft: int, hard: int) -> None:
    try:
        resource.setrlimit(kind, (soft, hard))
    except (ValueError, OSError):  # macOS refuses some
        return


def addresses() -> int:
    """Bytes of addresses that this process has; 0 where the system does not say."""
    return _statm("self", 0)


def memory_of(process_id: int) -> int:
    """Bytes of memory that a process fills, shared ones too; 0 where the system does not say, or it has ended."""
    return _statm(str(process_id), 1)


def _statm(process: str, column: int) -> int:
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[column]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError, AttributeError):
        return 0

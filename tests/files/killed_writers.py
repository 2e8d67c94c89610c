"""Run as a program: kill writers of a file at random moments, and say after how many kills half a file was there."""

from __future__ import annotations

import os
import random
import select
import signal
import sys
from pathlib import Path

from cnn_explorer.files.atomic import atomic_write

KILLS = 200
# Long enough that a kill often falls between two of the calls that write it.
LENGTH = 300_000


def main(path: Path) -> None:
    atomic_write(path, b"\0" * LENGTH)
    chance = random.Random(7)
    halves = 0
    for _ in range(KILLS):
        kill_a_writer(path, chance.uniform(0, 0.004))
        data = path.read_bytes()
        halves += data != data[:1] * LENGTH
    print(f"{KILLS} kills, {halves} halves")


def kill_a_writer(path: Path, seconds: float) -> None:
    """Kill a process that writes the file again and again, so long after it has begun."""
    ready, told = os.pipe()
    child = os.fork()
    if child == 0:
        write_forever(path, told)
    os.read(ready, 1)
    # The pipe stays silent: this waits a random part of a few writes, and no longer.
    select.select([ready], [], [], seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(ready)
    os.close(told)


def write_forever(path: Path, ready: int) -> None:
    os.write(ready, b"!")
    number = 0
    while True:
        number += 1
        atomic_write(path, bytes([number % 256]) * LENGTH)


if __name__ == "__main__":
    main(Path(sys.argv[1]))

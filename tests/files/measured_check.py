"""Run as a program: check each file named on a line of stdin in a forked child, and print what came of it.

A child of its own for each file, since a process never forgets its peak of memory. Prints a line of JSON for each:
`facts` of `check`, `seconds`, and by how many megabytes (`megabytes`) the peak grew.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time

from cnn_explorer.files.check import check


def peak_megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(path: str) -> dict[str, object]:
    before, start = peak_megabytes(), time.perf_counter()
    facts = check(path)
    return {"facts": facts, "seconds": time.perf_counter() - start, "megabytes": peak_megabytes() - before}


def main() -> None:
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            print(json.dumps(measure(json.loads(line))), flush=True)
            os._exit(0)
        if os.waitpid(child, 0)[1] != 0:
            print(json.dumps({"facts": {"outcome": "died", "message": ""}, "seconds": 0, "megabytes": 0}), flush=True)


if __name__ == "__main__":
    main()

"""Run as a program: check each model named on a line of stdin, and print what came of it, how long it took, and memory.

Each file gets a child that starts the loader, since a process never forgets its own peak nor its children's. Prints a
line of JSON for each: `facts` of `check`, `seconds` of the processor that both took, which others on the machine do not
change, and `megabytes`, by which this process grew and all of the loader.
"""

from __future__ import annotations

import json
import os
import resource
import sys

from cnn_explorer.files.check import check
from cnn_explorer.model_check import model_facts


def peak_megabytes(who: int) -> float:
    return resource.getrusage(who).ru_maxrss / 1024


def taken_seconds() -> float:
    """Of the processor, by this process and those that it has waited for."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def measure(path: str) -> dict[str, object]:
    before, start = peak_megabytes(resource.RUSAGE_SELF), taken_seconds()
    facts = check(path, model_facts)
    seconds = taken_seconds() - start
    grown = peak_megabytes(resource.RUSAGE_SELF) - before
    return {"facts": facts, "seconds": seconds, "megabytes": grown + peak_megabytes(resource.RUSAGE_CHILDREN)}


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

"""Every benchmark as a table of ratios to its floor: python -m tests.benchmarks [NAME ...]"""

from __future__ import annotations

import sys

from tests.benchmarks import engine, models, networks, training, window

BENCHMARKS = {
    f"{module.__name__.rpartition('.')[2]}.{function.__name__}": function
    for module in (window, engine, networks, models, training)
    for function in module.BENCHMARKS
}


def main(names: list[str]) -> None:
    """Print a row for each figure; those above their target are marked."""
    print(f"{'what':<56}{'ours':>10}{'floor':>10}{'ratio':>8}{'target':>8}")
    for name, benchmark in BENCHMARKS.items():
        if not names or name in names:
            for what, ours, floor, ratio, target in benchmark():
                mark = "" if ratio <= target else "  above"
                print(f"{what:<56}{ours:>10.2f}{floor:>10.2f}{ratio:>8.2f}{target:>8.2f}{mark}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])

"""The command `cnn-explorer`: what it understands, and what it settles before anything heavy is loaded.

Nothing here imports Qt, numpy or TensorFlow at module level: --version and --help answer at once, a machine without a
screen gets a sentence instead of an abort, and a spawned child that imports the main module again loses no time.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from cnn_explorer import __version__

LANGUAGES = ("en", "zh_CN")
THEMES = ("light", "dark")

# OpenBLAS with two threads beside a busy engine takes eight times as long for the small pictures of the window.
BLAS_VARIABLES = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
# Set when the variables are ours: the engine then removes all of them, it wants every core.
BLAS_MARK = "CNN_EXPLORER_BLAS_SET"

CAN_NOT_START = 2
TRAIN = "train"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command with `arguments` (the process's own when None); returns the exit code.

    Ends with SystemExit, as argparse does, after --help, --version and arguments it can't read.
    """
    _give_streams()
    given = sys.argv[1:] if arguments is None else list(arguments)
    if given[:1] == [TRAIN]:
        from cnn_explorer.train_command import main_train

        return main_train(given[1:])
    parser = _parser()
    chosen = parser.parse_args(given)
    if chosen.check and not chosen.files:
        parser.error("--check needs at least one file")
    if chosen.json and not chosen.check:
        parser.error("--json goes with --check")
    return _check(chosen) if chosen.check else _open_window(chosen)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="cnn-explorer", description="See what a convolutional network does to an image.", allow_abbrev=False,
        epilog=f"cnn-explorer {TRAIN} --help tells how to train a network without a window.",
    )  # fmt: skip
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="an image, array, document or model")
    parser.add_argument("--check", action="store_true", help="only say of each FILE whether it opens, and why not")
    parser.add_argument("--json", action="store_true", help="with --check: answer in JSON")
    parser.add_argument("--language", choices=LANGUAGES, help="the language of this session")
    parser.add_argument("--theme", choices=THEMES, help="the colours of this session")
    parser.add_argument("--version", action="version", version=f"CNN Explorer {__version__}")
    return parser


def _check(chosen: argparse.Namespace) -> int:
    from cnn_explorer.files.check import main_check
    from cnn_explorer.model_check import model_facts

    return main_check(chosen.files, chosen.json, open_model=model_facts)


def _open_window(chosen: argparse.Namespace) -> int:
    from cnn_explorer.linux_screen import why_no_window

    reason = why_no_window(os.environ)
    if reason:
        print(reason, file=sys.stderr)
        return CAN_NOT_START
    _limit_blas_threads()
    gc.disable()  # until all stands: collecting while it is made takes a fifth of the start, and finds nothing
    from cnn_explorer.app import run

    return run(chosen.files, chosen.language, chosen.theme)


def _give_streams() -> None:
    """Streams where a Python without a console has None, and none that a file's name could make fail."""
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115 (open as long as the process)
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def _limit_blas_threads() -> None:
    """One BLAS thread for this process; if the user has set any of the variables, that is left as it is."""
    if not any(name in os.environ for name in BLAS_VARIABLES):
        os.environ.update(dict.fromkeys(BLAS_VARIABLES, "1"))
        os.environ[BLAS_MARK] = "1"

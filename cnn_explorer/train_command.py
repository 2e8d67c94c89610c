"""`cnn-explorer train`: a training without a window and without Qt, by the same code as in the window.

Nothing here imports numpy or TensorFlow at module level: --help answers at once.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cnn_explorer.engine.train_console import Console
    from cnn_explorer.network.training import Job
    from cnn_explorer.network.training_progress import Finished

DONE, FAILED, DIVERGED, INTERRUPTED = 0, 1, 3, 130
"""Exit codes; 2 is argparse's for arguments that can't be read. INTERRUPTED: somebody stopped it, and it is saved."""

_EXIT = {"done": DONE, "early": DONE, "stopped": INTERRUPTED, "diverged": DIVERGED, "trouble": FAILED}
_EPILOG = """\
NETWORK is the name of a preset (handbook-cnn, lenet-5, small-3x3-network, …), a saved document, or a .keras model.
DATA is MNIST (an mnist.npz, one of its IDX files, or a folder with them), or a folder of images with one subfolder for
each class. Ctrl+C stops, saves and tests; a second Ctrl+C leaves the test out. Where TF_CONFIG names several machines,
all train together; so do several accelerators of one.

Exit codes: 0 done, 1 failed, 2 wrong arguments, 3 weights became NaN or infinite, 130 stopped."""


def main_train(arguments: Sequence[str]) -> int:
    """Trains as the arguments say; returns the exit code. Ends with SystemExit where they can't be read."""
    read = parser()
    chosen = read.parse_args(arguments)
    _insist_on_settings(chosen, read)
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    with _native_noise() as screen:
        from cnn_explorer.engine.train_console import Console
        from cnn_explorer.network.sentence import Refused, say

        lines = sys.stdout if chosen.json else None
        try:
            return _train(chosen, screen, lines)
        except Refused as refused:
            Console(screen, lines).fail(refused.sentence)
        except ImportError as error:
            Console(screen, lines).fail(say("TensorFlow can't be loaded: {reason}", reason=str(error)))
        return FAILED


def parser() -> argparse.ArgumentParser:
    """The arguments. Their defaults are None where TrainingSettings has one."""
    made = argparse.ArgumentParser(
        prog="cnn-explorer train", description="Train a network without a window.", epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False,
    )  # fmt: skip
    made.add_argument("network", metavar="NETWORK", help="what is trained: a preset, a document or a .keras model")
    made.add_argument("--data", required=True, help="what it learns from")
    made.add_argument("--out", required=True, help="the .keras file that the model is saved in")
    made.add_argument("--epochs", type=int, help="how often every image is learnt from (5)")
    made.add_argument("--optimizer", help="SGD, Adam, RMSprop or AdamW (Adam)")
    made.add_argument("--learning-rate", type=float, help="how far each step goes (0.001)")
    made.add_argument("--momentum", type=float, help="of SGD (0.9)")
    made.add_argument("--batch-size", type=int, help="images for one step, of all machines together (50)")
    made.add_argument("--validation-share", "--validation", type=float, help="share of the images to check with (0.1)")
    made.add_argument("--seed", type=int, help="decides the order of the images (1)")
    made.add_argument("--patience", type=int, help="epochs without improvement after which it ends (0: never)")
    made.add_argument("--new-weights", action="store_true", help="draw the weights anew, by the seed")
    made.add_argument("--resume", action="store_true", help="go on where OUT was written")
    made.add_argument("--overwrite", action="store_true", help="replace OUT where it is there already")
    made.add_argument("--weights-only", action="store_true", help="save OUT without the optimizer's state")
    made.add_argument("--json", action="store_true", help="write a line of JSON for each event to standard output")
    made.add_argument("--tensorboard", metavar="DIR", help="write logs for TensorBoard into this folder")
    return made


def _insist_on_settings(chosen: argparse.Namespace, read: argparse.ArgumentParser) -> None:
    """Ends with SystemExit where a setting is out of its range; each is named as it was typed."""
    from cnn_explorer.network.sentence import Refused
    from cnn_explorer.network.training import TrainingSettings

    for name, control in TrainingSettings.controls().items():
        value = getattr(chosen, name)
        try:
            control.check(value, "--" + name.replace("_", "-")) if value is not None else None
        except Refused as refused:
            read.error(str(refused.sentence))


@contextmanager
def _native_noise() -> Iterator[TextIO]:
    """A screen of our own, while what native code writes to standard error goes into a file: TensorFlow greets with
    lines about accelerators. Where the program breaks off, the end of that file is shown."""
    try:
        own = os.dup(2)
    except OSError:
        yield sys.stderr
        return
    screen = os.fdopen(own, "w", encoding="utf-8", errors="backslashreplace", buffering=1)
    with tempfile.TemporaryFile() as noise, screen:
        os.dup2(noise.fileno(), 2)
        try:
            yield screen
        except Exception:
            noise.seek(max(0, noise.seek(0, os.SEEK_END) - 4000))
            screen.write(noise.read().decode("utf-8", "replace"))
            raise
        finally:
            sys.stderr.flush()
            os.dup2(screen.fileno(), 2)


def _train(chosen: argparse.Namespace, screen: TextIO, lines: TextIO | None) -> int:
    job = _job(chosen)
    from cnn_explorer.engine.train_board import Board
    from cnn_explorer.engine.train_console import Console
    from cnn_explorer.engine.train_run import run_training
    from cnn_explorer.engine.train_strategy import is_chief, make_strategy

    strategy = make_strategy()
    chief = is_chief()
    board = Board(chosen.tensorboard) if chosen.tensorboard and chief else None
    console = Console(screen, lines, board, mute=not chief)
    console.catch_signals()
    finished = run_training(job if chief else _silent(job), console, strategy)
    console.finish(finished)
    return _exit_code(finished, console)


def _exit_code(finished: Finished, console: Console) -> int:
    return FAILED if finished.ending == "done" and finished.notes else _EXIT[finished.ending]


def _silent(job: Job) -> Job:
    """The job of a machine that trains along: another one saves."""
    from dataclasses import replace

    return replace(job, checkpoint="")


def _job(chosen: argparse.Namespace) -> Job:
    """What is to be done. Raises Refused where it can't be."""
    from cnn_explorer.network.training import Job, TrainingSettings, with_new_weights

    _insist_on_place(chosen)
    names = TrainingSettings.controls()
    given = {name: getattr(chosen, name) for name in names if getattr(chosen, name) is not None}
    settings = TrainingSettings(**given).checked()
    from cnn_explorer.engine.train_networks import network_named

    network, shape = network_named(chosen.out if chosen.resume else chosen.network)
    if chosen.new_weights and not chosen.resume:
        network = with_new_weights(network, settings.seed)
    kept = not chosen.weights_only
    return Job(network, shape, _data(chosen.data), settings, chosen.out, chosen.resume, with_optimizer=kept)


def _insist_on_place(chosen: argparse.Namespace) -> None:
    from cnn_explorer.files.atomic import not_saved
    from cnn_explorer.files.opening import display_name
    from cnn_explorer.network.sentence import Refused, say

    if not chosen.out.endswith(".keras"):
        raise Refused(say("{file}: the model is saved as .keras; choose such a name.", file=display_name(chosen.out)))
    if not os.path.isdir(os.path.dirname(chosen.out) or "."):
        raise not_saved(chosen.out, say("its folder is not there"))
    if chosen.resume and not os.path.exists(chosen.out):
        raise Refused(
            say("{file} isn't there, so there is nothing to go on with; leave --resume out.",
                file=display_name(chosen.out))
        )  # fmt: skip
    if os.path.exists(chosen.out) and not (chosen.resume or chosen.overwrite):
        raise Refused(
            say("{file} is there already; --resume goes on with it, --overwrite replaces it.",
                file=display_name(chosen.out))
        )  # fmt: skip


def _data(path: str) -> Any:
    from cnn_explorer.files.datasets import holds_mnist
    from cnn_explorer.files.opening import is_folder
    from cnn_explorer.network.training import DataSpec

    return DataSpec("folder" if is_folder(path) and not holds_mnist(path) else "mnist", path)

"""What is said of a training: where it is, how long it will take, how it ended."""

from __future__ import annotations

from cnn_explorer.network.reasons import grouped
from cnn_explorer.network.sentence import say
from cnn_explorer.network.training_progress import Progress
from cnn_explorer.session.language import tr, translated
from cnn_explorer.session.training import Training

Lines = tuple[str, str]


def time_text(seconds: float) -> str:
    """Minutes and seconds as on a clock, with hours where there are any: 1:20, 1:02:05."""
    whole = max(round(seconds), 0)
    minutes, rest = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def percent(share: float) -> str:
    """A share as 98.9 %."""
    return f"{100 * share:.1f}\u202f%"


def doing_lines(training: Training) -> Lines:
    """Two lines on a training that goes on: where it is, and its pace."""
    progress = training.progress
    if training.state == "loading" or progress is None:
        done, total = training.loaded
        count = tr("{done} of {total}", done=grouped(int(done)), total=grouped(int(total))) if total else ""
        doing = training.doing
        if doing is None and training.state == "running":
            doing = say("Preparing the first batch…")
        return translated(doing) if doing else "", count
    place = tr(
        "Epoch {epoch} of {epochs}, batch {batch} of {batches}",
        epoch=min(progress.epoch + 1, progress.epochs), epochs=progress.epochs, batch=grouped(progress.batch),
        batches=grouped(progress.batches),
    )  # fmt: skip
    return place, _second_line(training, progress)


def _second_line(training: Training, progress: Progress) -> str:
    if training.state == "paused":
        return translated(training.trouble) if training.trouble is not None else tr("Paused")
    if training.doing is not None:
        return translated(training.doing)
    parts = []
    if progress.images_per_second:
        parts.append(tr("{count} images/s", count=grouped(round(progress.images_per_second))))
    if progress.seconds_left is not None:
        parts.append(tr("{time} left", time=time_text(progress.seconds_left)))
    return " · ".join(parts)


def changed_since() -> str:
    """What is to be said of a result that is not the network's any more."""
    return tr("The network has been changed since.")


def outcome_lines(training: Training) -> Lines:
    """Two lines on a training that is over, or has not begun."""
    if training.state == "idle":
        return tr("Not started yet"), ""
    result, reason = training.result, training.reason
    step = training.progress.step if training.progress else 0
    first = tr("Trained with {count} batches", count=grouped(step))
    if result is not None:
        first = tr("Test accuracy {accuracy}", accuracy=percent(result.accuracy))
    elif training.state == "failed":
        first = tr("The training broke off") if step else tr("The training could not begin")
    if result is not None and not training.is_of_network:
        return first, changed_since()
    if reason is not None:
        return first, translated(reason)
    return first, tr("Batches: {count} · epochs: {epochs}", count=grouped(step), epochs=len(training.course.epochs))

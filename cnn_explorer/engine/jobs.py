"""Long works in the engine: which there are, and the thread that does them step by step while edits are answered."""

from __future__ import annotations

import threading
import traceback
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic
from typing import Any

from cnn_explorer.engine.forward import Tensor
from cnn_explorer.engine.inspection import ablate, activity, excite, like
from cnn_explorer.engine.serve import reason_of
from cnn_explorer.engine.stepwise import Path, Step, Steps
from cnn_explorer.engine.why_class import grad_cam, integrated_gradients, occlusion
from cnn_explorer.network.findings import ImageSet
from cnn_explorer.network.sentence import Refused

TELL_SECONDS = 0.03
"""Between two reports of progress: the window draws no more often."""
EDITING_SECONDS = 1.0
"""So long after an edit another one is likely."""


@dataclass(frozen=True, eq=False)
class Asked:
    """What a job works on: a path, one image, a set of images; of these, those that it needs."""

    path: Path
    image: Tensor | None
    data: ImageSet | None


JOBS: dict[str, Callable[..., Steps[Any]]] = {
    "grad_cam": lambda asked, **more: grad_cam(asked.image, asked.path, **more),
    "integrated_gradients": lambda asked, **more: integrated_gradients(asked.image, asked.path, **more),
    "occlusion": lambda asked, **more: occlusion(asked.image, asked.path, **more),
    "like": lambda asked, **more: like(asked.path, **more),
    "excite": lambda asked, **more: excite(asked.data, asked.path, **more),
    "activity": lambda asked, **more: activity(asked.data, asked.path, **more),
    "ablate": lambda asked, **more: ablate(asked.image, asked.path, data=asked.data, **more),
}
"""By name, what makes the steps of a job from (what is asked, its own arguments): a new one is one line here."""


@dataclass(eq=False)
class _Job:
    steps: Steps[Any]
    begun: bool = False
    told: float = 0.0


class Worker:
    """Does jobs on a thread of its own, a step of each in turn; none begins while an edit is answered.

    `tell` is called from that thread with messages as `serve` lists them. Measured with the handbook's CNN, an edit
    30 times a second, against an idle engine: 1.1 to 2 times its median latency this way; 2 to 3 times where steps of 8
    to 20 ms come between the edits on one thread, for an edit then waits for one, and so short they cost 3 times as
    much. So the steps are long, and short only while somebody edits.
    """

    def __init__(self, tell: Callable[[tuple[Any, ...]], None]) -> None:
        self._tell = tell
        self._jobs: OrderedDict[int, _Job] = OrderedDict()
        self._held = 0
        self._last_held = -EDITING_SECONDS
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None

    def start(self, number: int, steps: Steps[Any]) -> None:
        """Do this job from now on, beside those that are being done."""
        with self._changed:
            self._jobs[number] = _Job(steps)
            self._changed.notify()
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="jobs", daemon=True)
            self._thread.start()

    def cancel(self, number: int) -> None:
        """Nobody wants this job any more: nothing more is told of it, and it ends after the step that is being done."""
        with self._changed:
            self._jobs.pop(number, None)

    @contextmanager
    def held(self) -> Iterator[None]:
        """No new step begins inside; one that has begun goes on."""
        with self._changed:
            self._held += 1
        try:
            yield
        finally:
            with self._changed:
                self._held -= 1
                self._last_held = monotonic()
                self._changed.notify()

    def _work(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._jobs and not self._held)
                number, job = next(iter(self._jobs.items()))
                self._jobs.move_to_end(number)
                hurried = monotonic() - self._last_held < EDITING_SECONDS
            try:
                self._advance(number, job, hurried)
            except OSError:
                return  # the window's process has gone: whoever listens to it ends this one

    def _advance(self, number: int, job: _Job, hurried: bool) -> None:
        try:
            step = job.steps.send(hurried) if job.begun else next(job.steps)
            job.begun = True
            self._report(number, job, step)
        except StopIteration as end:
            self._end(number, ("job done", number, end.value))
        except Refused as refused:
            self._end(number, ("job failed", number, refused.sentence))
        except OSError:
            raise
        except Exception as error:  # every refusal of TensorFlow's: the engine outlives it
            traceback.print_exc()  # into the log, which the window's process holds
            self._end(number, ("job failed", number, reason_of(error)))

    def _report(self, number: int, job: _Job, step: Step) -> None:
        now = monotonic()
        if number in self._jobs and now - job.told >= TELL_SECONDS:
            job.told = now
            self._tell(("job progress", number, step.done, step.total, step.partial() if step.partial else None))

    def _end(self, number: int, message: tuple[Any, ...]) -> None:
        with self._changed:
            wanted = self._jobs.pop(number, None) is not None
        if wanted:
            self._tell(message)

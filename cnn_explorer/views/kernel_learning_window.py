"""Find the kernel: one picture, the map that is wanted of it, and gradient descent, or the class, in search of it."""

from __future__ import annotations

from functools import partial

import numpy as np
from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QComboBox, QDialog, QSizePolicy, QWidget

from cnn_explorer.network.arrays import Floats, frozen
from cnn_explorer.network.course import Course
from cnn_explorer.network.kernel_search import Search, hidden_kernel, largest_rate, map_of, weights_told
from cnn_explorer.network.numbers import digits_for, loss_text
from cnn_explorer.network.presets import image_presets
from cnn_explorer.network.training_progress import Progress
from cnn_explorer.session.language import tr, translated
from cnn_explorer.session.session import Session
from cnn_explorer.views.controls import Segmented, button, describe, label
from cnn_explorer.views.kernel_learning_layout import lay_out
from cnn_explorer.views.kernel_learning_views import SearchGrids
from cnn_explorer.views.layer_numbers import NumberSpin, show_number
from cnn_explorer.views.layer_panel import COMPACT
from cnn_explorer.views.learning_curve import STEPS, LearningCurve
from cnn_explorer.views.theme import theme

SIDE = 7
TICK = 80
"""Milliseconds between two steps, or runs of steps, while it plays."""
SPEEDS = (1, 10, 100)
"""Steps at a time."""
USUAL_PART = 0.25
"""Of the largest learning rate, to begin with."""
MOST_STEPS = 20_000
FOUND = 1e-6
"""A loss below this is 0 but for rounding."""
OWN = 0
"""The place of the program's own image in the list of pictures."""


class KernelSearchWindow(QDialog):
    """The search, its grids, its loss, and what can be done: step, play, edit the kernel, reveal what was hidden.

    The same `seed` hides the same kernels; None hides others each time.
    """

    def __init__(self, session: Session, parent: QWidget | None = None, seed: int | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._rng = np.random.default_rng(seed)
        self.hidden: Floats | None = None
        self.revealed = False
        self._place = OWN if _own(session) is not None else 1
        self.search = self._begin(_picture(session, self._place))
        self.grids, self.curve = SearchGrids(), LearningCurve(STEPS)
        self.curve.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.loss, self.verdict, self.limit = label("heading"), label(), label("quiet")
        self.loss.setStyleSheet("font-size: 17pt;")
        for words in (self.verdict, self.limit):
            words.setWordWrap(True)
        self.picture_label, self.picture = label(), QComboBox()
        self.rate_label, self.rate = label(), NumberSpin(1e-6, 1000.0)
        self.rate.setStyleSheet(COMPACT)
        self.speed_label, self.speeds = label(), Segmented(len(SPEEDS))
        self.new, self.reveal = button(self.hide_another), button(self.toggle_reveal)
        self.zero, self.random = button(partial(self.restart, "zero")), button(partial(self.restart, "random"))
        self.one, self.play = button(self.step), button(self.toggle_play)
        self.play.setDefault(True)
        self._timer = QTimer(self)
        self._timer.setInterval(TICK)
        self._timer.timeout.connect(self._tick)
        lay_out(self)
        self._connect()
        self.retranslate()
        self._use_usual_rate()
        self.speeds.set_current(0)

    def _connect(self) -> None:
        self.grids.kernel.edited.connect(self._kernel_edited)
        self.grids.target.edited.connect(self._target_edited)
        self.picture.activated.connect(self.choose_picture)
        self.rate.valueChanged.connect(lambda value: self.redraw())
        self.speeds.chosen.connect(self.speeds.set_current)
        self._session.changed.connect(self._follow)
        theme.changed.connect(self.redraw)

    # what is done

    def _begin(self, image: Floats) -> Search:
        self.hidden = hidden_kernel(self._rng)
        return Search(image, map_of(image, self.hidden), frozen(np.zeros((3, 3))))

    def hide_another(self) -> None:
        """Hide another kernel behind the target, and begin anew."""
        self._pause()
        self.search, self.revealed = self._begin(self.search.image), False
        self.redraw()

    def choose_picture(self, place: int) -> None:
        """Search on another picture: the program's own, or a sample."""
        self.picture.setCurrentIndex(place)
        self._use_image(_picture(self._session, place))
        self._use_usual_rate()

    def _use_image(self, image: Floats) -> None:
        """The same hidden kernel on another picture; a target that was drawn stays as it is."""
        target = self.search.target if self.hidden is None else map_of(image, self.hidden)
        self.search = Search(image, target, self.search.kernel)
        self.redraw()

    def _follow(self) -> None:
        """Who draws on the program's 7×7 image draws here, too."""
        own = _own(self._session)
        follows = self.isVisible() and self.picture.currentIndex() == OWN
        if follows and own is not None and not np.array_equal(own, self.search.image):
            self._use_image(own)

    def _use_usual_rate(self) -> None:
        limit = largest_rate(self.search.image)
        if np.isfinite(limit):
            show_number(self.rate, float(f"{USUAL_PART * limit:.1g}"))
        self.redraw()

    def restart(self, how: str) -> None:
        """Begin the search from a kernel of zeros, or one by chance."""
        kernel = np.zeros((3, 3)) if how == "zero" else self._rng.integers(-2, 3, (3, 3)).astype(float)
        self.search = self.search.restarted(frozen(kernel))
        self.redraw()

    def step(self) -> None:
        """One step of gradient descent."""
        self._pause()
        self._go(1)

    def _go(self, count: int) -> None:
        before = self.search
        self.search = before.stepped(self.rate.value(), count)
        if self.search.steps < before.steps + count or self.search.loss < FOUND or self.search.steps >= MOST_STEPS:
            self._pause()
        self.redraw()

    def _tick(self) -> None:
        on = next((at for at, made in enumerate(self.speeds.buttons) if made.isChecked()), 0)
        self._go(SPEEDS[on])

    @property
    def playing(self) -> bool:
        """Whether it steps by itself."""
        return self._timer.isActive()

    def toggle_play(self) -> None:
        """Step by itself, or no longer."""
        if self.playing:
            self._pause()
        else:
            self._timer.start()
        self.redraw()

    def _pause(self) -> None:
        self._timer.stop()

    def toggle_reveal(self) -> None:
        """Show the kernel that is hidden behind the target, or hide it again."""
        self.revealed = not self.revealed
        self.redraw()

    def _kernel_edited(self, values: np.ndarray) -> None:
        self._pause()
        self.search = self.search.with_kernel(frozen(values))
        self.redraw()

    def _target_edited(self, values: np.ndarray) -> None:
        """A target that is drawn has no kernel behind it: there may be none that makes it."""
        self._pause()
        self.hidden, self.revealed = None, False
        self.search = Search(self.search.image, frozen(values), self.search.kernel)
        self.redraw()

    # what is shown

    def redraw(self) -> None:
        """Show everything from nothing."""
        search = self.search
        self.grids.show_search(search, self.rate.value(), self.hidden if self.revealed else None)
        course = Course()
        losses = tuple(search.losses)
        course.add(Progress(0, 1, len(losses), len(losses), len(losses), losses[-1], 0.0, losses, losses))
        self.curve.show_course(course, 0, 1)
        self.loss.setText(tr("Loss {loss}", loss=loss_text(search.loss)))
        self.verdict.setText(self._verdict())
        self.limit.setText(self._limit())
        self.reveal.setEnabled(self.hidden is not None)
        self.reveal.setText(tr("Hide it") if self.revealed else tr("Reveal"))
        self.play.setText(tr("Pause") if self.playing else tr("Play"))

    def _verdict(self) -> str:
        search = self.search
        steps = tr("Steps: {count}. ", count=f"{search.steps:,}")
        if search.loss < FOUND:
            return steps + tr("Found: its map is the target.")
        losses = search.losses
        if len(losses) > 1 and losses[-1] > losses[-2]:
            return steps + tr("The loss grew: this was a step in the wrong direction, or too far.")
        return steps + tr("The difference is squared and averaged: that is the loss.")

    def _limit(self) -> str:
        told, limit = weights_told(self.search.image), largest_rate(self.search.image)
        if not told:
            return tr("There is nothing in this picture, so it tells nothing of the kernel.")
        most = digits_for([float(f"{limit:.2g}")]).text(float(f"{limit:.2g}"))
        text = tr("With this picture a learning rate beyond {limit} flies apart.", limit=most)
        if told < 9:
            more = tr("It tells only {told} of the 9 weights: several kernels give the same map.", told=told)
            return f"{text} {more}"
        return text

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._pause()

    # words

    def retranslate(self) -> None:
        """Set every text."""
        self.setWindowTitle(tr("Find the kernel"))
        self.grids.retranslate()
        at = self.picture.currentIndex() if self.picture.count() else self._place
        self.picture.clear()
        self.picture.addItems([tr("The program's 7×7 image"), *(translated(each.name) for each in image_presets())])
        self.picture.setCurrentIndex(at)
        self.picture_label.setText(tr("Picture"))
        tip = tr("What the kernel is laid over. Draw on the program's image, and it follows.")
        describe(self.picture, tr("Picture"), tip)
        self.rate_label.setText(tr("Learning rate"))
        describe(self.rate, tr("Learning rate"), tr("How far each step goes along the gradient"))
        self.speed_label.setText(tr("Speed"))
        self.speeds.set_texts(
            [f"{count}×" for count in SPEEDS], [tr("{count} steps at a time", count=count) for count in SPEEDS]
        )
        for made, text, tip in (
            (self.new, tr("New target"), tr("Hide another kernel: its map is the target")),
            (self.reveal, tr("Reveal"), tr("Show the kernel behind the target")),
            (self.zero, tr("From zero"), tr("Begin the search with a kernel of zeros")),
            (self.random, tr("From chance"), tr("Begin the search with a kernel by chance")),
            (self.one, tr("One step"), tr("The kernel minus learning rate times gradient")),
            (self.play, tr("Play"), tr("Step by step by itself, until it is found")),
        ):
            made.setText(text)
            describe(made, text, tip)
        self.redraw()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


def _own(session: Session) -> Floats | None:
    """The program's image (7, 7), where it is one of 7×7 with one channel."""
    pixels = session.document.image.pixels
    return frozen(pixels[..., 0]) if pixels.shape == (SIDE, SIDE, 1) else None


def _picture(session: Session, place: int) -> Floats:
    """The picture at a place of the list; a sample where the program's image is of another size."""
    own = _own(session)
    if place == OWN and own is not None:
        return own
    return frozen(image_presets()[max(place - 1, 0)].pixels[..., 0])

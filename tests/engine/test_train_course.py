"""The course of a training: means over an epoch, batches that are told once, a history that does not grow for ever."""

import pytest

from cnn_explorer.engine.train_course import PACE_SECONDS, Course, Pace
from cnn_explorer.files.training_record import MOST_BATCHES
from cnn_explorer.network.training_progress import Epoch, History


def test_means_are_over_the_epoch_and_batches_are_told_once():
    course = Course()
    course.add(0, 1.0, 0.5)
    course.add(1, 3.0, 1.0)
    assert course.mean == (2.0, 0.75) and course.untold
    assert course.take_unsent() == ((1.0, 3.0), (0.5, 1.0)) and not course.untold
    course.end_epoch(Epoch(0, 2, 2.0, 0.75, None, None, 1.0))
    course.add(2, 5.0, 0.0)
    assert course.mean == (5.0, 0.0) and course.take_unsent() == ((5.0,), (0.0,))
    assert course.history() == History(tuple(course.epochs), (0, 1, 2), (1.0, 3.0, 5.0), (0.5, 1.0, 0.0))


def test_it_goes_on_in_the_middle_of_an_epoch():
    course = Course(History((), (0, 1), (1.0, 3.0), (0.5, 1.0)), (2.0, 0.75, 2))
    course.add(2, 5.0, 0.0)
    assert course.mean == (3.0, 0.5)
    assert course.history().steps == (0, 1, 2) and course.take_unsent() == ((5.0,), (0.0,))


def test_a_long_history_is_thinned_out_evenly():
    course = Course()
    for step in range(5 * MOST_BATCHES):
        course.add(step, float(step), 0.0)
    steps = course.history().steps
    assert MOST_BATCHES / 2 <= len(steps) <= MOST_BATCHES
    assert {later - earlier for earlier, later in zip(steps, steps[1:], strict=False)} == {8}
    assert course.history().losses == steps
    again = Course(course.history())
    for step in range(5 * MOST_BATCHES, 6 * MOST_BATCHES):
        again.add(step, float(step), 0.0)
    assert len(again.history().steps) <= MOST_BATCHES


def test_the_pace_forgets():
    pace = Pace()
    assert pace.images_per_second == 0
    for _ in range(100):
        pace.add(50, 0.1)
    assert pace.images_per_second == pytest.approx(500)
    for _ in range(100):
        pace.add(50, 0.05)
    assert 900 < pace.images_per_second <= 1000
    pace.add(50, 2 * PACE_SECONDS)
    assert pace.images_per_second == pytest.approx(50 / (2 * PACE_SECONDS))

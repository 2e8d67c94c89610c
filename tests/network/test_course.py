"""Curves of a training: every batch while there are few, means of several when there are many, and smoothing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnn_explorer.network.course import Course, smoothed
from cnn_explorer.network.training_progress import Epoch, Progress


def progress(steps: range) -> Progress:
    """Batches whose loss is their number."""
    losses = tuple(float(step) for step in steps)
    return Progress(0, 1, steps.stop, 1000, steps.stop, 0.0, 0.0, losses, tuple(loss / 1000 for loss in losses))


@given(st.lists(st.integers(0, 30), max_size=30), st.integers(4, 40))
def test_every_batch_counts_in_exactly_one_point(parts: list[int], most: int) -> None:
    course, at = Course(most), 0
    for count in parts:
        course.add(progress(range(at, at + count)))
        at += count
    assert len(course.steps) <= most
    whole = at // course.stride * course.stride
    expected = np.arange(whole).reshape(-1, course.stride).mean(1) if whole else np.zeros(0)
    np.testing.assert_allclose(course.losses, expected)
    np.testing.assert_allclose(course.accuracies * 1000, expected)
    assert course.steps.tolist() == list(range(course.stride, whole + 1, course.stride))


def test_a_long_training_keeps_few_points() -> None:
    course = Course(100)
    for at in range(0, 100_000, 50):
        course.add(progress(range(at, at + 50)))
    assert 50 <= len(course.steps) <= 100
    assert course.losses[-1] == pytest.approx(100_000, rel=0.03)


def test_going_on_where_it_ended_continues_the_curve() -> None:
    course = Course()
    course.begin(0)
    course.add(progress(range(100)))
    course.begin(100)
    course.add(progress(range(100, 110)))
    assert course.losses.tolist() == list(range(110))


def test_going_on_from_before_forgets_what_came_after() -> None:
    course = Course()
    course.begin(0)
    course.add(progress(range(100)))
    for number, step in enumerate((40, 80)):
        course.add_epoch(Epoch(number, step, 1.0, 0.5, None, None, 1.0))
    course.begin(60)
    course.add(progress(range(60, 70)))
    assert course.losses.tolist() == list(range(70))
    assert [epoch.step for epoch in course.epochs] == [40]


def test_a_training_that_begins_later_begins_there() -> None:
    course = Course()
    course.begin(200)
    course.add(progress(range(200, 210)))
    assert course.steps.tolist() == list(range(201, 211))


def test_smoothing_takes_the_mean_of_what_came_before() -> None:
    values = np.array([4.0, 2.0, 6.0, 8.0])
    assert smoothed(values, 1).tolist() == [4, 2, 6, 8]
    assert smoothed(values, 2).tolist() == [4, 3, 4, 7]
    assert smoothed(values, 10).tolist() == [4, 3, 4, 5]
    assert smoothed(np.zeros(0), 5).tolist() == []


def test_smoothing_leaves_out_what_is_no_number() -> None:
    found = smoothed(np.array([1.0, np.nan, np.inf, 3.0]), 2)
    assert found[0] == 1 and found[1] == 1 and np.isnan(found[2]) and found[3] == 3

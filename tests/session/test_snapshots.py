"""Snapshots of the weights: as many as memory allows, the first and the last among them, early ones closer together."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from cnn_explorer.network.arrays import frozen
from cnn_explorer.network.training_progress import Snapshot
from cnn_explorer.session.snapshots import Snapshots, changes

SIZE = 4 * 100


def snapshot(step: int) -> Snapshot:
    return Snapshot(step, 0, {(0, "kernel"): frozen(np.full(100, step))})


def filled(kept: Snapshots, steps: range) -> Snapshots:
    for step in steps:
        kept.add(snapshot(step))
    return kept


def test_what_fits_is_kept() -> None:
    kept = filled(Snapshots(most_bytes=20 * SIZE), range(20))
    assert list(kept.steps) == list(range(20))


@given(st.integers(4, 30), st.integers(1, 40), st.integers(1, 300))
def test_memory_is_bounded_and_the_ends_stay(room: int, stride: int, count: int) -> None:
    kept = filled(Snapshots(most_bytes=room * SIZE), range(5, 5 + stride * count, stride))
    assert len(kept) == min(room, count)
    assert kept.first is not None and kept.first.step == 5
    assert kept.last is not None and kept.last.step == 5 + stride * (count - 1)
    assert list(kept.steps) == sorted(set(kept.steps))


def test_early_ones_stand_closer_together_and_none_is_far_from_the_next() -> None:
    kept = filled(Snapshots(most_bytes=20 * SIZE), range(0, 5400, 10))
    gaps = np.diff(kept.steps)
    assert gaps[:5].mean() < gaps[-5:].mean() / 2
    assert gaps.max() < 5400 / 6  # no hole of more than a sixth
    found = kept.nearest(100)
    assert found is not None and abs(kept[found].step - 100) <= 60


def test_there_are_never_more_than_a_scrubber_can_show() -> None:
    assert len(filled(Snapshots(most=50), range(400))) == 50


def test_the_nearest_is_found() -> None:
    kept = Snapshots()
    assert kept.nearest(5) is None and kept.first is None and kept.last is None
    filled(kept, range(0, 100, 10))
    places = {-5: 0, 0: 0, 4: 0, 6: 1, 52: 5, 56: 6, 90: 9, 1000: 9}
    assert {step: kept.nearest(step) for step in places} == places


def test_going_back_forgets_what_came_later() -> None:
    kept = filled(Snapshots(), range(0, 100, 10))
    kept.add(snapshot(35))
    assert list(kept.steps) == [0, 10, 20, 30, 35]
    kept.add(snapshot(0))
    assert list(kept.steps) == [0]
    kept.clear()
    assert len(kept) == 0


def test_what_has_changed_since() -> None:
    change = changes(snapshot(2).weights, snapshot(7).weights)
    assert change[0, "kernel"].tolist() == [5] * 100

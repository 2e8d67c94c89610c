"""Playing: reading speed, acceleration, the end, loop; timed by what the playback asks for, not by a clock."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from cnn_explorer.session.playback import FRAME, LONGEST_RUN, READING, READING_STEPS, SPEEDS, Playback, pace
from cnn_explorer.session.session import Session
from tests.session.test_session import document


@pytest.fixture
def playback(qtbot: QtBot) -> Playback:
    session = Session(document())
    made = Playback(session, session)
    made.set_speed(16.0)
    return made


def session_of(playback: Playback) -> Session:
    parent = playback.parent()
    assert isinstance(parent, Session)
    return parent


def test_the_handbooks_25_steps_are_all_at_reading_speed() -> None:
    assert {pace(step, 25) for step in range(25)} == {READING}


@pytest.mark.parametrize("total", [38, 784, 26 * 26, 512 * 512])
def test_a_long_run_reads_first_then_accelerates_and_lasts_about_half_a_minute(total: int) -> None:
    times = [pace(step, total) for step in range(total)]
    assert set(times[:READING_STEPS]) == {READING}
    assert times == sorted(times, reverse=True)
    assert sum(times) < LONGEST_RUN * 1.6


def test_it_plays_to_the_end_and_stops(playback: Playback, qtbot: QtBot) -> None:
    session = session_of(playback)
    cells = []
    session.cursor_moved.connect(lambda: cells.append((session.cursor.row, session.cursor.column)))
    playback.toggle()
    assert playback.playing
    qtbot.waitUntil(lambda: not playback.playing, timeout=10_000)
    assert cells == [(row, column) for row in range(5) for column in range(5)][1:]


def test_playing_again_from_the_end_starts_over(playback: Playback) -> None:
    session = session_of(playback)
    playback.last()
    playback.toggle()
    assert (session.cursor.row, session.cursor.column) == (0, 0)
    playback.pause()


def test_a_loop_goes_on_at_the_first_cell(playback: Playback, qtbot: QtBot) -> None:
    session = session_of(playback)
    playback.set_loop(True)
    playback.go(23)
    playback.toggle()
    qtbot.waitUntil(lambda: session.cursor.row == 0, timeout=5_000)
    assert playback.playing
    playback.pause()


def test_steps_stay_inside(playback: Playback) -> None:
    session = session_of(playback)
    playback.back()
    assert (session.cursor.row, session.cursor.column) == (0, 0)
    playback.last()
    playback.forward()
    assert (session.cursor.row, session.cursor.column) == (4, 4)
    playback.first()
    playback.forward()
    assert (session.cursor.row, session.cursor.column) == (0, 1)


def test_a_step_from_the_whole_map_begins_to_step_where_the_cursor_is(playback: Playback) -> None:
    session = session_of(playback)
    session.move(row=2, column=1, stepping=False)
    playback.forward()
    assert session.cursor.stepping
    assert (session.cursor.row, session.cursor.column) == (2, 1)


def test_speeds_run_from_a_quarter_to_sixteen() -> None:
    assert (SPEEDS[0], SPEEDS[-1]) == (0.25, 16.0)


def test_faster_than_the_screen_several_cells_are_taken_at_once(playback: Playback) -> None:
    fastest = pace(10_000, 512 * 512) / 16
    assert fastest < FRAME

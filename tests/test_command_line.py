"""The command `cnn-explorer`: what it settles before Qt, numpy or TensorFlow are loaded."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from cnn_explorer import __version__, command_line, linux_screen

HEAVY = ("PySide6", "numpy", "tensorflow", "keras", "PIL", "cnn_explorer.app")
LINUX_ONLY = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux has no screen of its own")


def run_python(code: str, **environment: str | None) -> subprocess.CompletedProcess[str]:
    """Run code in a new interpreter; None takes a variable out of its environment."""
    variables = {name: value for name, value in {**os.environ, **environment}.items() if value is not None}
    return subprocess.run([sys.executable, "-c", code], env=variables, capture_output=True, text=True)


def run_main(*arguments: str, **environment: str | None) -> subprocess.CompletedProcess[str]:
    """Run main in a new interpreter; the last line of stdout is the list of heavy modules that it loaded."""
    code = f"""
import json, sys
from cnn_explorer.command_line import main
try:
    code = main({list(arguments)!r})
except SystemExit as end:
    code = end.code
print(json.dumps([name for name in {HEAVY!r} if name in sys.modules]))
sys.exit(code)"""
    return run_python(code, **environment)


@pytest.mark.parametrize(("option", "answer"), [("--version", __version__), ("--help", "--language")])
def test_version_and_help_load_nothing_heavy(option: str, answer: str) -> None:
    outcome = run_main(option)
    *said, loaded = outcome.stdout.splitlines()
    assert outcome.returncode == 0
    assert answer in "\n".join(said)
    assert json.loads(loaded) == []


@LINUX_ONLY
def test_without_a_display_one_sentence_and_no_qt() -> None:
    outcome = run_main(DISPLAY=None, WAYLAND_DISPLAY=None, QT_QPA_PLATFORM=None)
    assert outcome.returncode == command_line.CAN_NOT_START
    assert outcome.stderr.count("\n") == 1
    assert "DISPLAY is not set" in outcome.stderr
    assert json.loads(outcome.stdout) == []


@LINUX_ONLY
def test_a_display_that_does_not_answer_is_named() -> None:
    outcome = run_main(DISPLAY=":4711", WAYLAND_DISPLAY=None, QT_QPA_PLATFORM=None)
    assert outcome.returncode == command_line.CAN_NOT_START
    assert outcome.stderr.startswith("The screen :4711 ")
    assert json.loads(outcome.stdout) == []


@LINUX_ONLY
def test_a_wayland_socket_that_is_not_there_is_no_screen(tmp_path: Path) -> None:
    environment = {"WAYLAND_DISPLAY": "wayland-9", "XDG_RUNTIME_DIR": str(tmp_path)}
    assert "DISPLAY is not set" in (linux_screen.why_no_window(environment) or "")


@LINUX_ONLY
def test_a_missing_library_is_named_with_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linux_screen, "QT_LIBRARIES", {"libnowhere.so.9": "libnowhere9", "libc.so.6": "libc6"})
    reason = linux_screen.why_no_window({"QT_QPA_PLATFORM": "offscreen"})
    assert reason == "Qt lacks libraries on this machine; install them: sudo apt-get install libnowhere9"


@LINUX_ONLY
@pytest.mark.skipif(not os.environ.get("DISPLAY"), reason="DISPLAY is not set: ./test starts a screen with xvfb-run")
def test_a_display_that_answers_is_taken() -> None:
    assert linux_screen.why_no_window({"DISPLAY": os.environ["DISPLAY"]}) is None


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """Stands in for the application: notes what it is started with."""
    stand_in = SimpleNamespace(started=None)

    def run(*arguments: object) -> int:
        stand_in.started = arguments
        stand_in.environment = dict(os.environ)
        return 0

    stand_in.run = run
    monkeypatch.setitem(sys.modules, "cnn_explorer.app", stand_in)
    for name in (*command_line.BLAS_VARIABLES, command_line.BLAS_MARK):
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    return stand_in


def test_files_language_and_theme_reach_the_application(app: SimpleNamespace) -> None:
    assert command_line.main(["a.png", "b.npy", "--language", "zh_CN", "--theme", "dark"]) == 0
    assert app.started == ([Path("a.png"), Path("b.npy")], "zh_CN", "dark")


def test_nothing_chosen_leaves_language_and_theme_to_the_settings(app: SimpleNamespace) -> None:
    assert command_line.main([]) == 0
    assert app.started == ([], None, None)


def test_the_window_gets_one_blas_thread_and_a_mark(app: SimpleNamespace) -> None:
    command_line.main([])
    chosen = {name: app.environment[name] for name in (*command_line.BLAS_VARIABLES, command_line.BLAS_MARK)}
    assert set(chosen.values()) == {"1"}


def test_threads_chosen_by_the_user_are_left_alone(app: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "3")
    command_line.main([])
    assert app.environment["OMP_NUM_THREADS"] == "3"
    assert not {"OPENBLAS_NUM_THREADS", command_line.BLAS_MARK} & set(app.environment)


def test_check_answers_without_qt_or_tensorflow(tmp_path: Path) -> None:
    outcome = run_main("--check", "--json", str(tmp_path / "none.png"), DISPLAY=None, QT_QPA_PLATFORM=None)
    answer, loaded = outcome.stdout.splitlines()
    assert outcome.returncode == 1
    assert json.loads(answer)["outcome"] == "error"
    assert not {"PySide6", "tensorflow", "keras"} & set(json.loads(loaded))


@pytest.mark.parametrize("arguments", [["--check"], ["--json", "a.png"], ["--theme", "pink"], ["--chec", "a.png"]])
def test_arguments_that_make_no_sense_are_refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        command_line.main(arguments)
    assert end.value.code == 2
    assert "usage: cnn-explorer" in capsys.readouterr().err


def test_a_python_without_a_console_gets_streams() -> None:
    code = """
import os, sys
sys.stdin = sys.stdout = sys.stderr = None
from cnn_explorer.command_line import main
try:
    main(["--version"])
except SystemExit:
    print("lost"); print("lost", file=sys.stderr)
    os._exit(0 if sys.stdin.read() == "" else 1)"""
    outcome = run_python(code)
    assert (outcome.returncode, outcome.stdout, outcome.stderr) == (0, "", "")


def test_a_name_that_the_terminal_can_not_show_does_not_end_the_program() -> None:
    outcome = run_main("--check", "数字.png", PYTHONIOENCODING="ascii")
    assert outcome.returncode == 1
    assert "Traceback" not in outcome.stderr


@pytest.mark.parametrize("module", ["cnn_explorer.__main__", "cnn_explorer.command_line"])
def test_a_spawned_child_imports_the_main_module_without_weight(module: str) -> None:
    outcome = run_python(f"import sys, {module}; print([name for name in {HEAVY!r} if name in sys.modules])")
    assert (outcome.stdout, outcome.stderr) == ("[]\n", "")

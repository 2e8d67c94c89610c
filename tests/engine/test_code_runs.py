"""The code that the program writes runs, and computes what is on the screen."""

from __future__ import annotations

import contextlib
import io
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given
from hypothesis import strategies as st

from cnn_explorer.network.arrays import Floats, frozen
from cnn_explorer.network.code import ARCHIVE_SUFFIX, STYLES, Code, Part, layer_part, network_part, write_code
from cnn_explorer.network.document import Document, Image
from cnn_explorer.network.layers import LAYERS, Conv2D, Dense, Dropout, Flatten, MaxPooling2D
from cnn_explorer.network.network import Network
from cnn_explorer.network.presets import default_document, network_presets
from cnn_explorer.network.results import evaluate
from tests.network.code_documents import any_networks, single_layers
from tests.network.graphs import EXAMPLES, graphs
from tests.thoroughness import expensive

# Of a map with one channel the softmax is 1, and Keras asks whether that is meant.
pytestmark = pytest.mark.filterwarnings("ignore:You are using a softmax over axis -1")

PRESETS = {"default": default_document} | {
    str(preset.name): partial(preset.build, default_document()) for preset in network_presets()
}


@pytest.fixture(autouse=True)
def tensorflow() -> Any:
    return pytest.importorskip("tensorflow")


def run(code: Code, folder: Path | None = None) -> Floats:
    """What the code computes: its variable `output`, as (rows, columns, channels)."""
    path = (folder or Path()) / "network.py"
    if code.arrays:
        path.with_suffix(ARCHIVE_SUFFIX).write_bytes(code.archive())
    variables: dict[str, Any] = {"__file__": str(path)}
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(compile(code.text, str(path), "exec"), variables)
    assert printed.getvalue()
    output = np.asarray(variables["output"])[0]
    return output.reshape(1, 1, -1) if output.ndim == 1 else output


def agrees(found: Floats, shown: Floats) -> None:
    """The same shape, and values within 1e-5 of the largest."""
    assert found.shape == shown.shape
    assert np.max(np.abs(found - shown)) <= 1e-5 * max(1, np.max(np.abs(shown)))


def left_to_chance(part: Part, style: str) -> bool:
    """Keras draws the cells that Dropout drops itself; all else is as on the screen."""
    return style == "keras" and part.training and any(isinstance(layer, Dropout) for layer in part.layers)


def check(part: Part, shown: Floats, folder: Path) -> None:
    """Both ways of writing a part run, and compute what is shown where they can."""
    for style in STYLES:
        code = write_code(part, style, saved=True)
        found = run(code, folder)
        assert code.exact != left_to_chance(part, code.style)
        if code.exact:
            agrees(found, shown)
        else:
            assert found.shape == shown.shape


def check_all(document: Document, folder: Path) -> None:
    """The network, and each of its layers alone."""
    evaluation = evaluate(document)
    check(network_part(document), evaluation.maps[-1], folder)
    for index, shown in enumerate(evaluation.maps[1:]):
        part = layer_part(evaluation, index)
        assert part is not None
        check(part, shown, folder)


@pytest.mark.parametrize("preset", PRESETS)
def test_presets(preset: str, tmp_path: Path) -> None:
    check_all(PRESETS[preset](), tmp_path)


@pytest.mark.parametrize("kind", LAYERS)
@expensive(25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_every_kind_of_layer(kind: str, tmp_path: Path, data: Any) -> None:
    document = data.draw(single_layers(kind))
    assume(not document.network.problems(document.image.shape))
    evaluation = evaluate(document)
    part = layer_part(evaluation, 0)
    assert part is not None
    check(part, evaluation.maps[-1], tmp_path)


@expensive(25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(any_networks())
def test_generated_networks(tmp_path: Path, document: Document) -> None:
    check_all(document, tmp_path)


@pytest.mark.parametrize("name", EXAMPLES)
def test_networks_with_branches(tmp_path: Path, name: str) -> None:
    check_all(EXAMPLES[name](), tmp_path)


@expensive(40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(graphs())
def test_generated_networks_with_branches(tmp_path: Path, document: Document) -> None:
    check(network_part(document), evaluate(document).maps[-1], tmp_path)


def large_network() -> Document:
    """Weights, image and mask are all too large to be written out."""
    rng = np.random.default_rng(3)
    image = Image(frozen(rng.uniform(-1, 1, (40, 40, 1))))
    layers = (
        Conv2D(kernel=frozen(rng.normal(size=(5, 5, 1, 8))), bias=frozen(rng.normal(size=8))),
        Dropout(), MaxPooling2D(), Flatten(),
        Dense(kernel=frozen(rng.normal(size=(2592, 4))), bias=frozen(rng.normal(size=4))),
    )  # fmt: skip
    return Document(image, Network(layers).fitted(image.shape, rng))


@pytest.mark.parametrize("training", [False, True])
def test_what_is_too_large_to_be_written_comes_from_the_file(tmp_path: Path, training: bool) -> None:
    document = large_network()
    check_all(Document(document.image, replace(document.network, training=training)), tmp_path)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("document", [large_network(), default_document()], ids=["large", "handbook"])
@pytest.mark.parametrize("weights", [True, False])
def test_a_copy_without_the_file_runs_too(style: str, document: Document, weights: bool) -> None:
    code = write_code(network_part(document), style, weights)
    assert not code.arrays
    assert run(code).shape == evaluate(document).maps[-1].shape
    if not code.exact and weights:  # drawn with a seed
        np.testing.assert_array_equal(run(code), run(code))


@expensive(15)
@given(any_networks())
def test_generated_networks_run_without_weights(document: Document) -> None:
    for style in STYLES:
        code = write_code(network_part(document), style, weights=False)
        assert run(code).shape == evaluate(document).maps[-1].shape


@pytest.mark.parametrize("style", STYLES)
def test_what_is_printed_is_what_is_on_the_screen(style: str) -> None:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(write_code(network_part(default_document()), style).text, {})
    assert printed.getvalue() == "[[6. 3.]\n [4. 2.]]\n"

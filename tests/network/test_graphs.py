"""Networks with branches: what their layers read, compute, explain, depend on, and become when they are edited."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cnn_explorer.network import building
from cnn_explorer.network.arrays import equal
from cnn_explorer.network.carried import carried
from cnn_explorer.network.comparisons import comparisons, evaluate_other
from cnn_explorer.network.costs import last_map
from cnn_explorer.network.difference import Difference
from cnn_explorer.network.document import Document
from cnn_explorer.network.explanation import Region
from cnn_explorer.network.files import read_document, write_document
from cnn_explorer.network.layers import Activation, Add, Concatenate, Conv2D, Layer, MaxPooling2D, Multiply
from cnn_explorer.network.network import Network
from cnn_explorer.network.receptive_field import effective_stride, fields_of, reach_of, receptive_field
from cnn_explorer.network.results import evaluate
from cnn_explorer.network.sentence import Refused
from cnn_explorer.network.summary import summary, written_shapes
from tests.network.graphs import EXAMPLES, conv, excitation, graphs, inception, random_image, residual

ALL = pytest.mark.parametrize("name", EXAMPLES)
RNG = np.random.default_rng(0)


# what is read


def test_a_chain_says_nothing_of_its_sources() -> None:
    layers = (conv(3, 1, 2), Activation())
    assert Network(layers, sources=((0,), (1,))) == Network(layers)
    assert Network(layers).sources == ()
    assert [Network(layers).sources_of(index) for index in range(2)] == [(0,), (1,)]
    assert [Network(layers).readers_of(index) for index in range(3)] == [(0,), (1,), ()]


@pytest.mark.parametrize("sources", [((0,),), ((0,), (2,)), ((0,), ()), ((0,), (-1,)), ((0,), (0,), (1,))])
def test_sources_that_are_none_are_refused(sources: Any) -> None:
    with pytest.raises(ValueError, match="2 layers can't read"):
        Network((Activation(), Activation()), sources=sources)


def test_a_residual_block_reads_its_shortcut() -> None:
    network = residual().network
    assert network.sources_of(4) == (1, 4)
    assert network.readers_of(1) == (1, 4)
    assert network.shapes((9, 8, 1)) == ((9, 8, 1), *[(9, 8, 4)] * 6)
    assert network.input_shapes((9, 8, 1)) == ((9, 8, 1), (9, 8, 4), (9, 8, 4), (9, 8, 4), (9, 8, 8), (9, 8, 4))
    assert network.layers[4].inputs == 2  # type: ignore[attr-defined]


def test_a_residual_block_adds() -> None:
    evaluation = evaluate(residual())
    np.testing.assert_allclose(evaluation.maps[5], evaluation.maps[1] + evaluation.maps[4], atol=1e-6)
    read = evaluation.input_of(4)
    assert read is not None and read is evaluation.input_of(4)
    assert equal(read[..., :4], evaluation.maps[1]) and equal(read[..., 4:], evaluation.maps[4])
    assert not read.flags.writeable
    assert evaluation.input_of(1) is evaluation.maps[1]


def test_a_concatenation_has_the_channels_of_all() -> None:
    evaluation = evaluate(inception())
    assert evaluation.maps[5].shape == (7, 7, 9)
    assert equal(evaluation.maps[5], np.concatenate([evaluation.maps[index] for index in (1, 2, 3, 4)], 2))
    read = evaluation.reads(4)
    assert read is not None
    assert [read.origin(channel) for channel in (0, 1, 2, 4, 5, 6, 8)] == [
        (1, 0), (1, 1), (2, 0), (2, 2), (3, 0), (4, 0), (4, 2),
    ]  # fmt: skip


def test_a_single_cell_stands_everywhere() -> None:
    evaluation = evaluate(excitation())
    np.testing.assert_allclose(evaluation.maps[7], evaluation.maps[1] * evaluation.maps[6], atol=1e-6)
    read = evaluation.reads(6)
    assert read is not None and read.shape == (8, 8, 8)
    assert read.cell_of(5, 3, 6) == (6, 0, 0, 2)
    assert read.cell_of(5, 3, 2) == (1, 5, 3, 2)


def test_a_single_channel_goes_with_all() -> None:
    """As a mask over all channels."""
    layers = (conv(3, 1, 4), conv(1, 4, 1), Multiply())
    evaluation = evaluate(Document(random_image(5, 5, 1), Network(layers, sources=((0,), (1,), (2, 1)))))
    np.testing.assert_allclose(evaluation.maps[3], evaluation.maps[1] * evaluation.maps[2], atol=1e-6)
    read = evaluation.reads(2)
    assert read is not None
    assert [read.origin(channel) for channel in (0, 3, 4, 7)] == [(2, 0), (2, 0), (1, 0), (1, 3)]


@pytest.mark.parametrize(
    ("layer", "words"),
    [
        (Add(), "must have equally many channels, but they have 4 and 2"),
        (Concatenate(), "must have the same rows and columns, but they have 9×8 and 4×4"),
    ],
)
def test_maps_that_do_not_go_together_are_a_problem(layer: Layer, words: str) -> None:
    layers = (conv(1, 1, 4), conv(1, 1, 2), MaxPooling2D(), layer)
    sources = ((0,), (0,), (1,), (1, 2) if layer.kind == "Add" else (1, 3))
    document = Document(random_image(9, 8, 1), Network(layers, sources=sources))
    evaluation = evaluate(document)
    (problem,) = evaluation.problems
    assert problem.layer == 3 and words in str(problem.sentence)
    assert len(evaluation.maps) == 4
    assert evaluation.reads(3) is None and evaluation.input_of(3) is None


def test_a_joining_layer_that_is_off_hands_on_the_first_map() -> None:
    document = residual()
    off = document.with_layer(4, replace(document.network.layers[4], enabled=False))
    evaluation = evaluate(off)
    assert evaluation.maps[5] is evaluation.maps[1]
    assert [step.sources for step in off.network.steps((9, 8, 1))] == [(0,), (1,), (2,), (3,), (1,)]


@ALL
def test_steps_leave_out_what_is_off(name: str) -> None:
    document = EXAMPLES[name]()
    network = document.network
    for index in range(len(network.layers)):
        some_off = network.with_layer(index, replace(network.layers[index], enabled=False))
        steps = some_off.steps(document.image.shape)
        assert len(steps) == len(some_off.shapes(document.image.shape)) - 1 - (
            index < len(some_off.shapes(document.image.shape)) - 1
        )
        assert all(source <= at for at, step in enumerate(steps) for source in step.sources)


# what is explained


@settings(max_examples=40)
@given(graphs(), st.data())
def test_every_cell_is_explained(document: Document, data: Any) -> None:
    evaluation = evaluate(document)
    for index in range(len(evaluation.maps) - 1):
        cell = tuple(data.draw(st.integers(0, side - 1)) for side in evaluation.maps[index + 1].shape)
        explanation = evaluation.explain(index, cell)  # type: ignore[arg-type]
        assert explanation is not None
        value = float(evaluation.maps[index + 1][cell])
        assert explanation.result == pytest.approx(
            value, rel=1e-4, abs=1e-4 * float(np.abs(explanation.values).sum() + 1)
        )
        read = evaluation.reads(index)
        assert read is not None and explanation.window.channels[-1] < read.shape[2]


def test_an_addition_is_a_sum_with_weights_1() -> None:
    evaluation = evaluate(residual())
    found = evaluation.explain(4, (3, 2, 1))
    assert found is not None and found.weights is not None
    assert (found.combination, found.window.channels, found.weights.ravel().tolist()) == ("sum", (1, 5), [1, 1])
    assert found.values.ravel().tolist() == [evaluation.maps[1][3, 2, 1], evaluation.maps[4][3, 2, 1]]


# what depends on what


def test_the_field_of_a_residual_block_is_that_of_its_longest_way() -> None:
    document = residual()
    network, shape = document.network, document.image.shape
    fields = fields_of(network.layers, network.shapes(shape), 6, (4, 4, 2), network.sources)
    assert fields[5] == Region((4,), (4,), (2,))
    assert fields[4] == Region((4,), (4,), (2,))
    assert fields[3] == Region((3, 4, 5), (3, 4, 5), (0, 1, 2, 3))
    assert fields[1] == Region((2, 3, 4, 5, 6), (2, 3, 4, 5, 6), (0, 1, 2, 3))
    assert receptive_field(network, shape) == (5, 5)
    only_shortcut = replace(network, sources=((0,), (1,), (2,), (3,), (1, 1), (5,)))
    assert receptive_field(only_shortcut, shape) == (1, 1)


def test_what_nothing_depends_on_is_empty() -> None:
    document = inception()
    network, shape = document.network, document.image.shape
    fields = fields_of(network.layers, network.shapes(shape), 5, (3, 3, 5), network.sources)  # of the 5×5 convolution
    assert [region.empty for region in fields] == [False, False, True, False, True, False]
    reach = reach_of(network.layers, network.shapes(shape), 2, Region((3,), (3,), (1,)), network.sources)
    assert [region.empty for region in reach] == [False, True, True, False, False]
    assert reach[3].channels == (3,)


def test_a_squeezed_channel_depends_on_all_cells() -> None:
    document = excitation()
    network, shape = document.network, document.image.shape
    fields = fields_of(network.layers, network.shapes(shape), 7, (2, 2, 1), network.sources)
    assert fields[6] == Region((0,), (0,), (1,))
    assert len(fields[0].rows) == len(fields[0].columns) == 8
    reach = reach_of(network.layers, network.shapes(shape), 6, Region((0,), (0,), (1,)), network.sources)
    assert reach[1] == Region(tuple(range(8)), tuple(range(8)), (1,))


@ALL
def test_the_effective_stride_is_that_of_the_map(name: str) -> None:
    document = EXAMPLES[name]()
    network, shape = document.network, document.image.shape
    shapes = network.shapes(shape)
    for index in range(1, len(shapes)):
        if shapes[index][:2] != (1, 1):
            stride = effective_stride(network.layers[:index], shapes[: index + 1], network.sources)
            assert stride == tuple(-(-shape[side] // shapes[index][side]) for side in (0, 1))


# what follows from it


def test_a_number_is_carried_through_an_addition() -> None:
    evaluation = evaluate(residual())
    stations = carried(evaluation, 3, (4, 3, 2))
    assert [(each.layer, each.cell, each.combination) for each in stations] == [
        (4, (4, 3, 2), "sum"), (5, (4, 3, 2), "function"),
    ]  # fmt: skip


def test_the_table_counts_what_layers_read() -> None:
    document = excitation()
    table = summary(document.network, document.image.shape)
    assert [row.multiply_adds for row in table.rows] == [0, 64 * 9 * 4, 0, 8, 0, 8, 0, 64 * 4, 0]
    assert [row.shape for row in table.rows[1:4]] == ["8×8×4", "4", "1×1×2"]
    assert written_shapes(document.network, document.image.shape)[7] == "8×8×4"


def test_the_last_map_before_a_row_is_found_along_one_branch() -> None:
    document = EXAMPLES["downsampling"]()
    assert last_map(document.network, document.image.shape, 5) == (4, 4, 2)


def test_another_layer_in_the_place_of_a_joining_one() -> None:
    evaluation = evaluate(residual())
    layer = evaluation.layer(4)
    others = [each.layer for each in comparisons(layer, (9, 8, 8))]
    assert {each.kind for each in others} == {"Subtract", "Multiply", "Average", "Maximum"}
    product = next(each for each in others if each.kind == "Multiply")
    other = evaluate_other(evaluation, 4, product)
    np.testing.assert_allclose(other.maps[5], evaluation.maps[1] * evaluation.maps[4], atol=1e-6)


def test_differences_go_through_branches() -> None:
    document = residual()
    pixels = document.image.pixels.copy()
    pixels[0, 0] += 1
    after = evaluate(document.with_image(replace(document.image, pixels=pixels)))
    before = evaluate(document)
    change = Difference(after, before)
    found = change.layer_before(4)
    assert found is not None and found[1] is before.input_of(4)
    summed = change.map(5)
    assert summed is not None
    np.testing.assert_allclose(summed, after.maps[5] - before.maps[5])


# what is saved


@settings(max_examples=30)
@given(graphs())
def test_what_is_saved_comes_back(document: Document) -> None:
    data = write_document(document)
    back, _ = read_document(data)
    assert back == document
    assert back.network.sources == document.network.sources


def test_only_what_differs_from_a_chain_is_written() -> None:
    text = write_document(residual()).decode()
    assert text.count('"sources"') == 1 and '"sources": [1, 4]' in text


@pytest.mark.parametrize(
    ("sources", "words"),
    [
        ("[5]", "network[4].sources[0] must be a whole number from 0 to 4"),
        ("[-1]", "network[4].sources[0] must be a whole number from 0 to 4"),
        ("[]", "network[4].sources must be a list of 1 to 100 numbers"),
        ("[1, true]", "network[4].sources[1] must be a whole number"),
        ("4", "network[4].sources must be a list"),
        (str([0] * 101), "network[4].sources must be a list"),
    ],
)
def test_sources_of_a_file_are_judged(sources: str, words: str) -> None:
    data = write_document(residual()).replace(b"[1, 4]", sources.encode())
    with pytest.raises(Refused) as refused:
        read_document(data)
    assert words in str(refused.value)


def test_many_maps_side_by_side_do_not_fill_the_memory() -> None:
    layers = (conv(1, 1, 40), *[Add()] * 3)
    sources = ((0,), (1,) * 100, (2,), (3,))
    (problem,) = Network(layers, sources=sources).problems((300, 300, 1))
    assert problem.layer == 1 and "would hold 360 million numbers" in str(problem.sentence)


# what is edited


def reads(network: Network) -> list[list[str]]:
    """What each layer reads, by name."""
    names = ["image", *(layer.name or layer.kind for layer in network.layers)]
    return [[names[source] for source in network.sources_of(index)] for index in range(len(network.layers))]


NAMED = ("stem", "first", "relu", "second", "sum", "last")


@pytest.fixture
def named() -> Network:
    network = residual().network
    return network.with_layers([replace(layer, name=name) for layer, name in zip(network.layers, NAMED, strict=True)])


SHAPE = (9, 8, 1)


def test_a_new_layer_is_read_by_all_that_read_the_map_before_it(named: Network) -> None:
    after = building.with_added(named, SHAPE, 1, "Activation", RNG, name="new")
    assert reads(after) == [
        ["image"], ["stem"], ["new"], ["first"], ["relu"], ["new", "second"], ["sum"],
    ]  # fmt: skip
    after = building.with_added(named, SHAPE, 6, "MaxPooling2D", RNG, name="new")
    assert reads(after)[-1] == ["last"]
    assert reads(building.with_added(named, SHAPE, 4, "Activation", RNG, name="new"))[5] == ["stem", "new"]


def test_readers_of_a_layer_that_goes_read_what_it_read(named: Network) -> None:
    assert reads(building.without(named, SHAPE, 3, RNG)) == [["image"], ["stem"], ["first"], ["stem", "relu"], ["sum"]]
    after = building.without(named, SHAPE, 0, RNG)
    assert reads(after)[3] == ["image", "second"]
    assert not building.without(named, SHAPE, 5, RNG).problems(SHAPE)


def test_a_copy_stands_behind_the_layer_for_all_its_readers(named: Network) -> None:
    after = building.with_duplicate(named, SHAPE, 0, RNG)
    assert reads(after)[:3] == [["image"], ["stem"], ["stem 2"]]
    assert reads(after)[5] == ["stem 2", "second"]


def test_a_layer_moves_to_another_branch(named: Network) -> None:
    after = building.with_moved(named, SHAPE, 2, 0, RNG)
    assert [layer.name for layer in after.layers] == ["relu", "stem", "first", "second", "sum", "last"]
    assert reads(after) == [["image"], ["relu"], ["stem"], ["first"], ["stem", "second"], ["sum"]]
    after = building.with_moved(named, SHAPE, 5, 1, RNG)
    assert reads(after)[5] == ["last", "second"]


@pytest.mark.parametrize("edit", ["without", "with_duplicate", "with_moved"])
def test_what_joins_branches_stays(named: Network, edit: str) -> None:
    places = (4, 2) if edit == "with_moved" else (4,)
    with pytest.raises(Refused, match="sum joins 2 maps, so it stays where it is"):
        getattr(building, edit)(named, SHAPE, *places, RNG)


@settings(max_examples=60)
@given(graphs(), st.sampled_from(("added", "removed", "copied", "moved")), st.data())
def test_edits_leave_a_network(document: Document, edit: str, data: Any) -> None:
    network, shape = document.network, document.image.shape
    at, to = (data.draw(st.integers(0, len(network.layers) - 1)) for _ in range(2))
    try:
        if edit == "added":
            after = building.with_added(network, shape, at, "Activation", RNG)
        elif edit == "removed":
            after = building.without(network, shape, at, RNG)
        elif edit == "copied":
            after = building.with_duplicate(network, shape, at, RNG)
        else:
            after = building.with_moved(network, shape, at, to, RNG)
    except Refused as refused:
        assert len(network.sources_of(at)) > 1 and "joins" in str(refused.sentence)
        return
    assert len(after.layers) == len(network.layers) + {"added": 1, "copied": 1, "removed": -1, "moved": 0}[edit]
    evaluate(replace(document, network=after))


@settings(max_examples=30)
@given(st.permutations(range(4)))
def test_filters_in_another_order_compute_the_same(order: list[int]) -> None:
    document = excitation()
    after = building.with_filters(document.network, document.image.shape, 0, order, RNG)
    before, now = evaluate(document), evaluate(replace(document, network=after))
    np.testing.assert_allclose(now.maps[1], before.maps[1][..., order], atol=1e-6)
    np.testing.assert_allclose(now.maps[6], before.maps[6], atol=1e-5)  # the gate's own filters stay


def test_a_filter_more_is_read_by_every_branch() -> None:
    document = inception()
    after = building.with_filter_count(document.network, document.image.shape, 0, 3, RNG)
    assert not after.problems(document.image.shape)
    assert isinstance(after.layers[2], Conv2D) and after.layers[2].kernel.shape[2] == 3
    last = after.layers[5]
    assert isinstance(last, Conv2D) and last.kernel.shape[2] == 10
    old = document.network.layers[5]
    assert isinstance(old, Conv2D)
    assert equal(last.kernel[:, :, [0, 1, *range(3, 10)]], old.kernel)

"""Building networks: whatever is done, the layers fit one another where they can; what stays computes what it did."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cnn_explorer.network import building
from cnn_explorer.network.arrays import equal, frozen
from cnn_explorer.network.document import Document, Image
from cnn_explorer.network.file_values import LONGEST_NAME
from cnn_explorer.network.files import MOST_LAYERS
from cnn_explorer.network.haste import TakesLong, hasty, patient
from cnn_explorer.network.layers import LAYERS, Activation, Conv2D, Dense, Flatten, MaxPooling2D
from cnn_explorer.network.layers.layer import Shape
from cnn_explorer.network.network import Network
from cnn_explorer.network.results import evaluate
from cnn_explorer.network.sentence import Refused

SHAPE = (8, 8, 2)
Rng = np.random.Generator


@pytest.fixture
def rng() -> Rng:
    return np.random.default_rng(5)


def built(*kinds: str, shape: Shape = SHAPE, seed: int = 5) -> Network:
    """Layers of these kinds, added one behind the other."""
    network, rng = Network(), np.random.default_rng(seed)
    for kind in kinds:
        network = building.with_added(network, shape, len(network.layers), kind, rng)
    return network


def output(network: Network, seed: int = 1) -> np.ndarray:
    x = np.random.default_rng(seed).normal(size=SHAPE).astype(np.float32)
    for layer in network.layers:
        x = layer.forward(x) if layer.enabled else x
    return x


def kinds_of(network: Network) -> list[str]:
    return [layer.kind for layer in network.layers]


# Any sequence of edits


@st.composite
def edits(draw: Any) -> tuple[str, int, int, str]:
    """What to do, two numbers for where, and a kind of layer."""
    what = draw(st.sampled_from(("add", "add", "add", "remove", "duplicate", "move", "count", "switch", "name")))
    return what, draw(st.integers(0, 20)), draw(st.integers(0, 20)), draw(st.sampled_from(tuple(LAYERS)))


def edited(network: Network, edit: tuple[str, int, int, str], rng: Rng) -> Network:
    what, first, second, kind = edit
    count = len(network.layers)
    if what == "add":
        return building.with_added(network, SHAPE, first % (count + 1), kind, rng)
    if not count:
        return network
    at = first % count
    if what == "count":
        has_filters = network.layers[at].filters is not None
        return building.with_filter_count(network, SHAPE, at, second % 5 + 1, rng) if has_filters else network
    if what == "switch":
        layer = network.layers[at]
        return network.with_layer(at, replace(layer, enabled=not layer.enabled)).fitted(SHAPE, rng)
    if what == "name":
        return building.with_name(network, at, f"name {second}")
    return {
        "remove": lambda: building.without(network, SHAPE, at, rng),
        "duplicate": lambda: building.with_duplicate(network, SHAPE, at, rng),
        "move": lambda: building.with_moved(network, SHAPE, at, second % count, rng),
    }[what]()


@settings(max_examples=150)
@given(st.lists(edits(), max_size=12))
def test_after_any_edits_only_problems_are_left_that_no_weights_can_mend(sequence: list[Any]) -> None:
    network, rng = Network(), np.random.default_rng(3)
    for edit in sequence:
        try:
            network = edited(network, edit, rng)
        except Refused as refused:
            assert str(refused)
    assert network.fitted(SHAPE, rng) is network
    shapes, problems = network.shapes(SHAPE), network.problems(SHAPE)
    assert not any(building.is_unfit(network.layers[each.layer], shapes[each.layer]) for each in problems)
    names = [layer.name for layer in network.layers if layer.name]
    assert len(names) == len(set(names))


@given(st.sampled_from(tuple(LAYERS)), st.sampled_from(tuple(LAYERS)))
@settings(max_examples=60)
def test_every_layer_can_be_added_to_a_map_and_behind_every_other(first: str, second: str) -> None:
    network = built(first, second, shape=(9, 9, 1))
    problems = network.problems((9, 9, 1))
    assert [each for each in problems if each.layer == 0] == []
    for each in problems:  # a window of 2×2 finds no room behind a layer that leaves a single cell
        assert network.shapes((9, 9, 1))[each.layer][:2] == (1, 1)


# Layers


def test_layers_are_added_removed_doubled_and_moved(rng: Rng) -> None:
    network = built("Conv2D", "Activation", "MaxPooling2D")
    assert kinds_of(network) == ["Conv2D", "Activation", "MaxPooling2D"]
    between = building.with_added(network, SHAPE, 1, "BatchNormalization", rng)
    assert kinds_of(between) == ["Conv2D", "BatchNormalization", "Activation", "MaxPooling2D"]
    assert between.layers[0] is network.layers[0]
    assert kinds_of(building.without(between, SHAPE, 1, rng)) == kinds_of(network)
    assert kinds_of(building.with_duplicate(network, SHAPE, 2, rng))[2:] == ["MaxPooling2D"] * 2
    assert kinds_of(building.with_moved(network, SHAPE, 2, 0, rng)) == ["MaxPooling2D", "Conv2D", "Activation"]
    assert kinds_of(building.with_moved(network, SHAPE, 0, 2, rng)) == ["Activation", "MaxPooling2D", "Conv2D"]
    assert building.with_moved(network, SHAPE, 1, 1, rng) is network
    assert network.layers[0].parameter_count(SHAPE) == 9 * 2 * 4 + 4, "the old network is what it was"


def test_a_new_layer_has_the_fields_that_are_asked_for(rng: Rng) -> None:
    network = building.with_added(Network(), SHAPE, 0, "Activation", rng, activation="tanh")
    assert network.layers == (Activation(activation="tanh"),)


def test_dense_brings_the_flatten_that_it_needs(rng: Rng) -> None:
    assert kinds_of(built("Conv2D", "Dense")) == ["Conv2D", "Flatten", "Dense"]
    assert kinds_of(built("Flatten", "Dense", "Dense")) == ["Flatten", "Dense", "Dense"]
    assert kinds_of(built("GlobalAveragePooling2D", "Dense")) == ["GlobalAveragePooling2D", "Dense"]
    assert built("Conv2D", "Dense").problems(SHAPE) == ()


def test_a_layer_behind_an_impossible_one_is_made_for_the_last_shape_there_is(rng: Rng) -> None:
    network = Network((Conv2D(dilation_rate=(4, 4)),))
    added = building.with_added(network, (7, 7, 1), 1, "Conv2D", rng)
    assert added.layers[0] is network.layers[0]
    assert added.problems((7, 7, 1))[0].layer == 0


def test_weights_behind_an_edit_stay_where_they_fit(rng: Rng) -> None:
    network = built("Conv2D", "Conv2D", "Flatten", "Dense")
    without = building.without(network, SHAPE, 0, rng)
    first, second = network.layers[1], without.layers[0]
    assert isinstance(first, Conv2D) and isinstance(second, Conv2D)
    assert second.kernel.shape == (3, 3, 2, 4)
    assert equal(second.kernel, frozen(first.kernel[:, :, :2]))
    assert without.layers[2] is network.layers[3], "as many inputs as before"


def test_too_many_weights_are_refused(rng: Rng) -> None:
    large = (512, 512, 3)
    wide = built("Conv2D", shape=large)
    with pytest.raises(Refused, match="million weights"):
        building.with_added(wide, large, 1, "Dense", rng)
    network = built("MaxPooling2D", "MaxPooling2D", "Flatten", "Dense", shape=(512, 512, 3), seed=1)
    with pytest.raises(Refused, match="million weights"):
        building.with_filter_count(network, large, 3, 4096, rng)


def test_a_network_has_an_end(rng: Rng) -> None:
    full = Network((Activation(),) * MOST_LAYERS)
    for build in (
        lambda: building.with_added(full, SHAPE, 0, "Activation", rng),
        lambda: building.with_duplicate(full, SHAPE, 0, rng),
    ):
        with pytest.raises(Refused, match="at most 1000 layers"):
            build()


# Names


def test_names_are_given_once(rng: Rng) -> None:
    network = built("Conv2D", "Activation")
    named = building.with_name(network, 0, "  edges ")
    assert [layer.name for layer in named.layers] == ["edges", ""]
    assert building.with_name(named, 0, "edges") == named
    with pytest.raises(Refused, match="Another layer is called “edges”"):
        building.with_name(named, 1, "edges")
    assert building.with_name(named, 0, "") == network
    for name in ("two\nlines", "x" * (LONGEST_NAME + 1)):
        with pytest.raises(Refused, match="at most 200 characters on one line"):
            building.with_name(network, 0, name)


def test_a_double_gets_a_name_of_its_own(rng: Rng) -> None:
    network = building.with_name(built("Conv2D"), 0, "edges")
    for _ in range(2):
        network = building.with_duplicate(network, SHAPE, 0, rng)
    assert [layer.name for layer in network.layers] == ["edges", "edges 3", "edges 2"]
    long = building.with_name(network, 0, "x" * LONGEST_NAME)
    twice = building.with_duplicate(long, SHAPE, 0, rng).layers[1].name
    assert twice.endswith("x 2") and len(twice) == LONGEST_NAME
    assert building.with_duplicate(built("Conv2D"), SHAPE, 0, rng).layers[1].name == ""


# Filters

BEHIND = (
    "Activation", "MaxPooling2D", "BatchNormalization", "DepthwiseConv2D", "SeparableConv2D", "Dropout", "Conv2D",
    "ZeroPadding2D", "UpSampling2D", "Conv2DTranspose", "AveragePooling2D",
)  # fmt: skip


@st.composite
def networks_with_filters(draw: Any) -> tuple[Network, int]:
    """A network with random numbers everywhere that ends in a Dense, and one of its layers that has filters."""
    kinds = [draw(st.sampled_from(("Conv2D", "SeparableConv2D", "Conv2DTranspose")))]
    kinds += draw(st.lists(st.sampled_from(BEHIND), max_size=4))
    kinds += draw(st.sampled_from((["Flatten", "Dense"], ["Dense"], ["GlobalAveragePooling2D", "Dense"])))
    seed = draw(st.integers(0, 2**32 - 1))
    network = built(*kinds, "Dense", seed=seed)
    network = network.with_layers([_scrambled(layer, np.random.default_rng(seed)) for layer in network.layers])
    off = draw(st.sets(st.integers(1, 3)))
    never = ("Dense", "Flatten")
    layers = [replace(each, enabled=at not in off or each.kind in never) for at, each in enumerate(network.layers)]
    network = network.with_layers(layers).fitted(SHAPE, np.random.default_rng(seed))
    assume(not network.problems(SHAPE))
    places = [at for at, layer in enumerate(network.layers[:-1]) if layer.filters is not None]
    return network, draw(st.sampled_from(places))


def _scrambled(layer: Any, rng: Rng) -> Any:
    """The layer with every weight by chance: biases, and what normalises, too."""
    arrays = {each.name: getattr(layer, each.name) for each in fields(layer) if "axes" in each.metadata}
    drawn = {name: frozen(rng.uniform(0.5, 1.5, array.shape)) for name, array in arrays.items() if array.ndim == 1}
    return replace(layer, **drawn)


@settings(max_examples=100)
@given(networks_with_filters(), st.randoms(use_true_random=False))
def test_filters_in_another_order_leave_the_output_as_it_is(made: tuple[Network, int], random: Any) -> None:
    network, at = made
    order: list[int | None] = list(range(network.layers[at].filters or 0))
    random.shuffle(order)
    shuffled = building.with_filters(network, SHAPE, at, order, np.random.default_rng(0))
    np.testing.assert_allclose(output(shuffled), output(network), rtol=2e-4, atol=2e-4)
    assert shuffled.problems(SHAPE) == ()
    back = [order.index(place) for place in range(len(order))]
    restored = building.with_filters(shuffled, SHAPE, at, back, np.random.default_rng(0))
    assert restored == network


@settings(max_examples=60)
@given(networks_with_filters(), st.integers(0, 20), st.integers(2, 3))
def test_a_filter_that_stands_there_twice_counts_once(made: tuple[Network, int], number: int, times: int) -> None:
    network, at = made
    count = network.layers[at].filters or 0
    order = sorted([*range(count), *[number % count] * (times - 1)])
    doubled = building.with_filters(network, SHAPE, at, order, np.random.default_rng(0))
    assume(output(doubled).shape == output(network).shape)  # somebody sums over them
    np.testing.assert_allclose(output(doubled), output(network), rtol=2e-4, atol=2e-4)


@settings(max_examples=60)
@given(networks_with_filters(), st.integers(0, 20))
def test_a_filter_that_nobody_weighs_can_be_removed(made: tuple[Network, int], number: int) -> None:
    network, at = made
    count = network.layers[at].filters or 0
    gone = number % count
    zeroed = network.with_layer(at, _silent(network.layers[at], gone))
    zeroed = zeroed.with_layers([*zeroed.layers[: at + 1], *map(_without_shift, zeroed.layers[at + 1 :])])
    left = [each for each in range(count) if each != gone]
    removed = building.with_filters(zeroed, SHAPE, at, left, np.random.default_rng(0))
    np.testing.assert_allclose(output(removed), output(zeroed), rtol=2e-4, atol=2e-4)


def _silent(layer: Any, channel: int) -> Any:
    """The layer with a filter whose output is 0 everywhere: nothing behind it hears of it."""
    changes = {}
    for each in fields(layer):
        axes = list(each.metadata.get("axes", {}))
        if layer.filter_axis in axes:
            array = np.array(getattr(layer, each.name))
            np.moveaxis(array, axes.index(layer.filter_axis), 0)[channel] = 0
            changes[each.name] = frozen(array)
    return replace(layer, **changes)


def _without_shift(layer: Any) -> Any:
    """What makes 0 of 0: biases of depthwise layers and of normalisation would make something of nothing."""
    if layer.kind == "BatchNormalization":
        zeros = frozen(np.zeros(len(layer.gamma)))
        return replace(layer, beta=zeros, moving_mean=zeros)
    return replace(layer, bias=frozen(np.zeros(len(layer.bias)))) if layer.kind == "DepthwiseConv2D" else layer


@pytest.mark.parametrize("behind", [("Activation", "Conv2D"), ("MaxPooling2D", "Flatten", "Dense")])
def test_a_filter_with_outgoing_weights_of_zero_can_be_removed(behind: tuple[str, ...], rng: Rng) -> None:
    network = built("Conv2D", *behind)
    last: Any = network.layers[-1]
    kernel = last.kernel.copy()
    if last.kind == "Conv2D":
        kernel[:, :, 2] = 0
    else:
        kernel[2::4] = 0  # Flatten puts the channels of a cell next to each other
    network = network.with_layer(len(network.layers) - 1, replace(last, kernel=frozen(kernel)))
    removed = building.with_filters(network, SHAPE, 0, [0, 1, 3], rng)
    assert removed.shapes(SHAPE)[1] == (8, 8, 3)
    np.testing.assert_allclose(output(removed), output(network), rtol=1e-5, atol=1e-5)


def test_new_filters_are_drawn_where_they_are_wanted(rng: Rng) -> None:
    network = built("Conv2D", "Activation", "Conv2D")
    more = building.with_filters(network, SHAPE, 0, [None, 3, None, 0], rng)
    first, last = more.layers[0], more.layers[2]
    old, behind = network.layers[0], network.layers[2]
    assert isinstance(first, Conv2D) and isinstance(old, Conv2D) and isinstance(last, Conv2D)
    assert isinstance(behind, Conv2D)
    assert equal(frozen(first.kernel[..., [1, 3]]), frozen(old.kernel[..., [3, 0]]))
    assert equal(frozen(last.kernel[:, :, [1, 3]]), frozen(behind.kernel[:, :, [3, 0]]))
    assert first.kernel[..., 0].any() and last.kernel[:, :, 2].any()


def test_the_number_of_filters_keeps_the_first_ones(rng: Rng) -> None:
    network = built("Conv2D", "MaxPooling2D", "Flatten", "Dense")
    fewer = building.with_filter_count(network, SHAPE, 0, 2, rng)
    assert fewer.shapes(SHAPE)[1] == (8, 8, 2) and fewer.problems(SHAPE) == ()
    before, after = network.layers[3], fewer.layers[3]
    assert isinstance(before, Dense) and isinstance(after, Dense)
    kept = before.kernel.reshape(16, 4, 10)[:, :2].reshape(32, 10)
    assert equal(after.kernel, frozen(kept))
    units = building.with_filter_count(network, SHAPE, 3, 3, rng).layers[3]
    assert isinstance(units, Dense) and equal(units.kernel, frozen(before.kernel[:, :3]))
    with pytest.raises(Refused, match="1 to 4096 filters"):
        building.with_filter_count(network, SHAPE, 0, 0, rng)


def test_more_kernels_a_channel_carry_the_channels_along(rng: Rng) -> None:
    network = built("DepthwiseConv2D", "Conv2D")
    twice = building.with_depth_multiplier(network, SHAPE, 0, 2, rng)
    assert twice.shapes(SHAPE)[1] == (8, 8, 4)
    before, after = network.layers[1], twice.layers[1]
    assert isinstance(before, Conv2D) and isinstance(after, Conv2D)
    assert equal(frozen(after.kernel[:, :, [0, 2]]), before.kernel)
    assert building.with_depth_multiplier(twice, SHAPE, 0, 1, rng) == network
    separable = built("SeparableConv2D", "Conv2D")
    assert building.with_depth_multiplier(separable, SHAPE, 0, 3, rng).layers[1] is separable.layers[1]


# Weights that fit


def handbook_like(padding: str = "same") -> Document:
    network = built("Conv2D", "Flatten", "Dense", shape=(8, 8, 1))
    layer = network.layers[0]
    assert isinstance(layer, Conv2D)
    image = Image(np.random.default_rng(0).normal(size=(8, 8, 1)))
    return Document(image, network.with_layer(0, replace(layer, padding=padding)))


def test_what_was_drawn_anew_is_told(rng: Rng) -> None:
    before = handbook_like()
    after = before.with_layer(0, replace(before.network.layers[0], padding="valid"))  # type: ignore[call-arg]
    network, told = building.refitted(after.network, (8, 8, 1), rng)
    assert network.problems((8, 8, 1)) == ()
    assert str(told) == "Dense 10: its weights were drawn anew for 144 inputs."
    assert network.layers[0] is after.network.layers[0]
    assert evaluate(Document(before.image, network)).maps[-1].shape == (1, 1, 10)
    assert building.refitted(network, (8, 8, 1), rng) == (network, None)


def test_whoever_can_not_wait_is_told_so_at_once() -> None:
    shape = (32, 32, 1)
    network = built("Conv2D", "MaxPooling2D", "Flatten", "Dense", shape=shape)
    large = building.with_filter_count(network, shape, 3, 600, patient())
    slow: tuple[Any, ...] = (
        lambda rng: building.with_filter_count(network, shape, 3, 600, rng),
        lambda rng: building.with_filters(large, shape, 0, [3, 2, 1, 0], rng),
        lambda rng: building.without(large, shape, 1, rng),
    )
    for build in slow:
        with pytest.raises(TakesLong):
            build(hasty())
        assert build(patient()).problems(shape) == ()
    assert len(building.with_added(large, shape, 1, "Activation", hasty()).layers) == 5, "nothing large is touched"


def test_several_layers_are_told_of_together(rng: Rng) -> None:
    network = built("Conv2D", "Conv2D", "BatchNormalization", "Flatten", "Dense", shape=(8, 8, 1))
    after = network.with_layer(0, network.layers[0].with_filters(2, rng)).fitted((8, 8, 1), rng)
    assert str(building.drawn_anew(network, after, (8, 8, 1), new=range(1))).endswith(
        "its weights were drawn anew for 2 channels."
    )
    both = network.with_layers(network.layers[2:]).fitted((8, 8, 1), rng)
    said = str(building.drawn_anew(network, both, (8, 8, 1)))
    assert said == "BatchNorm: its weights were drawn anew for 1 channels. So were those of 1 more layers."


def test_a_layer_that_no_weights_can_mend_is_not_unfit() -> None:
    assert not building.is_unfit(Dense(), (3, 3, 2)), "it needs a Flatten before it"
    assert building.is_unfit(Dense(), (1, 1, 2))
    assert building.is_unfit(Conv2D(), (7, 7, 2))
    assert not building.is_unfit(Conv2D(), (1, 7, 1))
    assert not building.is_unfit(MaxPooling2D(), (1, 1, 2))
    assert not building.is_unfit(Flatten(), (3, 3, 2))

"""Why convolution, in words: sentences on the costs of a layer, and how its counts are written."""

from __future__ import annotations

from math import prod

from cnn_explorer.network.costs import Cost, Costs, Factors, costs
from cnn_explorer.network.layers.layer import Layer, Shape
from cnn_explorer.network.sentence import Sentence, say
from cnn_explorer.network.summary import written_shape

MOST_WRITTEN_OUT = 10**10
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def reasons(layer: Layer, shape: Shape, map_shape: Shape | None = None) -> tuple[Sentence, ...]:
    """Why the layer costs what it costs for an input of `shape`, where it can be applied; `map_shape` as in `costs`."""
    found = costs(layer, shape, map_shape)
    if found is None:
        return _without_kernel(layer, shape)
    return _of_convolution(found) if found.local else _of_connected(found)


def _without_kernel(layer: Layer, shape: Shape) -> tuple[Sentence, ...]:
    if layer.by_keras:
        return _of_keras(layer, shape)
    trained, kept, products = layer.parameter_count(shape), layer.frozen_count(shape), layer.multiply_adds(shape)
    if not trained:
        return (
            say("This layer has no parameters: there is nothing in it to be learnt."),
            say("It has no weights to multiply with: multiply-adds 0."),
        )
    rows, columns, channels = shape
    found = [
        say(
            "This layer has {count} parameters: {each} for each of {channels} channels, shared by {places} positions.",
            count=grouped(trained), each=trained // channels, channels=channels, places=grouped(rows * columns),
        ),
        say("Multiply-adds: {count}.", count=grouped(products)),
    ]  # fmt: skip
    if kept:
        found.append(say("And {count} numbers that it keeps, but that no gradient changes.", count=grouped(kept)))
    return tuple(found)


def _of_keras(layer: Layer, shape: Shape) -> tuple[Sentence, ...]:
    counts = say("It has {count} parameters; how many multiply-adds it takes is not known.",
                 count=grouped(layer.parameter_count(shape)))  # fmt: skip
    return counts, unexplained(layer)


def unexplained(layer: Layer) -> Sentence:
    """Says of a layer that only Keras computes that there is no more to be told."""
    return say(
        "{label} is a layer of Keras's own. How it works is not explained here; its maps are computed by Keras.",
        label=layer.label(),
    )


def _of_convolution(found: Costs) -> tuple[Sentence, ...]:
    own, connected = found.convolution, found.connected
    return (_locality(own, prod(found.inputs)), _sharing(own, connected), *_saved_products(own, connected))


def _locality(own: Cost, inputs: int) -> Sentence:
    if own.reads >= inputs:
        return say("The window covers the whole input: here each output looks at everything, as if fully connected.")
    places = {"read": grouped(own.reads), "inputs": grouped(inputs)}
    if own.reads < prod(own.kernel):
        return say(
            "Local: each output looks only at its window, at most {read} of the {inputs} input numbers.", **places
        )
    return say(
        "Local: each output looks only at its window, {window} = {read} of the {inputs} input numbers.",
        window=factors_text(own.kernel), **places,
    )  # fmt: skip


def _sharing(own: Cost, connected: Cost) -> Sentence:
    places, filters = prod(own.outputs[:2]), own.outputs[2]
    counts = {"own": grouped(own.parameters), "connected": grouped(connected.parameters)}
    if places == 1:
        return say("There is only one position, so there is nothing to share.")
    if own.parameters >= connected.parameters:
        return say(
            "The map is so small that sharing saves nothing: {own} parameters against {connected} fully connected.",
            **counts,
        )
    if filters == 1:
        return say(
            "Shared: all {places} outputs use the same kernel, so {own} parameters do what would take {connected}.",
            places=grouped(places), **counts,
        )  # fmt: skip
    return say(
        "Shared: each of {filters} kernels is used at all {places} positions, so {own} parameters do what would take "
        "{connected}.",
        filters=grouped(filters), places=grouped(places), **counts,
    )  # fmt: skip


def _saved_products(own: Cost, connected: Cost) -> tuple[Sentence, ...]:
    if own.multiplications >= connected.multiplications:
        return ()
    return (
        say(
            "Looking locally saves multiplications too: {own} in place of {connected}.",
            own=grouped(own.multiplications), connected=grouped(connected.multiplications),
        ),
    )  # fmt: skip


def _of_connected(found: Costs) -> tuple[Sentence, ...]:
    own, other, places = found.connected, found.convolution, prod(found.inputs[:2])
    first = say(
        "Fully connected: each of {outputs} outputs has a weight of its own for each of {inputs} input numbers.",
        outputs=grouped(prod(own.outputs)), inputs=grouped(prod(found.inputs)),
    )  # fmt: skip
    if places == 1:
        return first, say("Its input has no rows and columns, so there is nothing that a convolution could share.")
    second = say(
        "A {size} convolution over the {map} map would share each of its {filters} kernels among {places} positions: "
        "{count} parameters.",
        size=size_text(other.kernel), map=written_shape(found.inputs), filters=grouped(other.outputs[2]),
        places=grouped(places), count=grouped(other.parameters),
    )  # fmt: skip
    third = say(
        "But that gives {local} numbers, one for each position and kernel, where this layer gives {own}.",
        local=grouped(prod(other.outputs)), own=grouped(prod(own.outputs)),
    )  # fmt: skip
    return first, second, third


def ratio_text(ratio: float) -> str:
    """How many times as much, as people say it: "125", "2.5", and "125,000" from "124,998.2"."""
    if ratio >= 10:
        return grouped(round(ratio))
    return f"{ratio:.1f}".rstrip("0").rstrip(".")


def factors_text(factors: Factors) -> str:
    """3×3, and 3×3×8 where the last factor is not 1."""
    shown = factors[:-1] if len(factors) > 1 and factors[-1] == 1 else factors
    return "×".join(map(str, shown))


def size_text(kernel: Shape) -> str:
    """Rows and columns alone: 3×3."""
    return f"{kernel[0]}×{kernel[1]}"


def terms_text(cost: Cost, short: bool = False) -> str:
    """The parameters that make one output as a sum: "3×3 + 1". Several products are multiplied out if it is `short`."""
    if short and len(cost.terms) > 1:
        terms = [grouped(prod(term)) for term in cost.terms]
    else:
        terms = [factors_text(term) for term in cost.terms]
    return " + ".join([*terms, *(["1"] if cost.biases else [])])


def weights_text(cost: Cost, kernels: int) -> str:
    """All weights as those of one neuron times so many kernels, if they are: "49 × 25 = 1,225"."""
    total = grouped(cost.weights)
    return f"{grouped(cost.each_weights)} × {grouped(kernels)} = {total}" if _is_product(cost, kernels) else total


def _is_product(cost: Cost, kernels: int) -> bool:
    return cost.each_weights * kernels == cost.weights


def grouped(number: int) -> str:
    """A count with its thousands set apart by commas, as in every language that the program speaks.

    From ten thousand million on, three digits and a power of ten: "2.81×10¹⁴".
    """
    if number < MOST_WRITTEN_OUT:
        return f"{number:,}"
    mantissa, exponent = f"{number:.2e}".split("e+")
    return f"{mantissa}×10{exponent.lstrip('0').translate(_RAISED)}"


def bytes_text(count: int) -> Sentence:
    """So many bytes in the unit that suits them, to three digits."""
    kilo, mega = count / 10**3, count / 10**6
    if count < 1000:
        return say("{number} bytes", number=count)
    if kilo < 999.5:
        return say("{number} kB", number=f"{kilo:.3g}")
    return say("{number} MB", number=f"{mega:.3g}" if mega < 999.5 else f"{mega:,.0f}")

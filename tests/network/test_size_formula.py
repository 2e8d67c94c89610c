"""The written formula says what the axis computes."""

from fractions import Fraction
from math import floor

from hypothesis import assume, given
from hypothesis import strategies as st

from cnn_explorer.network.geometry import Axis
from cnn_explorer.network.size_formula import extent_formula, plain, size_formula, spread_formula

one_to_four, none_to_nine = st.integers(1, 4), st.integers(0, 9)
axes = st.builds(
    Axis, st.integers(1, 30), st.integers(1, 7), one_to_four, one_to_four, before=none_to_nine, after=none_to_nine
)


def computed(text: str) -> int:
    """The left side of a formula as a reader would work it out."""
    left = text.split(" = ")[0].replace("\u2212", "-").replace("·", "*")
    left = left.replace("⌊", "floor(Fraction").replace(") / ", ") / ").replace("⌋", ")")
    return int(eval(left, {"floor": floor, "Fraction": Fraction}))


@given(axes)
def test_the_size_formula_gives_the_output_of_the_axis(axis):
    assume(axis.output > 0)
    text = plain(size_formula(axis))
    assert computed(text) == axis.output
    assert text.endswith(f"= {axis.output}")


@given(axes)
def test_the_extent_formula_gives_the_extent(axis):
    assume(axis.dilation > 1)
    assert computed(plain(extent_formula(axis))) == axis.extent


def test_the_handbook_formula():
    assert plain(size_formula(Axis(7, 3))) == "⌊(7 + 0 − 3) / 1⌋ + 1 = 5"
    assert extent_formula(Axis(7, 3)) == ()


def test_dilation_and_padding_are_in_it():
    axis = Axis(7, 3, stride=2, dilation=2, before=1, after=1)
    assert plain(extent_formula(axis)) == "(3 − 1) · 2 + 1 = 5"
    assert plain(size_formula(axis)) == "⌊(7 + 2 − 5) / 2⌋ + 1 = 3"


def test_roles_are_those_of_the_numbers():
    roles = {piece.role: piece.text for piece in size_formula(Axis(7, 3, before=1, after=1)) if piece.role}
    assert roles == {"input": "2", "kernel": "1", "output": "7"}


def test_where_no_window_fits_the_size_is_marked_as_bad():
    last = size_formula(Axis(7, 7, dilation=4))[-1]
    assert (last.text, last.role) == ("−17", "bad")


def test_an_input_that_is_spaced_out_has_a_formula_of_its_own() -> None:
    axis = Axis(4, 3, before=2, after=2, spacing=2)
    assert plain(spread_formula(axis)) == "(4 − 1) · 2 + 1 = 7"
    assert plain(size_formula(axis)) == "⌊(7 + 4 − 3) / 1⌋ + 1 = 9"
    assert spread_formula(Axis(4, 3)) == ()


def test_upsampling_multiplies() -> None:
    assert plain(size_formula(Axis(4, 1, repeat=2))) == "4 × 2 = 8"

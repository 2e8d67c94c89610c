"""The output size of a window along one axis, written out with its numbers: ⌊(7 + 0 − 3) / 1⌋ + 1 = 5."""

from __future__ import annotations

from dataclasses import dataclass

from cnn_explorer.network.geometry import Axis
from cnn_explorer.network.numbers import MINUS


@dataclass(frozen=True)
class Piece:
    """A part of a formula and the role whose colour it has: "input", "kernel", "output", "bad", or "" for none."""

    text: str
    role: str = ""


Formula = tuple[Piece, ...]


def size_formula(axis: Axis) -> Formula:
    """⌊(size + padding − extent) / stride⌋ + 1 = output; with no window, that is 0 or below, its role "bad".

    Of upsampling, size × repeat = output. Of an input spaced out with zeros, its size is the one that it then has.
    """
    if axis.repeat > 1:
        pieces = (str(axis.size), "input"), (" × ", ""), (str(axis.repeat), "kernel"), (" = ", "")
        return (*(Piece(*piece) for piece in pieces), Piece(str(axis.output), "output"))
    fitting = (axis.padded - axis.extent) // axis.stride + 1
    return (
        Piece("⌊("),
        Piece(str(axis.spread), "input"),
        Piece(" + "),
        Piece(str(axis.before + axis.after), "input"),
        Piece(f" {MINUS} "),
        Piece(str(axis.extent), "kernel"),
        Piece(") / "),
        Piece(str(axis.stride), "kernel"),
        Piece("⌋ + 1 = "),
        Piece(str(fitting).replace("-", MINUS), "output" if fitting > 0 else "bad"),
    )


def extent_formula(axis: Axis) -> Formula:
    """(kernel − 1) · dilation + 1 = extent: what a dilated kernel spans. Empty without a dilation."""
    if axis.dilation == 1:
        return ()
    return (
        Piece("("),
        Piece(str(axis.kernel), "kernel"),
        Piece(f" {MINUS} 1) · "),
        Piece(str(axis.dilation), "kernel"),
        Piece(" + 1 = "),
        Piece(str(axis.extent), "kernel"),
    )


def spread_formula(axis: Axis) -> Formula:
    """(size − 1) · spacing + 1 = spread: an input whose cells stand apart, zeros between them. Empty without zeros."""
    if axis.spacing == 1:
        return ()
    return (
        Piece("("),
        Piece(str(axis.size), "input"),
        Piece(f" {MINUS} 1) · "),
        Piece(str(axis.spacing), "kernel"),
        Piece(" + 1 = "),
        Piece(str(axis.spread), "input"),
    )


def plain(formula: Formula) -> str:
    """The formula as text alone."""
    return "".join(piece.text for piece in formula)

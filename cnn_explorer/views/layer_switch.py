"""Switching a layer off and on: see `layer_edits`."""

from cnn_explorer.views.layer_edits import switch_layer

__all__ = ["switch_layer"]

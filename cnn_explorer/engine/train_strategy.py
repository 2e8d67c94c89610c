"""On what a training runs: one device, several accelerators of this machine, or several machines."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from typing import Any

import tensorflow as tf

from cnn_explorer.network.sentence import Refused, say

CLUSTER = "TF_CONFIG"
"""The variable that says which machines train together, and which of them this is."""


def make_strategy(devices: Sequence[str] | None = None) -> Any:
    """The `tf.distribute` strategy for this machine: to be made before TensorFlow does anything else.

    Several machines where TF_CONFIG names them; else several devices, all accelerators where `devices` names none; else
    the strategy that does nothing. Raises Refused where TF_CONFIG can't be read.
    """
    if len(_workers()) > 1:
        return tf.distribute.MultiWorkerMirroredStrategy()
    found = devices or [each.name for each in tf.config.list_logical_devices("GPU")]
    return tf.distribute.MirroredStrategy(found) if len(found) > 1 else tf.distribute.get_strategy()


def is_chief() -> bool:
    """Whether this machine is the one that tells and saves: the first, or the only one."""
    task = _cluster().get("task", {})
    others = "chief" in _cluster().get("cluster", {})
    return len(_workers()) <= 1 or task.get("type") == "chief" or (not others and task.get("index") == 0)


def _workers() -> list[str]:
    cluster = _cluster().get("cluster", {})
    return [*cluster.get("chief", []), *cluster.get("worker", [])]


def _cluster() -> dict[str, Any]:
    text = os.environ.get(CLUSTER, "")
    try:
        values = json.loads(text) if text else {}
    except ValueError as error:
        raise Refused(say("{variable} can't be read: it is not JSON.", variable=CLUSTER), CLUSTER) from error
    if not isinstance(values, dict):
        raise Refused(say("{variable} can't be read: it has no cluster.", variable=CLUSTER), CLUSTER)
    return values

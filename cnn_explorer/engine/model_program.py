"""A SavedModel is run, once, by whoever was told to: in the loader's process only, with all its limits.

No file gets a byte from it: the process may write to none. What it is given and what it gives are plain numbers.
"""

from __future__ import annotations

import os
from typing import Any

import numpy as np

from cnn_explorer.engine.model_limits import limit_files, limit_memory
from cnn_explorer.engine.model_serve import INPUT
from cnn_explorer.files.model_look_saved import SAVED_MODEL, look_at_saved_model
from cnn_explorer.files.model_look_words import Unfit, refusal, shown
from cnn_explorer.files.opening import cannot_open, display_name, quoted
from cnn_explorer.files.saved_program import MOST_OUTPUTS, MOST_VALUES, program_in
from cnn_explorer.network.arrays import Floats
from cnn_explorer.network.sentence import Refused, say

RUN_MEMORY = 1_500_000_000
"""Bytes that it may take besides what its variables do."""
COPIES = 3
LARGEST_VARIABLES = 1_000_000_000
LONGEST_REASON = 120
_WHERE = ("Graph execution error", "Detected at node", "<stack traces", "[[")


def memory_for(path: str) -> int:
    """Bytes that running the SavedModel in a folder may take. Raises: Refused where its files are too large."""
    sizes = [
        os.path.getsize(os.path.join(folder, name)) for folder, _, names in os.walk(path) for name in names
        if name != SAVED_MODEL
    ]  # fmt: skip
    if sum(sizes) > LARGEST_VARIABLES:
        raise refusal(
            path, Unfit(say("its files are too large: {size} MB, and the limit is {limit} MB",
                            size=sum(sizes) // 10**6, limit=LARGEST_VARIABLES // 10**6))
        )  # fmt: skip
    return RUN_MEMORY + COPIES * sum(sizes)


def run_program(path: str, folder: str, memory: int) -> list[dict[str, Any]]:
    """What the program in a SavedModel's folder makes of the pixels in `folder`, as plain values.

    Raises: Refused, where it has changed into one that may not be run, fails, or takes too much memory.
    """
    import tensorflow as tf

    program = program_in(path, look_at_saved_model(path))
    pixels = np.load(os.path.join(folder, INPUT), allow_pickle=False)
    os.chdir(folder)
    limit_files(0)
    limit_memory(memory, final=True)
    try:
        call = tf.saved_model.load(path).signatures[program.signature]
        given = {program.image: tf.constant(pixels)} | {each.name: tf.constant(each.value) for each in program.others}
        specs = call.structured_input_signature[1]
        found = call(**{name: _as(tf, given[shown(name)], spec) for name, spec in specs.items()})
        outputs = sorted(found.items())[:MOST_OUTPUTS]
        return [_plain(name, _of_first(tensor.numpy(), program.batch)) for name, tensor in outputs]
    except MemoryError as error:
        raise cannot_open(path, say("it takes more memory than it may")) from error
    except Exception as error:  # whatever a program can do
        raise Refused(
            say("{file} failed when it was run: {reason}", file=display_name(path), reason=_in_short(error))
        ) from error


def _as(tf: Any, value: Any, spec: Any) -> Any:
    """A value as the program takes it: of its type, and a single number in the shape that it has there."""
    return tf.cast(value if value.shape.rank else tf.fill(spec.shape, value), spec.dtype)


def _of_first(values: Any, batch: int) -> Any:
    """What was given for the first of so many images."""
    return values[:1] if batch > 1 and np.ndim(values) and len(values) == batch else values


def _in_short(error: Exception) -> str:
    """What went wrong, without where: TensorFlow's messages begin and end with that."""
    lines = [line.strip() for line in str(error).splitlines()]
    told = [line for line in lines if line and not line.startswith(_WHERE)]
    return quoted(told[0] if told else type(error).__name__, LONGEST_REASON)


def _plain(name: str, values: Any) -> dict[str, Any]:
    array: Floats = np.asarray(values).astype(np.float32)
    summary = {"least": array.min(), "mean": array.mean(), "greatest": array.max()} if array.size else {}
    return {
        "name": shown(name), "type": str(values.dtype), "shape": list(array.shape),
        **{key: float(value) for key, value in ({"least": 0, "mean": 0, "greatest": 0} | summary).items()},
        "values": array.ravel().tolist() if array.size <= MOST_VALUES else [],
    }  # fmt: skip

"""Fields that name functions and classes: only Keras's own, each on a list, and never a registered one.

Keras resolves such a name by importing and calling what it finds. Here a name is either on a list, and is then written
down again in one spelling, or the file is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cnn_explorer.files.model_look_fields import Check, Place, number, optional, whole
from cnn_explorer.files.model_look_words import Unfit, dotted, shown
from cnn_explorer.network.sentence import say

ACTIVATIONS = frozenset({
    "celu", "elu", "exponential", "gelu", "glu", "hard_shrink", "hard_sigmoid", "hard_silu", "hard_swish",
    "hard_tanh", "leaky_relu", "linear", "log_sigmoid", "log_softmax", "mish", "relu", "relu6", "selu",
    "sigmoid", "silu", "soft_shrink", "softmax", "softplus", "softsign", "sparse_plus", "sparse_sigmoid",
    "sparsemax", "squareplus", "swish", "tanh", "tanh_shrink", "threshold",
})  # fmt: skip
_INITIALIZERS = frozenset({
    "Constant", "GlorotNormal", "GlorotUniform", "HeNormal", "HeUniform", "Identity", "IdentityInitializer",
    "LecunNormal", "LecunUniform", "Ones", "Orthogonal", "OrthogonalInitializer", "RandomNormal",
    "RandomUniform", "TruncatedNormal", "VarianceScaling", "Zeros",
})  # fmt: skip
_INITIALIZER_WORDS = frozenset({
    "constant", "glorot_normal", "glorot_uniform", "he_normal", "he_uniform", "identity", "lecun_normal",
    "lecun_uniform", "normal", "one", "ones", "orthogonal", "random_normal", "random_uniform",
    "truncated_normal", "uniform", "variance_scaling", "zero", "zeros",
})  # fmt: skip
_FLOAT_TYPES = frozenset({
    "bfloat16", "float16", "float32", "float64", "mixed_bfloat16", "mixed_float16",
})  # fmt: skip
_INPUT_TYPES = _FLOAT_TYPES | frozenset({
    "bool", "int16", "int32", "int64", "int8", "uint16", "uint32", "uint8",
})  # fmt: skip
_FACTOR, _AXIS = number(0), whole(-8, 8)
_REGULARIZERS: Mapping[str, Mapping[str, Check]] = {
    "L1": {"l1": _FACTOR},
    "L2": {"l2": _FACTOR},
    "L1L2": {"l1": optional(_FACTOR), "l2": optional(_FACTOR)},
}
_REGULARIZER_WORDS = {"l1": "L1", "l2": "L2", "l1_l2": "L1L2"}
_CONSTRAINTS: Mapping[str, Mapping[str, Check]] = {
    "MaxNorm": {"max_value": _FACTOR, "axis": _AXIS},
    "MinMaxNorm": {"min_value": _FACTOR, "max_value": _FACTOR, "rate": _FACTOR, "axis": _AXIS},
    "NonNeg": {},
    "UnitNorm": {"axis": _AXIS},
}
_CONSTRAINT_WORDS = {"max_norm": "MaxNorm", "min_max_norm": "MinMaxNorm", "non_neg": "NonNeg", "unit_norm": "UnitNorm"}
_OBJECT = frozenset(
    {"module", "class_name", "config", "registered_name", "shared_object_id", "__passive_serialization__"}
)
_LAYER_NAMES = ("keras.layers", "keras.src.layers")


def is_keras(module: Any, rooms: tuple[str, ...]) -> bool:
    """Whether a "module" is one of Keras's rooms or inside of one; old files have none."""
    return module is None or (isinstance(module, str) and any(f"{module}.".startswith(f"{room}.") for room in rooms))


def insist_on_unregistered(entry: Mapping[str, Any], name: Any, place: Place) -> None:
    """Raises Unfit where an object is registered under another name than its own: it is not Keras's."""
    registered = entry.get("registered_name")
    if registered is not None and registered != name:
        raise _not_listed(registered, place)


def activation(value: Any, place: Place) -> Any:
    """The name of an activation; or a layer that is one, as an object of `keras.layers`."""
    name = value
    if isinstance(value, dict):
        if value.get("class_name") != "function":
            return _activation_layer(value, place)
        name = value.get("config")
        if not is_keras(value.get("module"), ("builtins", "keras.activations", "keras.src.activations")):
            raise _not_listed(dotted(value.get("module"), name), place)
        insist_on_unregistered(value, name, place)
    if name is None:
        return "linear"
    if not isinstance(name, str) or name not in ACTIVATIONS:
        raise _not_listed(name, place)
    return name


_ACTIVATION_LAYERS: Mapping[str, Mapping[str, Check]] = {
    "ReLU": {"max_value": optional(number(0)), "negative_slope": optional(_FACTOR), "threshold": optional(_FACTOR)},
    "LeakyReLU": {"negative_slope": _FACTOR},
    "ELU": {"alpha": _FACTOR},
    "Softmax": {"axis": _AXIS},
}


def _activation_layer(value: dict[str, Any], place: Place) -> dict[str, Any]:
    name = _class_of(value, place, _LAYER_NAMES, _ACTIVATION_LAYERS)
    config = {key: each for key, each in _config_of(value, place).items() if key not in ("name", "trainable", "dtype")}
    return _written("keras.layers", name, config, _ACTIVATION_LAYERS[name], place)


def initializer(value: Any, place: Place) -> None:
    """A known one. It is not kept: the weights come from the file, and drawing others first takes time."""
    if value is None or (isinstance(value, str) and value in _INITIALIZER_WORDS | _INITIALIZERS):
        return
    rooms = ("keras.initializers", "keras.src.initializers")
    _class_of(value, place, rooms, _INITIALIZERS | _INITIALIZER_WORDS)
    if any(isinstance(each, dict) for each in _config_of(value, place).values()):
        raise _not_listed(value.get("config"), place)


def regularizer(value: Any, place: Place) -> Any:
    """null, or one of Keras's regularizers as an object."""
    if isinstance(value, str):
        value = {"class_name": _REGULARIZER_WORDS.get(value, value), "config": {}}
    return _object(value, place, "regularizers", _REGULARIZERS)


def constraint(value: Any, place: Place) -> Any:
    """null, or one of Keras's constraints as an object."""
    if isinstance(value, str):
        value = {"class_name": _CONSTRAINT_WORDS.get(value, value), "config": {}}
    return _object(value, place, "constraints", _CONSTRAINTS)


def number_type(value: Any, place: Place, known: frozenset[str] = _FLOAT_TYPES) -> str:
    """The name of a type of numbers, or of a policy for them."""
    if value is None:
        return "float32"
    name = value
    if isinstance(value, dict):
        _class_of(
            value, place, ("keras", "keras.dtype_policies", "keras.src.dtype_policies"), ("DTypePolicy", "Policy")
        )
        name = _config_of(value, place).get("name")
    if not isinstance(name, str) or name not in known:
        raise _not_listed(name, place)
    return name


def input_type(value: Any, place: Place) -> str:
    """The type of numbers of an input: whole numbers, too."""
    return number_type(value, place, _INPUT_TYPES)


def seed(value: Any, place: Place) -> int | None:
    """null, a whole number, or the object that Keras keeps one in."""
    if isinstance(value, dict):
        _class_of(value, place, ("keras.random", "keras.src.random"), ("SeedGenerator",))
        value = _config_of(value, place).get("seed")
    return None if value is None else int(whole(-(2**63), 2**63)(value, place))


def _object(value: Any, place: Place, room: str, known: Mapping[str, Mapping[str, Check]]) -> Any:
    if value is None:
        return None
    name = _class_of(value, place, (f"keras.{room}", f"keras.src.{room}"), known)
    return _written(f"keras.{room}", name, _config_of(value, place), known[name], place)


def _class_of(value: Any, place: Place, rooms: tuple[str, ...], known: Any) -> str:
    """The class of an object, where it is Keras's and on the list."""
    if not isinstance(value, dict) or not _OBJECT.issuperset(value):
        raise _not_listed(value, place)
    name = value.get("class_name")
    if not isinstance(name, str) or name not in known or not is_keras(value.get("module"), rooms):
        raise _not_listed(dotted(value.get("module"), name), place)
    insist_on_unregistered(value, name, place)
    return name


def _config_of(value: dict[str, Any], place: Place) -> dict[str, Any]:
    config = value.get("config")
    if not isinstance(config, dict | None):
        raise _not_listed(config, place)
    return config or {}


def _written(
    module: str, name: str, config: dict[str, Any], fields: Mapping[str, Check], place: Place
) -> dict[str, Any]:
    checked = {}
    for key, each in config.items():
        if key not in fields:
            raise place.refuse(say("has a field that is not known: {name}", name=shown(key)))
        checked[key] = fields[key](each, place)
    return {"module": module, "class_name": name, "config": checked, "registered_name": None}


def _not_listed(name: Any, place: Place) -> Unfit:
    return place.refuse(say("is {name}, which is not on the list of what is allowed", name=shown(name)))

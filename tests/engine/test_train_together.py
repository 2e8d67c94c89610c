"""Several devices and several machines learn the same as one, from the same batches."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from tests.engine.test_train_command import command, events, folder  # noqa: F401 (a fixture)
from tests.engine.train_setting import Witness, job

CHECKOUT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")


def free_ports(count):
    """Ports of this machine that nobody listens at; skips where there are no sockets."""
    sockets = []
    try:
        for _ in range(count):
            sockets.append(socket.socket())
            sockets[-1].bind(("localhost", 0))
        return [each.getsockname()[1] for each in sockets]
    except OSError as error:
        pytest.skip(f"no sockets on this machine: {error}")
    finally:
        for each in sockets:
            each.close()


def alone(chosen, data, strategy=None):
    """The weights after a job in this process, and what was told."""
    from cnn_explorer.engine.train_run import begin_training

    witness = Witness()
    training = begin_training(chosen, data, witness, strategy)
    training.run()
    return training.trained.weights(), witness


@pytest.mark.timeout(150)
def test_two_workers_on_this_machine_learn_what_one_does(keras, folder):  # noqa: F811
    from cnn_explorer.engine.train_networks import network_named
    from cnn_explorer.files.training_data import read_training_data
    from cnn_explorer.network.training import DataSpec, Job, TrainingSettings

    workers = [f"localhost:{port}" for port in free_ports(2)]
    out = folder / "together.keras"
    document, images = folder / "document.json", folder / "images"
    arguments = (document, "--data", images, "--out", out, "--batch-size", 10, "--epochs", 2, "--json")
    processes = []
    try:
        for index in range(2):
            cluster = {"cluster": {"worker": workers}, "task": {"type": "worker", "index": index}}
            processes.append(
                subprocess.Popen(
                    command(*arguments), cwd=CHECKOUT, env={**os.environ, "TF_CONFIG": json.dumps(cluster)},
                    stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                )
            )  # fmt: skip
        settings = TrainingSettings(batch_size=10, epochs=2)
        network, shape = network_named(str(document))
        spec = DataSpec("folder", str(images))
        data = read_training_data(spec, shape, settings.validation_share, settings.seed, lambda *told: None)
        expected, witness = alone(Job(network, shape, spec, settings), data)
        outcomes = [each.communicate() for each in processes]
    finally:
        for each in processes:
            each.kill()
            each.wait()
    assert [each.returncode for each in processes] == [0, 0], outcomes
    assert outcomes[1][0] == outcomes[1][1] == ""  # one of them tells and saves
    told = [each for each in map(json.loads, outcomes[0][0].splitlines()) if each["event"] == "epoch"]
    for ours, theirs in zip(told, witness.all("epoch"), strict=True):
        assert ours["loss"] == pytest.approx(theirs.loss, abs=1e-4)
        assert ours["val_loss"] == pytest.approx(theirs.val_loss, abs=1e-4)
    saved = keras.models.load_model(out).get_weights()
    for ours, theirs in zip(saved, expected.values(), strict=True):
        np.testing.assert_allclose(ours, theirs, atol=1e-4)


MIRRORED = """
import sys
import numpy as np
import tensorflow as tf
cpu = tf.config.list_physical_devices("CPU")[0]
tf.config.set_logical_device_configuration(cpu, [tf.config.LogicalDeviceConfiguration()] * 2)
from cnn_explorer.engine.train_strategy import make_strategy
strategy = make_strategy(["CPU:0", "CPU:1"])
from tests.engine.test_train_together import alone, normalised
from tests.engine.train_setting import data
assert strategy.num_replicas_in_sync == 2
for with_statistics in (False, True):
    out = f"{sys.argv[1]}/{with_statistics}"
    weights, witness = alone(normalised(with_statistics, out + ".keras"), data(train=119), strategy)
    np.savez(out + ".npz", *weights.values(), losses=[each.loss for each in witness.all("epoch")])
"""


@pytest.fixture(scope="module")
def mirrored(keras, tmp_path_factory):
    """A folder with what two devices have learnt: weights, losses and a checkpoint, with statistics and without."""
    out = tmp_path_factory.mktemp("mirrored")
    command = [sys.executable, "-c", MIRRORED, out]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    return out


def normalised(with_statistics, checkpoint=""):
    """A job; of a network whose BatchNormalization takes each device's own statistics, if it is to have any."""
    from cnn_explorer.network.arrays import frozen
    from cnn_explorer.network.layers import BatchNormalization
    from cnn_explorer.network.network import Network
    from tests.engine.train_setting import network

    if not with_statistics:
        return job(checkpoint)
    first, *rest = network().layers
    normal = BatchNormalization(gamma=frozen(np.ones(4)), beta=frozen(np.zeros(4)), moving_mean=frozen(np.zeros(4)),
                                moving_variance=frozen(np.ones(4)))  # fmt: skip
    return job(checkpoint, of=Network((first, normal, *rest)))


@pytest.mark.timeout(120)
@pytest.mark.parametrize("with_statistics", [False, True])
def test_two_devices_learn_what_one_does(keras, mirrored, with_statistics):
    """119 images in batches of 10: the last batch can't be halved."""
    from tests.engine.train_setting import data

    expected, witness = alone(normalised(with_statistics), data(train=119))
    with np.load(mirrored / f"{with_statistics}.npz") as found:
        ours = [found[name] for name in found.files if name != "losses"]
        losses = found["losses"]
    tolerance = 0.3 if with_statistics else 1e-4  # means over five images are not those over ten
    np.testing.assert_allclose(losses, [each.loss for each in witness.all("epoch")], atol=tolerance)
    for one, other in zip(ours, expected.values(), strict=True):
        np.testing.assert_allclose(one, other, atol=tolerance)
    assert len(keras.models.load_model(mirrored / f"{with_statistics}.keras").get_weights()) == len(ours)


@pytest.mark.parametrize("value", ["{", "[]", "3"])
def test_a_cluster_that_can_not_be_read_is_a_sentence(monkeypatch, value):
    pytest.importorskip("tensorflow")
    from cnn_explorer.engine.train_strategy import is_chief
    from cnn_explorer.network.sentence import Refused

    monkeypatch.setenv("TF_CONFIG", value)
    with pytest.raises(Refused, match="TF_CONFIG can't be read"):
        is_chief()


def test_who_is_the_chief(monkeypatch):
    pytest.importorskip("tensorflow")
    from cnn_explorer.engine.train_strategy import is_chief

    def among(cluster, kind, index):
        monkeypatch.setenv("TF_CONFIG", json.dumps({"cluster": cluster, "task": {"type": kind, "index": index}}))
        return is_chief()

    monkeypatch.delenv("TF_CONFIG", raising=False)
    assert is_chief()
    two = {"worker": ["a:1", "b:1"]}
    assert among(two, "worker", 0) and not among(two, "worker", 1)
    three = {"chief": ["c:1"], **two}
    assert among(three, "chief", 0) and not among(three, "worker", 0)
    assert among({"worker": ["a:1"]}, "worker", 0)

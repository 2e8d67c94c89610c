"""A training in this process: it learns as Keras does, stops and goes on, and comes back from what goes wrong."""

import json
import zipfile
from dataclasses import replace

import numpy as np
import pytest

from cnn_explorer.files.model_look import looked_at
from cnn_explorer.files.training_record import read_record
from cnn_explorer.network.arrays import frozen
from cnn_explorer.network.document import Document, Image
from cnn_explorer.network.layers import BatchNormalization, Dropout
from cnn_explorer.network.network import Network
from cnn_explorer.network.results import evaluate
from cnn_explorer.network.sentence import Refused
from cnn_explorer.network.training import OPTIMIZERS, weights_of, with_weights
from tests.engine.train_setting import SHAPE, Witness, data, images, job, network

# Keras asks its own variables for an array in a way that numpy 2 warns of.
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")


@pytest.fixture
def begin(keras):
    """Begins a training of a job, with the data of the setting."""
    from cnn_explorer.engine.train_run import begin_training

    return lambda job, witness, given=None: begin_training(job, given or data(), witness)


def agree(ours, theirs, tolerance=1e-5):
    assert list(ours) == list(theirs)
    for key in ours:
        np.testing.assert_allclose(ours[key], theirs[key], atol=tolerance)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_it_learns_with_every_optimizer(begin, optimizer):
    witness = Witness()
    done = begin(job(optimizer=optimizer, epochs=8), witness).run()
    assert done.reason is None and done.step == 96
    assert done.result.accuracy > 0.9
    assert witness.all("epoch")[-1].val_accuracy > 0.9
    losses = [loss for each in witness.all("progress") for loss in each.losses]
    assert len(losses) == 96 and np.mean(losses[-12:]) < np.mean(losses[:12]) / 2
    assert done.history.losses == tuple(losses) and len(done.history.epochs) == 8


@pytest.mark.parametrize("softmax", [True, False])
@pytest.mark.parametrize("optimizer", ["SGD", "Adam"])
def test_a_batch_is_learnt_as_keras_learns_it(begin, keras, optimizer, softmax):
    from cnn_explorer.engine.train_model import TrainedModel

    training = begin(job(of=network(softmax), optimizer=optimizer, learning_rate=0.05), Witness())
    theirs = TrainedModel(network(softmax), SHAPE, training.job.settings)
    for batch in range(5):
        places = training.places(batch)
        ours, right, _ = training.stepper.train(places)
        given = training.data.images[places] / np.float32(255), training.data.labels[places]
        answer = theirs.keras.train_on_batch(*given, return_dict=True)
        theirs.keras.reset_metrics()
        assert ours == pytest.approx(answer["loss"], abs=1e-5)
        assert right == pytest.approx(answer["accuracy"], abs=1e-6)
    agree(training.trained.weights(), theirs.weights())


def test_every_image_is_learnt_from_once_an_epoch_in_the_seed_s_order(begin):
    training, same, other = (begin(job(batch_size=50, seed=seed), Witness()) for seed in (1, 1, 2))
    assert training.batches == 3 and len(training.places(2)) == 20
    whole = np.concatenate([training.places(batch) for batch in range(3)])
    np.testing.assert_array_equal(np.sort(whole), training.data.train)
    np.testing.assert_array_equal(training.places(1), same.places(1))
    assert not np.array_equal(training.places(1), other.places(1))
    first = training.places(0)
    training.epoch = 1
    assert not np.array_equal(training.places(0), first)


def stop(training):
    return True


@pytest.fixture(scope="module")
def straight(keras):
    """The weights of a training that was not stopped, and what it ended with."""
    from cnn_explorer.engine.train_run import begin_training

    training = begin_training(job(), data(), Witness())
    done = training.run()
    return training.trained.weights(), done


@pytest.mark.parametrize("step", [0, 7, 12, 30])
def test_stopped_and_gone_on_with_is_as_if_it_had_never_stopped(begin, straight, tmp_path, step):
    path = tmp_path / "model.keras"
    weights, expected = straight
    witness = Witness({step: stop})
    stopped = begin(job(path), witness).run()
    assert stopped.step == step and stopped.saved == str(path) and stopped.result is not None
    left = with_weights(network(), witness.all("snapshot")[-1].weights)
    again = begin(job(path, go_on=True, of=left), Witness())
    done = again.run()
    agree(again.trained.weights(), weights)
    assert done.step == expected.step
    np.testing.assert_allclose(done.history.losses, expected.history.losses, atol=1e-4)
    for ours, theirs in zip(done.history.epochs, expected.history.epochs, strict=True):
        assert (ours.epoch, ours.step) == (theirs.epoch, theirs.step)
        assert ours.loss == pytest.approx(theirs.loss, abs=1e-4)


def test_going_on_after_the_last_epoch_trains_as_many_again(begin, tmp_path):
    path = tmp_path / "model.keras"
    begin(job(path, epochs=2), Witness()).run()
    done = begin(job(path, epochs=2, go_on=True), Witness()).run()
    assert [each.epoch for each in done.history.epochs] == [0, 1, 2, 3]


def test_going_on_with_other_batches_begins_with_the_next_epoch(begin, tmp_path):
    path = tmp_path / "model.keras"
    begin(job(path), Witness({7: stop})).run()
    training = begin(job(path, batch_size=20, go_on=True), Witness())
    assert (training.epoch, training.batch) == (1, 0)


def test_nothing_to_go_on_with_is_a_sentence(begin, tmp_path):
    with pytest.raises(Refused, match="isn't there"):
        begin(job(tmp_path / "none.keras", go_on=True), Witness())


def test_the_checkpoint_is_a_model_that_keras_opens(begin, keras, tmp_path):
    path = tmp_path / "model.keras"
    witness = Witness()
    done = begin(job(path), witness).run()
    with looked_at(path) as look:
        assert look.plan is not None
    model = keras.models.load_model(path)
    assert int(model.optimizer.iterations) == 36
    pixels, labels = images(30, seed=9)
    assert model.evaluate(pixels / 255, labels, verbose=0)[1] > 0.9
    record = read_record(path)
    assert record.history == done.history and (record.epoch, record.batch, record.step) == (3, 0, 36)
    with zipfile.ZipFile(path) as archive:
        assert "digits.npz" in json.loads(archive.read("training.json"))["data_name"]
    assert witness.all("saved") == [str(path)] * 3  # at each epoch's end, and not once more


def test_the_result_is_what_the_reference_says(begin):
    witness = Witness()
    done = begin(job(epochs=1), witness).run()
    learnt = with_weights(network(), witness.all("snapshot")[-1].weights)
    given = data()
    for place in range(0, 30, 7):
        image = Image(given.images[given.test[place]] / np.float32(255))
        said = evaluate(Document(image, learnt)).maps[-1].reshape(-1)
        np.testing.assert_allclose(done.result.probabilities[place], said, atol=1e-5)
    np.testing.assert_array_equal(done.result.images, given.test + 1000)
    np.testing.assert_array_equal(done.result.labels, given.labels[given.test])


def test_snapshots_come_as_often_as_they_are_wanted(begin):
    often, never = Witness(snapshot_seconds=1e-9), Witness()
    begin(job(), often).run()
    begin(job(), never).run()
    assert [each.step for each in often.all("snapshot")] == [0, *range(1, 37), 36]
    assert [each.step for each in never.all("snapshot")] == [0, 36]
    first, second = (each.weights for each in often.all("snapshot")[:2])
    assert not np.array_equal(first[0, "kernel"], second[0, "kernel"])
    agree(first, weights_of(network()), 0)


def test_progress_adds_up(begin):
    witness = Witness()
    begin(job(), witness).run()
    told = witness.all("progress")
    assert told[0].batch == 1 and (told[-1].step, told[-1].batch, told[-1].batches) == (36, 12, 12)
    assert sum(len(each.losses) for each in told) == sum(len(each.accuracies) for each in told) == 36
    assert told[-1].val_loss is not None and 0 <= told[-1].seconds_left < 5
    ended = witness.all("epoch")[0]
    losses = [loss for each in told for loss in each.losses][:12]
    assert ended.loss == pytest.approx(np.mean(losses))


def poison(training):
    """A weight becomes NaN, as after a step that was too large."""
    weights = training.trained.weights()
    weights[0, "kernel"] = weights[0, "kernel"] * np.float32(np.nan)
    training.trained.set_weights(weights)


def test_weights_that_are_none_stop_it_and_the_last_good_ones_come_back(begin, tmp_path):
    path = tmp_path / "model.keras"
    witness = Witness({20: poison}, snapshot_seconds=1e-9)
    training = begin(job(path, batch_size=1, epochs=9), witness)
    done = training.run()
    assert "At batch 21 weights were NaN or infinite" in str(done.reason)
    assert "weights of batch 20 are back" in str(done.reason)
    assert done.step == training.step == 20 and done.result is not None
    agree(training.trained.weights(), [each for each in witness.all("snapshot") if each.step == 20][0].weights, 0)
    assert all(np.isfinite(values).all() for each in witness.all("snapshot") for values in each.weights.values())
    assert read_record(path).step == 20


def test_they_are_found_within_an_epoch_though_the_loss_stays_finite(begin):
    """A NaN behind a ReLU that is never reached: only a look at the weights finds it."""

    def hidden(training):
        poison(training)
        training.stepper.train = lambda places, vote=False: (0.5, 1.0, vote)

    done = begin(job(), Witness({3: hidden})).run()
    assert "At batch 12 weights were NaN" in str(done.reason) and done.step == 0


def test_a_step_that_is_too_large_ends_the_same_way(begin):
    done = begin(job(optimizer="SGD", learning_rate=10.0, momentum=0.999, epochs=100), Witness()).run()
    assert done.reason is None or "smaller learning rate" in str(done.reason)
    assert np.isfinite(done.result.probabilities).all()


def test_it_ends_early_with_the_best_weights(begin):
    def spoil(training):
        training.trained.learning_rate.assign(1.0)

    witness = Witness({24: spoil}, snapshot_seconds=1e-9)
    training = begin(job(epochs=50, patience=2), witness)
    done = training.run()
    epochs = done.history.epochs
    best = min(epochs, key=lambda each: each.val_loss)
    assert len(epochs) == best.epoch + 3 < 50
    assert f"weights of epoch {best.epoch + 1} are back" in str(done.reason)
    agree(training.trained.weights(), next(e for e in witness.all("snapshot") if e.step == best.step).weights, 0)


def test_a_folder_that_has_vanished_is_told_and_nothing_is_lost(begin, tmp_path):
    witness = Witness()
    done = begin(job(tmp_path / "gone" / "model.keras"), witness).run()
    sentence = str(witness.all("trouble")[0])
    assert sentence.startswith(f"What the training has learnt can't be kept in {tmp_path / 'gone'}. ")
    assert "model.keras was not saved: the folder is no longer there" in sentence
    assert done.step == 12 and done.saved == "" and "not saved" in str(done.notes[0])
    assert done.result is not None and witness.all("snapshot")[-1].step == 12


def test_trouble_that_is_mended_costs_nothing(begin, tmp_path):
    folder = tmp_path / "later"
    witness = Witness({20: lambda training: folder.mkdir()})
    witness.mends = True
    done = begin(job(folder / "model.keras"), witness).run()
    assert len(witness.all("trouble")) == 1 and done.saved == str(folder / "model.keras")
    assert done.step == 36 and read_record(done.saved).step == 36


def test_a_full_disk_leaves_the_last_checkpoint(begin, tmp_path, monkeypatch):
    import errno
    import os

    path = tmp_path / "model.keras"

    def fill(training):
        def full(descriptor, data):
            raise OSError(errno.ENOSPC, "")

        monkeypatch.setattr(os, "write", full)

    done = begin(job(path), Witness({20: fill})).run()
    monkeypatch.undo()
    assert "the disk is full" in str(done.reason) and read_record(path).step == 12
    assert os.listdir(tmp_path) == ["model.keras"]


def test_no_memory_names_batch_and_layer_and_keeps_the_model(begin, keras, tmp_path, monkeypatch):
    import tensorflow as tf

    from cnn_explorer.engine import train_run

    def exhaust(training):
        name = training.trained.keras.layers[0].name

        def train(places, vote):
            raise tf.errors.ResourceExhaustedError(None, None, f"OOM [[{{{{node sequential/{name}/convolution}}}}]]")

        training.stepper.train = train

    path = tmp_path / "model.keras"
    witness = Witness({5: exhaust})
    monkeypatch.setattr(train_run, "read_training_data", lambda *given: data())
    with pytest.raises(Refused, match="from 10 images at once: layer Conv2D 3×3"):
        train_run.run_training(job(path), witness)
    assert read_record(path).step == 5 and witness.all("snapshot")[-1].step == 5


def test_a_batch_that_can_not_fit_is_refused_before(begin, monkeypatch):
    from cnn_explorer.engine import train_run

    monkeypatch.setattr(train_run, "free_memory", lambda: 10_000)
    with pytest.raises(Refused, match="Choose a smaller batch size"):
        begin(job(batch_size=100), Witness())
    assert train_run._guilty(begin(job(batch_size=1), Witness()).trained, "no layer here") is None


def test_networks_that_can_not_be_trained_are_refused(begin):
    with pytest.raises(Refused, match="ends in a map"):
        begin(job(of=network().with_layers(network().layers[:2])), Witness())


def test_layers_that_differ_in_training_are_trained_as_such(begin):
    conv, *rest = network().layers
    normal = BatchNormalization(gamma=frozen(np.ones(4)), beta=frozen(np.zeros(4)), moving_mean=frozen(np.zeros(4)),
                                moving_variance=frozen(np.ones(4)))  # fmt: skip
    given = Network((conv, normal, *rest[:-2], Dropout(rate=0.5), *rest[-2:]))
    witness = Witness()
    begin(job(of=given), witness).run()
    learnt = witness.all("snapshot")[-1].weights
    assert not np.allclose(learnt[1, "moving_mean"], 0)
    assert with_weights(given, learnt).problems(SHAPE) == ()


def test_without_validation_and_test_images_there_is_nothing_to_tell_of_them(begin):
    given = data()
    given = replace(given, validation=given.validation[:0], test=given.test[:0])
    witness = Witness()
    done = begin(job(patience=1), witness, given).run()
    assert done.result is None
    assert all(each.val_loss is None for each in done.history.epochs)
    assert "testing" not in witness.all("state") and "validating" not in witness.all("state")


@pytest.mark.parametrize("layer", [None, 0])
def test_a_step_by_hand_is_the_arithmetic_that_it_shows(begin, layer):
    from cnn_explorer.engine.train_by_hand import ByHand

    training = begin(job(), Witness())
    by_hand, start = ByHand(training), training.trained.weights()
    update = by_hand.forward(0.05, layer)
    shown = list(start) if layer is None else [(0, "kernel"), (0, "bias")]
    assert list(update.old) == list(update.new) == list(update.gradient) == shown
    for key in shown:
        np.testing.assert_array_equal(update.new[key], update.old[key] - np.float32(0.05) * update.gradient[key])
        np.testing.assert_array_equal(update.new[key], training.trained.weights()[key])
    assert update.new_loss < update.loss and update.step == 0
    np.testing.assert_array_equal(update.images, training.places(0) + 1000)
    second = by_hand.forward(0.05, layer)
    np.testing.assert_array_equal(second.images, training.places(1) + 1000)
    assert by_hand.back(layer).step == 1 and by_hand.back(layer).step == 0 and by_hand.back() is None
    agree(training.trained.weights(), start, 0)
    assert training.step == 0


def test_the_gradient_by_hand_is_the_loss_s_slope(begin):
    from cnn_explorer.engine.train_by_hand import ByHand

    training = begin(job(), Witness())
    gradient = ByHand(training).forward(0.0).gradient
    places, start = training.places(0), training.trained.weights()
    for key, place in (((0, "kernel"), (1, 2, 0, 3)), ((4, "kernel"), (5, 1)), ((4, "bias"), (2,))):
        losses = []
        for move in (-1e-2, 1e-2):
            weights = {each: values.copy() for each, values in start.items()}
            weights[key][place] += move
            training.trained.set_weights(weights)
            losses.append(training.stepper.loss(places))
        assert gradient[key][place] == pytest.approx((losses[1] - losses[0]) / 2e-2, abs=2e-3)

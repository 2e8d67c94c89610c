"""The result of a training: accuracy, confusion matrix, and the surest mistakes."""

import numpy as np

from cnn_explorer.network.training_progress import Result

# labels 0 0 1 1 2; the network says 0 1 1 0 2
PROBABILITIES = np.array([[0.9, 0.1, 0], [0.2, 0.8, 0], [0.1, 0.7, 0.2], [0.95, 0.05, 0], [0.3, 0.3, 0.4]], np.float32)
RESULT = Result(np.arange(100, 105), np.array([0, 0, 1, 1, 2]), PROBABILITIES, ("a", "b", "c"))


def test_accuracy_and_confusion():
    assert RESULT.accuracy == 0.6
    np.testing.assert_array_equal(RESULT.predicted, [0, 1, 1, 0, 2])
    np.testing.assert_array_equal(RESULT.confusion, [[1, 1, 0], [1, 1, 0], [0, 0, 1]])
    assert RESULT.confusion.sum() == len(RESULT.labels)


def test_a_cell_and_the_surest_mistakes_first():
    np.testing.assert_array_equal(RESULT.cell(1, 0), [3])
    np.testing.assert_array_equal(RESULT.cell(2, 0), [])
    np.testing.assert_array_equal(RESULT.mistakes(), [3, 1])
    np.testing.assert_array_equal(RESULT.images[RESULT.mistakes(1)], [103])

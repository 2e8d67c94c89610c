"""The limits of the colours: following the data, or held at the largest seen."""

import numpy as np
import pytest

from cnn_explorer.network.arrays import frozen
from cnn_explorer.network.document import Document, Image
from cnn_explorer.network.layers import Conv2D
from cnn_explorer.network.network import Network
from cnn_explorer.network.results import evaluate
from cnn_explorer.session.session import Session
from cnn_explorer.session.settings import Settings
from cnn_explorer.views.scales import Scales, largest_magnitude
from cnn_explorer.views.theme import Scale


def document(peak: float, layers: int = 1) -> Document:
    pixels = np.zeros((3, 3, 1))
    pixels[1, 1] = peak
    identity = Conv2D(kernel=np.full((1, 1, 1, 1), -1.0), bias=np.zeros(1))
    return Document(Image(pixels), Network((identity,) * layers))


@pytest.fixture
def session() -> Session:
    made = Session(document(2.0))
    made.changed.connect(lambda: made.show(evaluate(made.document)))
    return made


@pytest.fixture
def settings(tmp_path, monkeypatch) -> Settings:
    from PySide6.QtCore import QSettings

    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path))
    return Settings()


def edit(session: Session, peak: float, layers: int = 1) -> None:
    from cnn_explorer.network.sentence import say

    session.edit(document(peak, layers), say("Draw"))


def test_limits_follow_the_data(session, settings):
    scales = Scales(session, settings)
    assert scales.of(0) == Scale("ink", 0.0, 2.0)
    assert scales.of(1) == Scale("signed", -2.0, 2.0)
    edit(session, 6.0)
    assert scales.of(1) == Scale("signed", -6.0, 6.0)
    edit(session, 0.5)
    assert scales.of(0) == Scale("ink", 0.0, 1.0)
    assert scales.of(1) == Scale("signed", -0.5, 0.5)


def test_held_limits_only_grow_and_forget_when_let_go(session, settings):
    scales = Scales(session, settings)
    told = []
    scales.changed.connect(lambda: told.append(scales.held))
    settings.set("fixed_scale", True)
    assert scales.of(1).high == 2.0
    edit(session, 6.0)
    assert scales.of(1).high == 6.0
    edit(session, 1.0)
    assert scales.of(1).high == 6.0 and scales.of(0).high == 6.0
    settings.set("fixed_scale", False)
    assert scales.of(1).high == 1.0
    assert told == [True, False]


def test_another_network_holds_nothing_of_the_one_before(session, settings):
    scales = Scales(session, settings)
    settings.set("fixed_scale", True)
    edit(session, 9.0)
    assert scales.of(1).high == 9.0
    edit(session, 1.0, layers=2)
    assert scales.of(1).high == 1.0 and scales.of(2).high == 1.0


def test_a_map_that_could_not_be_computed_has_a_scale(session, settings):
    assert Scales(session, settings).of(7) == Scale("signed", -1.0, 1.0)


def test_kernels_are_held_per_layer(session, settings):
    scales = Scales(session, settings)
    settings.set("fixed_scale", True)
    weak, strong = (Conv2D(kernel=frozen([[[[weight]]]])) for weight in (1.0, -3.0))
    assert scales.kernel_scale(strong, None, 0).high == 3.0
    assert scales.kernel_scale(weak, None, 0).high == 3.0
    assert scales.kernel_scale(weak, None, 1).high == 1.0


def test_the_planes_of_a_colour_image_share_their_limits_each_in_its_colour(settings):
    pixels = np.zeros((3, 3, 3))
    pixels[0, 0] = (1, 0.5, 3)
    session = Session(Document(Image(pixels, "file")))
    scales = Scales(session, settings)
    assert [scales.of(0, channel) for channel in range(3)] == [
        Scale(plane, 0.0, 3.0) for plane in ("red", "green", "blue")
    ]
    assert scales.of(0) == Scale("ink", 0.0, 3.0)
    grey = Scales(Session(document(2.0)), settings)
    assert grey.of(0, 0) == grey.of(0)


def test_values_that_are_not_finite_set_no_limit():
    assert largest_magnitude(np.array([np.nan, -4.0, np.inf])) == 4.0
    assert largest_magnitude(np.array([])) == 0.0

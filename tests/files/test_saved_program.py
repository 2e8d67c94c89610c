"""SavedModels as programs: what is said of them, which can be run on an image, and what they are given."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from cnn_explorer.files.model_look_saved import SavedModelLook, SignatureLook, TensorLook
from cnn_explorer.files.saved_program import Given, SavedProgram, program_in, saved_model_refusal
from cnn_explorer.network.document import Image
from cnn_explorer.network.sentence import Refused

SCORES = (TensorLook("scores", "float32", (None, 10)),)


def look(*shape: int | None, number_type: str = "float32", touches: tuple[str, ...] = ()) -> SavedModelLook:
    takes = (TensorLook("image", number_type, shape),)
    return SavedModelLook((SignatureLook("serving_default", takes, SCORES),), touches)


def program(*shape: int | None, number_type: str = "float32") -> SavedProgram:
    return program_in("/folder/net", look(*shape, number_type=number_type))


def test_what_is_said_of_one() -> None:
    found = program(None, 28, 28, 1)
    assert (found.signature, found.number_type, found.shape) == ("serving_default", "float32", (None, 28, 28, 1))
    assert str(found.about) == (
        "net is a SavedModel: a program, which could do anything that you can do on this computer. Its signature "
        "serving_default takes image (float32, ?×28×28×1) and gives scores (float32, ?×10). It can't be stepped "
        "through. It can be run once on your image, in a process of its own."
    )


def test_the_usual_signature_counts_where_there_are_several() -> None:
    other = SignatureLook("a", (TensorLook("text", "string", (None,)),), SCORES)
    several = SavedModelLook((other, *look(1, 4, 4, 3).signatures), ())
    assert program_in("net", several).shape == (1, 4, 4, 3)
    with pytest.raises(Refused, match="signature a takes text"):
        program_in("net", SavedModelLook((other,), ()))


@pytest.mark.parametrize(
    ("declared", "words"),
    [
        (look(None, 28, 28, 1, touches=("ReadFile", "WriteFile")), "It reads or writes files: ReadFile, WriteFile."),
        (look(None, 28, 28, 1, number_type="string"), "numbers that could be pixels"),
        (look(None, 28, 28, 2), "an image of at most 512×512 cells"),
        (look(None, 600, 28, 3), "an image of at most 512×512 cells"),
        (look(1024, 224, 224, 3), "1024 images at once, which are too many"),
        (look(0, 28, 28, 3), "0 images at once, which are too many or none"),
        (look(None, 785), "nor the pixels of a square one in a row"),
        (look(None, 513 * 513), "nor the pixels of a square one in a row"),
        (look(None, None), "nor the pixels of a square one in a row"),
        (look(), "nor the pixels of a square one in a row"),
    ],
)
def test_what_is_never_run(declared: SavedModelLook, words: str) -> None:
    with pytest.raises(Refused) as caught:
        program_in("net", declared)
    said = str(caught.value.sentence)
    assert said.startswith("net is a SavedModel: a program, which is not run here. Its signature serving_default takes")
    assert words in said
    assert said.endswith("Save the model as a .keras file and open that.")
    assert caught.value.field == "signature"


def with_others(*others: TensorLook) -> SavedModelLook:
    (one,) = look(None, 28, 28, 1).signatures
    return SavedModelLook((SignatureLook(one.name, (*others[:1], *one.inputs, *others[1:]), SCORES),), ())


def test_single_numbers_besides_the_image_that_are_obvious() -> None:
    found = program_in("net", with_others(TensorLook("flag", "bool", ()), TensorLook("keep_prob", "float32", (1,))))
    assert found.image == "image"
    assert found.others == (Given("flag", 0.0), Given("keep_prob", 1.0))
    assert list(map(str, found.notes())) == ["Besides the image it was given flag = 0, keep_prob = 1."]


@pytest.mark.parametrize(
    ("other", "told"),
    [
        (TensorLook("more", "float32", ()), "more (float32)"),
        (TensorLook("training", "string", ()), "training (string)"),
        (TensorLook("training", "float32", (None, 3)), "training (float32, ?×3)"),
        (TensorLook("second", "float32", (None, 28, 28, 1)), "second (float32, ?×28×28×1)"),
        (TensorLook("features", "float32", (None, 16)), "features (float32, ?×16)"),
    ],
)
def test_inputs_of_which_nobody_knows_what_to_give(other: TensorLook, told: str) -> None:
    with pytest.raises(Refused) as refused:
        program_in("net", with_others(other))
    known = "image (float32, ?×28×28×1)" if other.name == "second" else told
    sentences = [f"It takes {each} besides the image, and nobody here knows" for each in (told, known)]
    assert any(each in str(refused.value.sentence) for each in sentences)


@pytest.mark.parametrize(("count", "shape"), [(784, (28, 28, 1)), (3072, (32, 32, 3)), (1, (1, 1, 1)), (3, (1, 1, 3))])
def test_a_row_of_pixels(count: int, shape: Any) -> None:
    found = program(None, count)
    image = Image(np.arange(np.prod(shape)).reshape(shape) / np.prod(shape), "file")
    pixels, made = found.pixels(image)
    assert made == shape
    assert pixels.shape == (1, count)
    assert pixels.ravel().tolist() == image.pixels.ravel().tolist()
    assert list(map(str, found.notes())) == ["It takes a row of numbers: the image's pixels, row by row."]


def test_a_batch_of_fixed_size_gets_the_image_as_often() -> None:
    found = program(8, 4, 4, 1)
    pixels, made = found.pixels(Image(np.linspace(0, 1, 16).reshape(4, 4, 1)))
    assert (pixels.shape, made) == ((8, 4, 4, 1), (4, 4, 1))
    assert (pixels == pixels[:1]).all()
    assert [str(each) for each in found.notes()] == [
        "It takes 8 images at once: it was given this one 8 times, and what it gave for the first is shown."
    ]
    assert program(1, 4, 4, 1).notes() == ()


def test_the_check_never_offers_to_run_one() -> None:
    assert "which is not run here" in str(saved_model_refusal("net", look(None, 28, 28, 1)).sentence)


@pytest.mark.parametrize(
    ("shape", "image", "expected"),
    [
        ((None, 8, 6, 3), (4, 4, 1), (8, 6, 3)),
        ((1, None, None, 3), (5, 4, 1), (5, 4, 3)),
        ((None, None, None, None), (5, 4, 3), (5, 4, 3)),
    ],
)
def test_it_is_given_an_image_of_the_shape_that_it_declares(shape: Any, image: Any, expected: Any) -> None:
    pixels, made = program(*shape).pixels(Image(np.ones(image)))
    assert made == expected
    assert pixels.shape == (1, *expected)


def test_an_image_without_channels() -> None:
    pixels, made = program(None, 4, 4).pixels(Image(np.full((4, 4, 3), 0.5), "file"))
    assert (pixels.shape, made) == ((1, 4, 4), (4, 4, 1))
    np.testing.assert_allclose(pixels, 0.5, atol=1e-6)


def test_whole_numbers_are_pixels_up_to_255() -> None:
    image = Image(np.array([[0, 0.5], [1, 2]])[:, :, np.newaxis])
    pixels, _ = program(None, 2, 2, 1, number_type="uint8").pixels(image)
    assert pixels.ravel().tolist() == [0, 128, 255, 255]

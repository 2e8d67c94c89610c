"""Pictures: what values come out of each format and mode, which way up, and that no format opens half a file."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from cnn_explorer.files.images import MOST_PIXELS, Picture, picture_from_array, read_image
from cnn_explorer.files.pixels import averaged
from cnn_explorer.network.sentence import Refused

Save = Callable[[Image.Image], bytes]


def saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


@pytest.fixture
def opened(tmp_path: Path) -> Callable[[bytes], Picture]:
    def read(data: bytes) -> Picture:
        path = tmp_path / "picture"
        path.write_bytes(data)
        return read_image(path)

    return read


def refusal(opened: Callable[[bytes], Picture], data: bytes) -> str:
    with pytest.raises(Refused) as caught:
        opened(data)
    sentence = str(caught.value.sentence)
    assert sentence.startswith("picture ")
    assert len(sentence) <= 300
    return sentence


def colours(mode: str = "RGB", side: int = 16) -> Image.Image:
    channels = {"L": 1, "LA": 2, "RGB": 3, "RGBA": 4, "CMYK": 4}[mode]
    values = np.random.default_rng(3).integers(0, 256, (side, side + 4, channels), dtype=np.uint8)
    return Image.frombytes(mode, (side + 4, side), values.tobytes())


LOSSLESS = {
    "png": ("PNG", {}),
    "bmp": ("BMP", {}),
    "tiff": ("TIFF", {}),
    "tiff lzw": ("TIFF", {"compression": "tiff_lzw"}),
    "tiff deflate": ("TIFF", {"compression": "tiff_adobe_deflate"}),
    "big tiff": ("TIFF", {"big_tiff": True}),
    "webp": ("WEBP", {"lossless": True}),
}
WHOLE = {
    **LOSSLESS,
    "gif": ("GIF", {}),
    "jpeg": ("JPEG", {}),
    "jpeg progressive": ("JPEG", {"progressive": True}),
    "jpeg with restarts": ("JPEG", {"restart_marker_rows": 1}),
    "webp lossy": ("WEBP", {}),
}


@pytest.mark.parametrize(("kind", "options"), LOSSLESS.values(), ids=LOSSLESS.keys())
def test_lossless_formats_give_their_bytes_as_0_to_1(kind: str, options: dict[str, Any], opened: Any) -> None:
    image = colours()
    picture = opened(saved(image, kind, **options))
    assert picture.pixels.dtype == np.float32
    assert not picture.pixels.flags.writeable
    np.testing.assert_array_equal(picture.pixels, np.asarray(image, np.float32) / np.float32(255))
    assert (picture.frames, picture.note, picture.name) == (1, None, "picture")


@pytest.mark.parametrize(("kind", "options"), WHOLE.values(), ids=WHOLE.keys())
def test_no_format_opens_half_a_file(kind: str, options: dict[str, Any], opened: Any) -> None:
    data = saved(colours(side=40), kind, **options)
    assert opened(data).pixels.shape == (40, 44, 3)
    for length in (len(data) // 4, len(data) // 2, len(data) * 9 // 10, len(data) - 2):
        assert "cut short or damaged" in refusal(opened, data[:length])


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "TIFF", "WEBP"])
def test_something_after_the_end_is_no_damage(kind: str, opened: Any) -> None:
    assert opened(saved(colours(), kind) + b"trailing").pixels.shape == (16, 20, 3)


def test_gray_pictures_have_one_channel(opened: Any) -> None:
    image = colours("L")
    expected = np.asarray(image, np.float32)[:, :, np.newaxis] / np.float32(255)
    for kind in ("PNG", "BMP", "TIFF", "GIF"):
        np.testing.assert_array_equal(opened(saved(image, kind)).pixels, expected)
    assert opened(saved(image, "JPEG")).pixels.shape[2] == 1
    bits = image.convert("1")
    for kind in ("PNG", "BMP", "TIFF"):
        np.testing.assert_array_equal(opened(saved(bits, kind)).pixels[:, :, 0], np.asarray(bits, np.float32))
    palette = image.convert("P")
    palette.putpalette([value for gray in range(256) for value in (255 - gray,) * 3])
    np.testing.assert_allclose(opened(saved(palette, "PNG")).pixels[0, 0, 0], 1 - palette.getpixel((0, 0)) / 255)


def test_sixteen_bits_are_scaled_by_65535(opened: Any) -> None:
    values = np.array([[0, 1, 256], [1000, 40000, 65535]], np.uint16)
    for kind in ("PNG", "TIFF"):
        picture = opened(saved(Image.fromarray(values), kind))
        np.testing.assert_array_equal(picture.pixels[:, :, 0], values.astype(np.float32) / np.float32(65535))


def test_what_is_transparent_shows_white_paper(opened: Any) -> None:
    image = Image.new("RGBA", (2, 1), (0, 0, 0, 0))
    image.putpixel((1, 0), (255, 0, 0, 51))
    for kind in ("PNG", "TIFF"):
        pixels = opened(saved(image, kind)).pixels
        np.testing.assert_allclose(pixels[0], [[1, 1, 1], [1, 0.8, 0.8]], atol=1e-6)
    gray = Image.new("LA", (1, 1), (0, 102))
    np.testing.assert_allclose(opened(saved(gray, "PNG")).pixels, [[[0.6]]], atol=1e-6)
    palette = Image.new("P", (1, 1), 3)
    palette.putpalette([200, 0, 0] * 4)
    assert opened(saved(palette, "PNG", transparency=3)).pixels.tolist() == [[[1, 1, 1]]]
    assert opened(saved(palette, "PNG", transparency=2)).pixels[0, 0, 1:].tolist() == [0, 0]
    for mode, key in (("RGB", (5, 6, 7)), ("L", 5)):
        pixels = opened(saved(Image.new(mode, (1, 1), key), "PNG", transparency=key)).pixels
        assert pixels.min() == 1
    deep = Image.fromarray(np.array([[7, 0]], np.uint16))
    transparent = struct.pack(">I4sH", 2, b"tRNS", 7) + struct.pack(">I", zlib.crc32(b"tRNS\0\7"))
    data = saved(deep, "PNG")
    assert opened(data[:33] + transparent + data[33:]).pixels[0, :, 0].tolist() == [1, 0]


def test_other_ways_to_write_colours(opened: Any) -> None:
    red = Image.new("RGB", (8, 8), (255, 0, 0)).convert("CMYK")
    for kind in ("JPEG", "TIFF"):
        np.testing.assert_allclose(opened(saved(red, kind)).pixels[4, 4], [1, 0, 0], atol=0.03)
    whole = Image.fromarray(np.array([[1, 70000]], np.int32))
    assert "32 bits, which is not supported" in refusal(opened, saved(whole, "TIFF"))


@pytest.mark.parametrize("orientation", range(12))
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "WEBP"])
def test_pictures_are_turned_upright(orientation: int, kind: str, opened: Any) -> None:
    """Against Pillow's own transpositions; an orientation that doesn't exist turns nothing."""
    turns = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_270,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_90,
    }
    image = Image.new("RGB", (32, 16), (0, 0, 0))
    image.paste((255, 255, 255), (0, 0, 16, 8))
    exif = Image.Exif()
    exif[0x0112] = orientation
    options: dict[str, Any] = {"tiffinfo": {274: orientation}} if kind == "TIFF" else {"exif": exif}
    expected = image.transpose(turns[orientation]) if orientation in turns else image
    pixels = opened(saved(image, kind, **options)).pixels
    np.testing.assert_allclose(pixels, np.asarray(expected, np.float32) / 255, atol=0.05)


def test_frames_are_counted_and_the_first_is_shown(opened: Any) -> None:
    frames = [Image.new("RGB", (6, 5), (value, value, 200)) for value in (10, 90, 170)]
    for kind in ("GIF", "PNG", "WEBP", "TIFF"):
        options = {"lossless": True} if kind == "WEBP" else {}
        picture = opened(saved(frames[0], kind, save_all=True, append_images=frames[1:], **options))
        assert picture.frames == 3
        assert round(float(picture.pixels[0, 0, 0] * 255)) == 10
        assert str(picture.note) == "picture: it has 3 frames, of which the first is shown."


def test_floats_keep_0_to_1_and_are_spread_over_it_otherwise(opened: Any) -> None:
    inside = np.array([[0, 0.25], [0.5, 0.75]], np.float32)
    picture = opened(saved(Image.fromarray(inside), "TIFF"))
    np.testing.assert_array_equal(picture.pixels[:, :, 0], inside)
    assert picture.note is None
    picture = opened(saved(Image.fromarray(inside * 40 - 10), "TIFF"))
    np.testing.assert_allclose(picture.pixels[:, :, 0], inside / 0.75, atol=1e-6)
    assert str(picture.note) == "picture: its values run from -10 to 20, shown as black to white."
    inside[1, 1] = np.inf
    assert "1 values that are not finite" in refusal(opened, saved(Image.fromarray(inside), "TIFF"))


def test_large_pictures_are_averaged_by_a_whole_number(opened: Any) -> None:
    side = 2500
    image = Image.new("L", (side, side), 51)
    picture = opened(saved(image, "PNG"))
    assert picture.pixels.shape == (1250, 1250, 1)
    assert picture.pixels.size < MOST_PIXELS
    np.testing.assert_allclose(picture.pixels, 0.2, atol=1e-6)
    assert str(picture.note) == "picture: it has 2500 × 2500 pixels, averaged to 1250 × 1250."
    jpeg = opened(saved(Image.new("L", (7000, 4000), 51), "JPEG"))
    # 28 megapixels: decoded at a half, and those averaged by two.
    assert jpeg.pixels.shape == (1000, 1750, 1)
    assert opened(saved(Image.new("L", (60000, 1), 51), "PNG")).pixels.shape == (1, 15000, 1)


def test_averaging_takes_the_mean_of_what_is_there() -> None:
    values = np.random.default_rng(5).random((7, 11, 3)).astype(np.float32)
    small = averaged(values, 3)
    assert small.shape == (3, 4, 3)
    for row in range(3):
        for column in range(4):
            block = values[3 * row : 3 * row + 3, 3 * column : 3 * column + 3]
            np.testing.assert_allclose(small[row, column], block.mean((0, 1)), rtol=1e-5)


def png_with_size(width: int, height: int) -> bytes:
    header = struct.pack(">4sIIBBBBB", b"IHDR", width, height, 8, 2, 0, 0, 0)
    data = saved(colours(), "PNG")
    return data[:12] + header + struct.pack(">I", zlib.crc32(header)) + data[33:]


def test_declared_sizes_are_judged_before_decoding(opened: Any) -> None:
    assert "too large: 100000 × 100000 pixels" in refusal(opened, png_with_size(100_000, 100_000))
    assert "width and height are 0 and 5" in refusal(opened, png_with_size(0, 5))
    assert "cut short or damaged" in refusal(opened, png_with_size(200, 200))
    gif = bytearray(saved(colours(), "GIF"))
    frame = gif.index(b"\x2c", 13 + 3 * 256)  # behind the table of colours
    gif[frame + 5 : frame + 9] = struct.pack("<HH", 65535, 65535)
    assert "too large: 65535 × 65535 pixels" in refusal(opened, bytes(gif))
    webp = bytearray(saved(colours("RGBA"), "WEBP", exif=b"Exif\0\0"))
    assert webp[12:16] == b"VP8X"
    webp[24:30] = b"\xff\x3f\x00\xff\x3f\x00"
    assert "too large: 16384 × 16384 pixels" in refusal(opened, bytes(webp))


def test_a_bmp_may_be_written_from_its_top(opened: Any) -> None:
    image = colours(side=16)
    bmp = bytearray(saved(image, "BMP"))
    bmp[22:26] = struct.pack("<i", -16)
    np.testing.assert_array_equal(opened(bytes(bmp)).pixels, np.asarray(image, np.float32)[::-1] / np.float32(255))


def test_a_compressed_bmp_is_refused_with_what_to_do(opened: Any) -> None:
    bmp = bytearray(saved(colours("L"), "BMP"))
    bmp[30:34] = struct.pack("<I", 1)
    assert refusal(opened, bytes(bmp)) == "picture is a compressed BMP, which is not supported; save it as PNG."


def test_pictures_from_memory() -> None:
    picture = picture_from_array(np.array([[0, 255]], np.uint8), "clipboard")
    assert picture.pixels.tolist() == [[[0], [1]]]
    assert picture_from_array(np.zeros((2, 3, 3), np.float64), "x").pixels.dtype == np.float32
    for wrong in (np.zeros((2, 2, 4)), np.zeros(3), np.zeros((0, 2)), np.full((1, 1), np.nan), np.full((1, 1), 2.0)):
        with pytest.raises(Refused):
            picture_from_array(wrong, "clipboard")
    with pytest.raises(Refused, match="too large"):
        picture_from_array(np.zeros((1, MOST_PIXELS + 1), np.uint8), "clipboard")

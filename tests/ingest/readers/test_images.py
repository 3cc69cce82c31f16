"""Image files: pages, resolution, colours; limits are checked before pixels are decoded."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pytest
from kehoach.ingest.errors import DamagedInputError, TooLargeError
from kehoach.ingest.options import Options
from kehoach.ingest.readers import images
from kehoach.ingest.readers.images import ImagePage, read_images
from PIL import Image as Pillow
from PIL import TiffImagePlugin

Image = npt.NDArray[np.uint8]

GREY = np.arange(48, dtype=np.uint8).reshape(6, 8)


def pages(data: bytes, options: Options | None = None) -> list[ImagePage]:
    return list(read_images(data, "scan.png", options or Options()))


def saved(picture: Pillow.Image, kind: str = "PNG", **more: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **more)
    return out.getvalue()


def huge_png(width: int, height: int) -> bytes:
    """A PNG that claims to be large and holds no pixels."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def test_pixels_and_resolution_are_read(image_bytes: Callable[..., bytes]) -> None:
    (page,) = pages(image_bytes(GREY, dpi=200))
    assert page.pixels is not None
    assert page.pixels.shape == (6, 8, 3)
    assert (page.pixels[:, :, 1] == GREY).all()
    assert (page.number, page.error) == (1, None)
    assert page.dpi == pytest.approx(200, abs=0.1)


def test_a_tiff_gives_its_pages_in_order(image_bytes: Callable[..., bytes]) -> None:
    found = pages(image_bytes(*(np.full((4, 5), value, np.uint8) for value in (10, 20, 30)), kind="TIFF"))
    assert [(page.number, int(page.pixels[0, 0, 0])) for page in found if page.pixels is not None] == [
        (1, 10),
        (2, 20),
        (3, 30),
    ]


def test_a_note_of_the_camera_turns_the_image() -> None:
    exif = Pillow.Exif()
    exif[0x0112] = 6
    (page,) = pages(saved(Pillow.fromarray(GREY), "PNG", exif=exif))
    assert page.pixels is not None
    assert page.pixels.shape == (8, 6, 3)
    assert (page.pixels[:, :, 0] == np.rot90(GREY, -1)).all()


def test_what_is_transparent_is_paper() -> None:
    picture = Pillow.new("RGBA", (2, 1), (0, 0, 0, 0))
    picture.putpixel((1, 0), (10, 20, 30, 255))
    (page,) = pages(saved(picture))
    assert page.pixels is not None
    assert page.pixels.tolist() == [[[255, 255, 255], [10, 20, 30]]]


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "CMYK", "I;16", "F"])
def test_every_kind_of_pixel_becomes_rgb(mode: str) -> None:
    kind = "TIFF" if mode in ("CMYK", "F") else "PNG"
    dark_and_light = Pillow.fromarray(np.array([[0, 255]], np.uint8))
    if mode == "I;16":
        dark_and_light = Pillow.fromarray(np.array([[0, 65535]], np.uint16))
    elif mode != "L":
        dark_and_light = dark_and_light.convert(mode)
    (page,) = pages(saved(dark_and_light, kind))
    assert page.pixels is not None
    assert page.pixels.dtype == np.uint8
    assert page.pixels.tolist() == [[[0, 0, 0], [255, 255, 255]]]


def test_an_even_grey_of_many_bits_is_no_division_by_zero() -> None:
    (page,) = pages(saved(Pillow.fromarray(np.full((2, 2), 700, np.uint16))))
    assert page.pixels is not None
    assert page.pixels.shape == (2, 2, 3)


def test_too_many_pixels_are_told_before_they_are_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    def decoded(_: object) -> Image:
        raise AssertionError("pixels were decoded")

    monkeypatch.setattr(images, "_rgb", decoded)
    (page,) = pages(huge_png(9000, 9000), Options(max_pixels=80_000_000))
    assert page.pixels is None
    assert page.error == "too_large: scan.png: page 1 has 9000 x 9000 pixels, more than 80000000"


def test_a_decompression_bomb_is_too_large() -> None:
    with pytest.raises(TooLargeError, match=r"scan\.png: the image is larger"):
        pages(huge_png(60_000, 60_000))


def test_too_many_pages_are_refused(image_bytes: Callable[..., bytes]) -> None:
    data = image_bytes(GREY, GREY, GREY, kind="TIFF")
    assert len(pages(data, Options(max_pages=3))) == 3
    with pytest.raises(TooLargeError, match="3 pages, more than the limit of 2"):
        pages(data, Options(max_pages=2))


@pytest.mark.parametrize(
    "data", [b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"II*\x00\x08\x00\x00\x00", b"BM" + bytes(9)]
)
def test_what_cannot_be_opened_is_damaged_input(data: bytes) -> None:
    with pytest.raises(DamagedInputError, match=r"scan\.png: the image is damaged"):
        pages(data)


def test_a_damaged_page_stays_with_its_error_and_the_rest_is_read(image_bytes: Callable[..., bytes]) -> None:
    frames = [np.random.default_rng(at).integers(0, 255, (40, 40), np.uint8) for at in range(3)]
    whole = Pillow.open(io.BytesIO(image_bytes(*frames, kind="TIFF")))
    out = io.BytesIO()
    whole.save(out, "TIFF", compression="tiff_lzw", save_all=True)
    data = bytearray(out.getvalue())
    reader = Pillow.open(io.BytesIO(bytes(data)))
    assert isinstance(reader, TiffImagePlugin.TiffImageFile)
    reader.seek(1)
    offset, size = reader.tag_v2[273][0], reader.tag_v2[279][0]
    data[offset : offset + size] = b"\xff" * size
    found = pages(bytes(data))
    assert [page.number for page in found] == [1, 2, 3]
    assert [page.error is None for page in found] == [True, False, True]
    assert found[1].pixels is None
    assert "page 2 of the image is damaged" in (found[1].error or "")


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_cut_image_is_a_page_with_an_error(kind: str, image_bytes: Callable[..., bytes]) -> None:
    noise = np.random.default_rng(1).integers(0, 255, (64, 64), np.uint8)
    data = image_bytes(noise, kind=kind)
    (page,) = pages(data[: len(data) // 2])
    assert page.pixels is None
    assert page.error == "scan.png: page 1 of the image is damaged; scan it again"

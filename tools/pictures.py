"""Draws the still pictures that other sites show beside a link to a page, one for each kind of page.

    python tools/pictures.py

They have no words, so that they serve any corpus in any language, and are drawn with Python alone, of rectangles.
"""

import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "generator" / "theme" / "assets" / "pictures"
# What sites that show such pictures ask for.
WIDTH, HEIGHT = 1200, 630
COLOURS = {
    "paper": "fdfcfa", "line": "ddd8ce", "text": "a6a29b", "sign": "1f4b6e",
    "add": "0b5f43", "remove": "9a2418", "replace": "63399b",
    "mid": "7f9ab0", "light": "c4d0d9",
}  # fmt: skip
NAMES = list(COLOURS)

# Left, top, width, height, colour.
Rectangle = tuple[int, int, int, int, str]


def sign() -> Iterator[Rectangle]:
    """The logo: three lines, of which the middle one lacks a part."""
    yield 90, 205, 220, 220, "sign"
    for left, top, width in ((138, 250, 124), (138, 305, 48), (214, 305, 48), (138, 360, 124)):
        yield left, top, width, 20, "paper"


def home() -> Iterator[Rectangle]:
    """A map: how often each kind of part is ablated by each model."""
    shades = ("sign", "mid", "light", "line")
    for row in range(6):
        for column in range(5):
            yield 420 + column * 140, 75 + row * 82, 124, 66, shades[(row * row + 2 * column) % 7 % 4]


def paper() -> Iterator[Rectangle]:
    """Plans side by side: what each does to each part."""
    actions = ("remove", "replace", "", "remove", "add", "replace", "replace", "remove")
    for row in range(5):
        yield 420, 110 + row * 90, 200, 16, "text"
        yield 420, 155 + row * 90, 690, 2, "line"
        for column in range(4):
            if action := actions[(3 * row + column * column) % len(actions)]:
                yield 660 + column * 118, 96 + row * 90, 96, 44, action


def trace() -> Iterator[Rectangle]:
    """A reasoning, and beside it a plan of studies."""
    for row in range(12):
        yield 420, 95 + row * 38, (300, 270, 320, 210)[row % 4], 14, "text"
    for row, action in enumerate(("remove", "replace", "add")):
        yield 790, 90 + row * 155, 320, 130, "line"
        yield 793, 93 + row * 155, 314, 124, "paper"
        yield 815, 115 + row * 155, 90, 30, action
        yield 815, 170 + row * 155, (250, 210, 230)[row], 14, "text"


def planner() -> Iterator[Rectangle]:
    """Models compared by their figures."""
    for row, length in enumerate((560, 470, 430, 330, 210)):
        yield 420, 105 + row * 92, 90, 16, "text"
        yield 540, 90 + row * 92, length, 46, "sign" if row == 0 else "mid"


def png(rectangles: Iterator[Rectangle]) -> bytes:
    """Return a picture of rectangles, the later over the earlier, as a PNG with a palette."""
    rows = [bytearray(WIDTH) for _ in range(HEIGHT)]
    for left, top, width, height, colour in rectangles:
        for row in rows[top : top + height]:
            row[left : left + width] = bytes([NAMES.index(colour)]) * width
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 3, 0, 0, 0)),
        (b"PLTE", bytes.fromhex("".join(COLOURS.values()))),
        (b"IDAT", zlib.compress(b"".join(b"\0" + row for row in rows), 9)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for draw in (home, paper, trace, planner):
        (FOLDER / f"{draw.__name__}.png").write_bytes(png(iter([*sign(), *draw()])))

"""Draws a small image set, a class a folder, with Python's standard library alone: draw_images.py FOLDER"""

import random
import struct
import sys
import zlib
from pathlib import Path

SIDE, IMAGES = 24, 60


def png(rows):
    """A grey PNG of rows of bytes."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    head = struct.pack(">IIBBBBB", len(rows[0]), len(rows), 8, 0, 0, 0, 0)
    body = zlib.compress(b"".join(b"\0" + bytes(row) for row in rows))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def draw(shape, randoms):
    """A shape somewhere on a noisy ground."""
    rows = [[randoms.randrange(60) for _ in range(SIDE)] for _ in range(SIDE)]
    size = 9
    left, top = (randoms.randrange(SIDE - size) for _ in range(2))
    for y in range(size):
        for x in range(size):
            edge = y in (0, size - 1) or x in (0, size - 1)
            bar = y == size // 2 or x == size // 2
            if edge if shape == "square" else bar:
                rows[top + y][left + x] = 200 + randoms.randrange(56)
    return rows


def main(folder):
    randoms = random.Random(1)
    for shape in ("cross", "square"):
        place = Path(folder) / shape
        place.mkdir(parents=True, exist_ok=True)
        for number in range(IMAGES):
            (place / f"{number:03}.png").write_bytes(png(draw(shape, randoms)))


if __name__ == "__main__":
    main(sys.argv[1])

"""Makes the image files and the numbers beside this script. Run: python make_fixtures.py

Needs Pillow, and libturbojpeg.so.0 for the YCCK file. The versions used stand in VERSIONS.txt.
Every line of expected.txt is: file width height channels pixels-as-hex
Every line of resampled.txt is: source-width source-height channels width height pixels-as-hex, of the
source whose byte i is (73 i + (i·i mod 251)) mod 256, resized by Pillow's BILINEAR.
luma.txt holds Pillow's mode L of that source at 16x16x3.
"""

import ctypes
import io
import platform
import struct
import zlib
from pathlib import Path

import PIL
from PIL import Image, ImageOps, features

HERE = Path(__file__).parent
EXPECTED = []


def pattern(count):
    return bytes((73 * i + i * i % 251) % 256 for i in range(count))


def save(name, data, image=None):
    """Writes a file and, where it decodes, its expected pixels."""
    (HERE / name).write_bytes(data)
    if image is not None:
        channels = {"L": 1, "RGB": 3}[image.mode]
        EXPECTED.append(
            f"{name} {image.width} {image.height} {channels} {image.tobytes().hex()}")


def chunk(kind, data, damage=0):
    crc = zlib.crc32(kind + data) ^ damage
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", crc)


def png(width, height, depth, color, raw, extra=b"", interlace=0, damage=0):
    header = struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, interlace)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + extra
            + chunk(b"IDAT", zlib.compress(raw, 9), damage) + chunk(b"IEND", b""))


def rows(data, stride):
    return b"".join(b"\0" + data[i:i + stride] for i in range(0, len(data), stride))


def over_white(samples, colors):
    result = []
    for i in range(0, len(samples), colors + 1):
        alpha = samples[i + colors]
        result += [(samples[i + c] * alpha + 255 * (255 - alpha) + 127) // 255 for c in range(colors)]
    return bytes(result)


def make_png():
    w, h = 7, 5
    grey, rgb = pattern(w * h), pattern(w * h * 3)
    ga, rgba = pattern(w * h * 2), pattern(w * h * 4)
    L, RGB = (lambda d: Image.frombytes("L", (w, h), d)), (lambda d: Image.frombytes("RGB", (w, h), d))
    save("grey.png", png(w, h, 8, 0, rows(grey, w)), L(grey))
    save("rgb.png", png(w, h, 8, 2, rows(rgb, w * 3)), RGB(rgb))
    save("grey-alpha.png", png(w, h, 8, 4, rows(ga, w * 2)), L(over_white(ga, 1)))
    save("rgba.png", png(w, h, 8, 6, rows(rgba, w * 4)), RGB(over_white(rgba, 3)))
    # 1 bit: rows of 7 pixels in one byte each.
    bits = pattern(h)
    unpacked = bytes(255 * (b >> (7 - x) & 1) for b in bits for x in range(w))
    save("grey-1bit.png", png(w, h, 1, 0, rows(bits, 1)), L(unpacked))
    # 16 bits: round(v / 257).
    deep = pattern(w * h * 2)
    values = struct.unpack(f">{w * h}H", deep)
    save("grey-16bit.png", png(w, h, 16, 0, rows(deep, w * 2)),
         L(bytes((v + 128) // 257 for v in values)))
    deep = pattern(w * h * 6)
    values = struct.unpack(f">{w * h * 3}H", deep)
    save("rgb-16bit.png", png(w, h, 16, 2, rows(deep, w * 6)),
         RGB(bytes((v + 128) // 257 for v in values)))
    # Palette of four colours, two bits a pixel; the second time with transparency.
    colors = [(255, 0, 0), (0, 128, 0), (10, 20, 250), (200, 200, 200)]
    table = chunk(b"PLTE", bytes(v for c in colors for v in c))
    packed = pattern(h * 2)
    index = [packed[y * 2 + x // 4] >> (6 - x % 4 * 2) & 3 for y in range(h) for x in range(w)]
    save("palette.png", png(w, h, 2, 3, rows(packed, 2), table),
         RGB(bytes(v for i in index for v in colors[i])))
    alphas = [0, 255, 128, 255]
    flat = bytes(v for i in index for v in (*colors[i], alphas[i]))
    save("palette-alpha.png",
         png(w, h, 2, 3, rows(packed, 2), table + chunk(b"tRNS", bytes(alphas))),
         RGB(over_white(flat, 3)))
    # Adam7.
    passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2),
              (0, 1, 1, 2)]
    raw = b""
    for x0, y0, dx, dy in passes:
        for y in range(y0, h, dy):
            line = b"".join(rgb[(y * w + x) * 3:(y * w + x) * 3 + 3] for x in range(x0, w, dx))
            if line:
                raw += b"\0" + line
    save("interlaced.png", png(w, h, 8, 2, raw, interlace=1), RGB(rgb))
    save("one.png", png(1, 1, 8, 0, b"\0\x2a"), Image.frombytes("L", (1, 1), b"\x2a"))

    good = png(w, h, 8, 2, rows(rgb, w * 3))
    save("truncated.png", good[:70])
    save("no-end.png", good[:-12])
    save("bad-crc.png", png(w, h, 8, 2, rows(rgb, w * 3), damage=1))
    save("bad-transparency-crc.png",
         png(w, h, 2, 3, rows(packed, 2), table + chunk(b"tRNS", bytes(alphas), damage=1)))
    save("few-rows.png", png(w, h, 8, 2, rows(rgb, w * 3)[:-22]))
    save("bomb.png", png(100_000, 100_000, 8, 2, b"\0"))
    save("text.png", b"hello, I am no image\n")
    save("empty.png", b"")
    save("gif.png", b"GIF89a\1\0\1\0\0\0\0")


def jpeg(image, **options):
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=95, **options)
    return buffer.getvalue()


def exif(orientation, little):
    e = "<" if little else ">"
    entry = (struct.pack(e + "HHI", 0x0100, 4, 1) + struct.pack(e + "I", 24)
             + struct.pack(e + "HHI", 0x0112, 3, 1) + struct.pack(e + "HH", orientation, 0))
    return (b"Exif\0\0" + (b"II" if little else b"MM")
            + struct.pack(e + "HIH", 42, 8, 2) + entry + struct.pack(e + "I", 0))


def ycck(cmyk, width, height):
    lib = ctypes.CDLL("libturbojpeg.so.0")
    lib.tjInitCompress.restype = ctypes.c_void_p
    handle = ctypes.c_void_p(lib.tjInitCompress())
    out, size = ctypes.c_void_p(), ctypes.c_ulong()
    status = lib.tjCompress2(handle, cmyk, width, 0, height, 11, ctypes.byref(out),
                             ctypes.byref(size), 0, 95, 0)
    assert status == 0
    return ctypes.string_at(out, size.value)


def make_jpeg():
    w, h = 24, 16
    base = Image.new("RGB", (w, h))
    base.putdata([(x * 10, y * 15, 255 if x < 8 and y < 4 else 60) for y in range(h) for x in range(w)])
    def load(data):
        image = Image.open(io.BytesIO(data))
        return ImageOps.exif_transpose(image).convert("L" if image.mode == "L" else "RGB")
    files = {
        "rgb.jpg": jpeg(base, subsampling=0),
        "subsampled.jpg": jpeg(base, subsampling=2),
        "grey.jpg": jpeg(base.convert("L")),
        "progressive.jpg": jpeg(base, progressive=True),
        "cmyk.jpg": jpeg(base.convert("CMYK")),
        "ycck.jpg": ycck(bytes(255 - v for v in base.convert("CMYK").tobytes()), w, h),
    }
    for orientation in range(1, 9):
        files[f"exif-{orientation}.jpg"] = jpeg(base, exif=exif(orientation, orientation % 2 == 0))
    # An orientation out of range and a directory that points outside: both ignored.
    files["exif-9.jpg"] = jpeg(base, exif=exif(9, True))
    broken = exif(6, True)
    files["exif-outside.jpg"] = jpeg(base, exif=broken[:10] + b"\xff\xff\xff\x7f" + broken[14:])
    for name, data in files.items():
        save(name, data, base_of(data) if name in ("exif-9.jpg", "exif-outside.jpg") else load(data))
    whole = files["rgb.jpg"]
    save("truncated.jpg", whole[:len(whole) * 2 // 3])
    save("header-only.jpg", whole[:40])
    # The frame header's sizes replaced: 65,500 x 65,500 pixels, and 12 bits.
    at = whole.index(b"\xff\xc0")
    save("bomb.jpg", whole[:at + 5] + struct.pack(">HH", 65500, 65500) + whole[at + 9:])
    save("12bit.jpg", whole[:at + 4] + b"\x0c" + whole[at + 5:])
    # A JPEG named PNG: the content decides.
    save("jpeg.png", whole, load(whole))
    make_odd_jpeg(whole, files["progressive.jpg"])


def base_of(data):
    return Image.open(io.BytesIO(data)).convert("RGB")


def flat_blocks(width, height, luma, chroma):
    """A baseline JPEG of blocks of one value each, in a sampling that no encoder at hand writes: `luma` blocks
    (across, down) for one of each colour. Every DC difference has a code of 8 bits: its own size, 0 to 8."""
    def segment(marker, data):
        return bytes([0xFF, marker]) + struct.pack(">H", len(data) + 2) + data
    across, down = luma
    out, bits = bytearray(), ""
    previous = [0, 0, 0]
    columns, rows = -(-width // (8 * across)), -(-height // (8 * down))
    for unit in range(columns * rows):
        for component in range(3):
            for block in range(across * down if component == 0 else 1):
                value = chroma(unit, component) if component else luma_value(unit * across * down + block)
                difference, previous[component] = value - previous[component], value
                size = abs(difference).bit_length()
                bits += f"{size:08b}"
                if size:
                    coded = difference if difference > 0 else difference + (1 << size) - 1
                    bits += f"{coded:0{size}b}"
                bits += "0"  # End of block, the one AC code.
    bits += "1" * (-len(bits) % 8)
    for at in range(0, len(bits), 8):
        out.append(int(bits[at:at + 8], 2))
        if out[-1] == 0xFF:
            out.append(0)
    frame = struct.pack(">BHHB", 8, height, width, 3) + bytes(
        [1, across * 16 + down, 0, 2, 0x11, 0, 3, 0x11, 0])
    table = lambda kind, counts, values: segment(0xC4, bytes([kind]) + bytes(counts) + bytes(values))
    return (b"\xff\xd8" + segment(0xDB, bytes([0] + [8] * 64)) + segment(0xC0, frame)
            + table(0x00, [0] * 7 + [12] + [0] * 8, range(12)) + table(0x10, [1] + [0] * 15, [0])
            + segment(0xDA, bytes([3, 1, 0, 2, 0, 3, 0, 0, 63, 0])) + bytes(out) + b"\xff\xd9")


def luma_value(block):
    return (block * 37) % 200 - 100


def make_odd_jpeg(whole, progressive):
    def load(data):
        return Image.open(io.BytesIO(data)).convert("RGB")
    colour = lambda unit, component: (unit * 29 + component * 50) % 120 - 60
    scan = whole.index(b"\xff\xda")
    damaged = bytearray(whole)
    damaged[scan + 74:scan + 80] = b"\xff\0" * 3  # Ones only are no code.
    files = {
        # Sampling: luma's share of the columns and rows.
        "sampling-410.jpg": flat_blocks(70, 40, (4, 2), colour),
        "sampling-411.jpg": flat_blocks(70, 40, (4, 1), colour),
        "sampling-441.jpg": flat_blocks(40, 70, (1, 4), colour),
        # What libjpeg warns of, with all rows there.
        "stray-before-end.jpg": whole[:-2] + b"\x12\x34\x56" + whole[-2:],
        "stray-in-header.jpg": whole[:scan] + b"\0\0\0" + whole[scan:],
        "bad-codes.jpg": bytes(damaged),
    }
    for name, data in files.items():
        save(name, data, load(data))
    save("no-end.jpg", whole[:-2])
    save("half-with-end.jpg", whole[:(scan + len(whole)) // 2] + b"\xff\xd9")
    save("progressive-half-with-end.jpg", progressive[:len(progressive) * 2 // 3] + b"\xff\xd9")
    save("stray-and-half.jpg", whole[:scan] + b"\0\0\0" + whole[scan:(scan + len(whole)) // 2])


def make_exif_png():
    """Orientation in an eXIf chunk: before the pixels, behind them, and with JPEG's mark before the block."""
    w, h = 7, 5
    rgb = pattern(w * h * 3)
    def load(data):
        return ImageOps.exif_transpose(Image.open(io.BytesIO(data)))
    block = lambda orientation: exif(orientation, orientation % 2 == 0)[6:]
    whole = lambda extra: png(w, h, 8, 2, rows(rgb, w * 3), extra)
    files = {f"exif-{o}.png": whole(chunk(b"eXIf", block(o))) for o in (3, 6)}
    files["exif-behind.png"] = whole(b"")[:-12] + chunk(b"eXIf", block(8)) + whole(b"")[-12:]
    files["exif-marked.png"] = whole(chunk(b"eXIf", b"Exif\0\0" + block(5)))
    for name, data in files.items():
        save(name, data, load(data))
    # Values of 12 bits in 16: 17 grey levels are left.
    values = [(v * 16 + v // 16) for v in pattern(w * h)]
    save("grey-12in16.png", png(w, h, 16, 0, rows(struct.pack(f">{w * h}H", *values), w * 2)),
         Image.frombytes("L", (w, h), bytes((v + 128) // 257 for v in values)))


def make_resampled():
    lines = []
    cases = [((13, 9), (8, 8)), ((13, 9), (5, 4)), ((100, 75), (16, 16)), ((28, 28), (32, 32)),
             ((28, 28), (17, 40)), ((1, 1), (3, 2)), ((64, 16), (16, 16)), ((3, 50), (16, 16))]
    for mode, channels in (("L", 1), ("RGB", 3)):
        for size, target in cases:
            source = Image.frombytes(mode, size, pattern(size[0] * size[1] * channels))
            # Columns first, in two calls: Pillow 13 takes rows first for some shapes (one level off).
            wide = source.resize((target[0], size[1]), Image.Resampling.BILINEAR)
            result = wide.resize(target, Image.Resampling.BILINEAR)
            direct = source.resize(target, Image.Resampling.BILINEAR)
            assert all(abs(a - b) <= 1 for a, b in zip(result.tobytes(), direct.tobytes()))
            lines.append(f"{size[0]} {size[1]} {channels} {target[0]} {target[1]} "
                         f"{result.tobytes().hex()}")
    (HERE / "resampled.txt").write_text("\n".join(lines) + "\n")
    luma = Image.frombytes("RGB", (16, 16), pattern(768)).convert("L")
    (HERE / "luma.txt").write_text(luma.tobytes().hex() + "\n")


make_png()
make_jpeg()
make_exif_png()
make_resampled()
(HERE / "expected.txt").write_text("\n".join(EXPECTED) + "\n")
(HERE / "VERSIONS.txt").write_text(
    f"Python {platform.python_version()}, Pillow {PIL.__version__}, "
    f"libjpeg-turbo {features.version('libjpeg_turbo')} in Pillow, "
    f"zlib {zlib.ZLIB_RUNTIME_VERSION}\n")

"""Writes Sources/Rendering/Overlays/ColorTables.swift. Made with Python 3.11, matplotlib 3.10.7, numpy 2.4.6.

viridis (van der Walt and Smith, CC0) and cividis (Nunez, Anderton and Renslow, 2018) are matplotlib's tables,
rounded to 8 bits. The diverging map is built here: two arms in OKLCH (Ottosson, 2020) with the same lightness and
chroma at the same distance from the centre, so that neither sign looks stronger.

    python make_color_tables.py > ../../../Sources/Rendering/Overlays/ColorTables.swift
"""
import numpy as np
from matplotlib import colormaps


def listed(name):
    return np.rint(np.array(colormaps[name].colors) * 255).astype(int)


def oklch_to_srgb(lightness, chroma, hue):
    a, b = chroma * np.cos(np.radians(hue)), chroma * np.sin(np.radians(hue))
    l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    s = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = np.array([
        4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
        -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
        -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s,
    ])
    assert linear.min() > -1e-3 and linear.max() < 1 + 1e-3, (lightness, chroma, hue, linear)
    linear = linear.clip(0, 1)
    return np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)


def diverging():
    rows = []
    for index in range(256):
        position = (index - 127.5) / 127.5
        strength = abs(position)
        hue = 250 if position < 0 else 55
        rows.append(oklch_to_srgb(0.97 - 0.42 * strength, 0.125 * strength, hue))
    return np.rint(np.array(rows) * 255).astype(int)


def table(name, comment, values):
    print(f"\n  /// {comment}\n  static let {name}: [UInt32] = [")
    words = [f"0x{r:02X}{g:02X}{b:02X}" for r, g, b in values]
    for start in range(0, 256, 8):
        print("    " + ", ".join(words[start:start + 8]) + ",")
    print("  ]")


print("// Written by Tests/RenderingTests/Fixtures/make_color_tables.py; change it there.\n")
print("/// The 256 entries of each colour map, 0xRRGGBB from low to high.\nenum ColorTables {", end="")
table("viridis", "van der Walt and Smith, 2015 (CC0).", listed("viridis"))
table("cividis", "Nuñez, Anderton and Renslow, 2018, https://doi.org/10.1371/journal.pone.0199239.",
      listed("cividis"))
table("blueWhiteOrange", "Blue – white – orange, equal lightness and chroma on both sides.", diverging())
print("}")

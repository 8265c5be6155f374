"""ExitLens's overlay sheet (two models, five exits, 64×64) as others draw it, to a PNG file in memory.

Same tiles, same colours: the photo, then every exit's map over the grey photo, viridis from 0 to the sheet's largest
cell (attention × cells), half transparent. A contender is a function of a sample's number that returns the file.
Maps are brought to 64×64 by Pillow's bilinear resize, which for enlarging is ExitLens's rule.
"""

import io

import numpy as np
from PIL import Image
from safetensors.numpy import load_file

ALPHA = np.float32(0.5)
REC601 = np.array([0.299, 0.587, 0.114], dtype=np.float32)
NAMES = ["matplotlib", "matplotlib, figure kept", "NumPy + Pillow"]


class Sheets:
    """What `exitlens bench --dump` wrote."""

    def __init__(self, folder):
        tensors = load_file(f"{folder}/sheets.safetensors")
        self.images, self.colors = tensors["images"], tensors["colors"]
        self.sheets, self.sizes = tensors["sheets"], tensors["sizes"]
        self.gutter = int(tensors["gutter"][0])
        exits = sum(name.startswith("egt.") for name in tensors)
        self.rows = [[tensors[f"{arm}.{k + 1}"] for k in range(exits)] for arm in ("baseline", "egt")]
        self.side = self.images.shape[1]

    def maps(self, sample):
        """Per row and exit the map at the photo's size, 0…1 of the sheet's largest cell."""
        rows = [[maps[sample] * np.float32(maps[sample].size) for maps in row] for row in self.rows]
        limit = max(cells.max() for row in rows for cells in row)
        size = (self.side, self.side)
        return [[np.asarray(Image.fromarray(cells).resize(size, Image.Resampling.BILINEAR)) / limit for cells in row]
                for row in rows]

    def place(self, row, column):
        """The tile's slices."""
        step = self.side + self.gutter
        return slice(row * step, row * step + self.side), slice(column * step, column * step + self.side)


def with_pillow(sheets):
    table = ALPHA * sheets.colors.astype(np.float32)

    def draw(sample):
        sheet = np.full(sheets.sheets.shape[1:], 128, dtype=np.uint8)
        photo = sheets.images[sample]
        grey = ((1 - ALPHA) * (photo @ REC601))[..., None] + np.float32(0.5)
        for row, maps in enumerate(sheets.maps(sample)):
            sheet[sheets.place(row, 0)] = photo
            for column, values in enumerate(maps, 1):
                entries = np.minimum(values * 256, 255).astype(np.uint8)
                sheet[sheets.place(row, column)] = grey + table[entries]
        file = io.BytesIO()
        Image.fromarray(sheet).save(file, "PNG")
        return file.getvalue()

    return draw


def with_matplotlib(sheets, keeps_figure):
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    height, width = sheets.sheets.shape[1:3]
    dpi = 100

    def make(sample):
        """A figure whose axes lie pixel by pixel on the tiles, and the images to fill."""
        figure = pyplot.figure(figsize=(width / dpi, height / dpi), dpi=dpi, facecolor=(128 / 255,) * 3)
        artists = []
        photo, maps = sheets.images[sample], sheets.maps(sample)
        grey = photo @ REC601
        for row in range(len(maps)):
            for column in range(1 + len(maps[row])):
                down, across = sheets.place(row, column)
                axes = figure.add_axes([
                    across.start / width, 1 - down.stop / height, sheets.side / width, sheets.side / height])
                axes.set_axis_off()
                if column == 0:
                    artists.append((axes.imshow(photo, interpolation="none"),))
                else:
                    artists.append((
                        axes.imshow(grey, cmap="gray", vmin=0, vmax=255, interpolation="none"),
                        axes.imshow(maps[row][column - 1], cmap="viridis", vmin=0, vmax=1, alpha=float(ALPHA),
                                    interpolation="none")))
        return figure, artists

    def save(figure):
        file = io.BytesIO()
        figure.savefig(file, format="png", facecolor=figure.get_facecolor())
        return file.getvalue()

    if not keeps_figure:
        def draw(sample):
            figure, _ = make(sample)
            file = save(figure)
            pyplot.close(figure)
            return file

        return draw

    kept, artists = make(0)

    def redraw(sample):
        photo = sheets.images[sample]
        grey = photo @ REC601
        layers = []
        for row in sheets.maps(sample):
            layers += [(photo,)] + [(grey, values) for values in row]
        for images, values in zip(artists, layers):
            for image, value in zip(images, values):
                image.set_data(value)
        return save(kept)

    return redraw


def contender(sheets, name):
    """A function without arguments that makes the next sample's file."""
    draw = with_pillow(sheets) if name == "NumPy + Pillow" else with_matplotlib(sheets, name.endswith("kept"))
    count, last = len(sheets.images), [-1]

    def work():
        last[0] = (last[0] + 1) % count
        return draw(last[0])

    return work


def pixels(file):
    return np.asarray(Image.open(io.BytesIO(file)).convert("RGB"))


def deviation(sheets, work):
    """The largest difference of a channel from ExitLens's over all sheets, as a share of 255; infinite where the pictures
    are of other sizes."""
    worst = 0.0
    for wanted in sheets.sheets:
        got = pixels(work())
        if got.shape != wanted.shape:
            return float("inf")
        worst = max(worst, float(np.abs(got.astype(int) - wanted.astype(int)).max() / 255))
    return worst

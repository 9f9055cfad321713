"""One frame of a take: the layers where the camera is, its look, and the slate burnt into the bars."""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFont, ImageOps

from shows.services.drawing.canvas import Layer, Size
from shows.services.drawing.order import Order
from shows.services.drawing.scenes import SCENES

# Pictures of 2.39:1 in frames of 16:9; the camera travels over a plate that is a little wider.
SCOPE = 2.39
PLATE = 1.15
# Wide, medium, close.
LENSES = (1.0, 1.3, 1.6)
INK = (206, 208, 210)
DIM = (120, 124, 128)
BARS = ((192, 192, 192), (192, 192, 0), (0, 192, 192), (0, 192, 0), (192, 0, 192), (192, 0, 0), (0, 0, 192))
# Departments whose takes are no pictures yet, and the colours of their viewports.
UNFINISHED = {"Layout": ((40, 44, 52), (208, 212, 218)), "Animation": ((46, 42, 44), (226, 216, 206))}
GRAIN = 14


@dataclass(frozen=True)
class Plate:
    """A layer without what is empty around it; without a mask it hides all that is behind it."""

    image: Image.Image
    mask: Image.Image | None
    left: int
    top: int
    depth: float


@lru_cache(maxsize=1)
def plates(show: str, sequence: str, shot: str, size: Size) -> list[Plate]:
    """The place of a shot, which all its takes have in common."""
    place = Random(f"{show} {sequence} {shot}")  # noqa: S311 - for pictures
    lens, is_mirrored = LENSES[place.randrange(len(LENSES))], place.random() < 0.5
    wide, high = int(size[0] * PLATE), size[1]
    painted = SCENES[show, sequence](place, (int(wide * lens), int(high * lens)))
    left, top = int(wide * (lens - 1) * 0.5), int(high * (lens - 1) * 0.4)
    window = (left, top, left + wide, top + high)
    return [plate(layer, window, is_mirrored=is_mirrored) for layer in painted]


def plate(layer: Layer, window: tuple[int, int, int, int], *, is_mirrored: bool) -> Plate:
    image = layer.image.crop(window)
    if is_mirrored:
        image = image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    if image.mode == "RGB":
        return Plate(image, None, 0, 0, layer.depth)
    box = image.getbbox() or (0, 0, 1, 1)
    part = image.crop(box)
    return Plate(part.convert("RGB"), part.getchannel("A"), box[0], box[1], layer.depth)


@dataclass
class Stage:
    """What is drawn once for all frames of a take."""

    order: Order
    size: Size

    @cached_property
    def plates(self) -> list[Plate]:
        return plates(self.order.show, self.order.sequence, self.order.shot, self.picture_size)

    @property
    def picture_size(self) -> Size:
        return self.size[0], int(self.size[0] / SCOPE) // 2 * 2

    @cached_property
    def bar(self) -> int:
        """The height of the black bar above and below the picture."""
        return (self.size[1] - self.picture_size[1]) // 2

    def picture(self, at: float) -> Image.Image:
        """What the camera sees on its way from 0 to 1."""
        travel = self.picture_size[0] * (PLATE - 1)
        view = Image.new("RGB", self.picture_size)
        for plate in self.plates:
            view.paste(plate.image, (plate.left - int(travel * at * plate.depth), plate.top), plate.mask)
        return look(view, self.order.department)

    @cached_property
    def slate(self) -> Image.Image:
        """The frame without its picture and its number."""
        frame = Image.new("RGB", self.size)
        draw = ImageDraw.Draw(frame)
        order, bar, edge = self.order, self.bar, self.size[0] // 40
        above, below = bar // 2, self.size[1] - bar // 2
        write(draw, (edge, above), f"{order.show}  {order.sequence}  {order.shot}", bar // 3, INK, "lm")
        write(draw, (self.size[0] - edge, above), f"{order.version}  {order.department}", bar // 3, INK, "rm")
        write(draw, (edge, below), "BACKLOT  ·  demo", bar // 4, DIM, "lm")
        for number, color in enumerate(BARS):
            left = self.size[0] - edge - (len(BARS) - number) * bar // 4
            draw.rectangle([left, below - bar // 8, left + bar // 4 - 2, below + bar // 8], fill=color)
        return frame

    def frame(self, at: float, number: int) -> Image.Image:
        """The whole frame with its number."""
        frame = self.slate.copy()
        frame.paste(self.picture(at), (0, self.bar))
        middle = self.size[0] / 2, self.size[1] - self.bar / 2
        write(ImageDraw.Draw(frame), middle, f"{number:04d}", self.bar // 3, INK, "mm")
        return frame


def look(picture: Image.Image, department: str) -> Image.Image:
    """The picture as the department hands it in."""
    if department not in UNFINISHED:
        return picture
    dark, light = UNFINISHED[department]
    drawn = ImageOps.colorize(ImageOps.grayscale(picture), dark, light)
    draw = ImageDraw.Draw(drawn)
    for third in (1, 2):
        x, y = drawn.width * third / 3, drawn.height * third / 3
        draw.line([(x, 0), (x, drawn.height)], fill=DIM)
        draw.line([(0, y), (drawn.width, y)], fill=DIM)
    return drawn


def grained(image: Image.Image, order: Order) -> Image.Image:
    """The image with the grain of film, which no two takes share."""
    noise = Image.frombytes("L", image.size, order.dice("grain").randbytes(image.width * image.height))
    noise = noise.point([128 + (value - 128) * GRAIN // 256 for value in range(256)])
    return ImageChops.add(image, Image.merge("RGB", [noise] * 3), offset=-128)


def write(
    draw: ImageDraw.ImageDraw,
    at: tuple[float, float],
    text: str,
    size: int,
    color: Size | tuple[int, int, int],
    anchor: str,
) -> None:
    draw.text(at, text, fill=color, font=ImageFont.load_default(size), anchor=anchor)

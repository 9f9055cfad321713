"""What scenes are painted with: skies, ridges, glows, fog and stars, in layers of different depth."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

Color = tuple[int, int, int]
Size = tuple[int, int]
Point = tuple[float, float]
BLACK: Color = (6, 7, 9)
# What a radial gradient holds in the middle of its sides.
EDGE = 180


@dataclass(frozen=True)
class Layer:
    """A part of the scene, as wide as the camera travels; the nearer it is (`depth` up to 1), the more it moves."""

    image: Image.Image
    depth: float


def sky(size: Size, *stops: Color) -> Image.Image:
    """A gradient from the first colour above to the last below."""
    column = Image.new("RGB", (1, len(stops)))
    column.putdata(stops)
    return column.resize((1, size[1] + size[1] // len(stops)), Image.Resampling.BICUBIC).resize(size)


def clear(size: Size) -> Image.Image:
    return Image.new("RGBA", size)


def glow(image: Image.Image, center: Point, radius: float, color: Color, strength: float = 1.0) -> Image.Image:
    """The image with light around a point."""
    side = max(int(radius * 2), 2)
    spot = Image.radial_gradient("L").resize((side, side))
    # The gradient goes on into the corners; light falls off faster, and ends at the radius.
    spot = spot.point([int(max(1 - value / EDGE, 0) ** 2.2 * 255 * strength) for value in range(256)])
    light = Image.new("RGB", image.size)
    place = int(center[0] - side / 2), int(center[1] - side / 2)
    light.paste(
        Image.merge("RGB", [spot.point([value * part // 255 for value in range(256)]) for part in color]), place
    )
    return ImageChops.screen(image, light)


def profile(rng: Random, width: int, low: float, high: float, roughness: float = 0.5) -> list[Point]:
    """The outline of hills from left to right, by displaced midpoints."""
    heights, swing = [rng.uniform(low, high), rng.uniform(low, high)], (high - low) / 2
    while len(heights) < 129:
        middles = [(a + b) / 2 + rng.uniform(-swing, swing) for a, b in pairwise(heights)]
        heights = [height for pair in zip(heights, middles, strict=False) for height in pair] + heights[-1:]
        swing *= roughness
    return [(width * number / 128, height) for number, height in enumerate(heights)]


def ridge(rng: Random, size: Size, low: float, high: float, color: Color, roughness: float = 0.5) -> Image.Image:
    """Hills whose tops lie between two heights, given as parts of the size from above."""
    layer = clear(size)
    outline = profile(rng, size[0], size[1] * low, size[1] * high, roughness)
    ImageDraw.Draw(layer).polygon([*outline, (size[0], size[1]), (0, size[1])], fill=color)
    return layer


def fog(rng: Random, size: Size, color: Color, top: float, density: float) -> Image.Image:
    """Drifting banks, denser below."""
    coarse = Image.frombytes("L", (12, 5), rng.randbytes(60)).resize(size, Image.Resampling.BICUBIC)
    rise = Image.linear_gradient("L").resize((size[0], max(int(size[1] * (1 - top)), 1)))
    mask = Image.new("L", size)
    mask.paste(rise, (0, size[1] - rise.height))
    mask = ImageChops.multiply(mask, coarse.point([128 + value // 2 for value in range(256)]))
    layer = Image.new("RGBA", size, color)
    layer.putalpha(mask.point([int(value * density) for value in range(256)]))
    return layer


def stars(image: Image.Image, rng: Random, number: int, bottom: float = 1.0) -> Image.Image:
    draw = ImageDraw.Draw(image)
    for _ in range(number):
        at = rng.random() * image.width, rng.random() * image.height * bottom
        bright = int(60 + 190 * rng.random() ** 3)
        draw.point(at, fill=(bright, bright, min(bright + 20, 255)))
    return image


def shafts(image: Image.Image, rng: Random, source: Point, color: Color, number: int = 7) -> Image.Image:
    """Rays that spread from a source of light."""
    light = Image.new("RGB", image.size)
    draw = ImageDraw.Draw(light)
    for _ in range(number):
        foot, width = rng.uniform(-0.3, 1.3) * image.width, rng.uniform(0.02, 0.09) * image.width
        shade = rng.uniform(0.12, 0.4)
        points = [source, (foot, image.height * 1.2), (foot + width, image.height * 1.2)]
        draw.polygon(points, fill=scaled(color, shade))
    return ImageChops.screen(image, light.filter(ImageFilter.GaussianBlur(image.height / 45)))


def scaled(color: Color, factor: float) -> Color:
    red, green, blue = (min(int(part * factor), 255) for part in color)
    return red, green, blue


def mixed(one: Color, other: Color, share: float) -> Color:
    red, green, blue = (int(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def picked(rng: Random, choices: Sequence[Color]) -> Color:
    return choices[int(rng.random() * len(choices))]

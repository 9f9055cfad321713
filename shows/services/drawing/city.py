"""Nine Quiet Floors: a lift that stands still, and a roof in the rain."""

from random import Random

from PIL import Image, ImageDraw, ImageFilter

from shows.services.drawing.canvas import BLACK, Color, Layer, Size, clear, fog, glow, picked, scaled, sky

LAMPS: tuple[Color, ...] = ((255, 206, 130), (255, 228, 176), (170, 210, 240), (255, 150, 90))


def block(rng: Random, size: Size, color: Color, low: float, high: float, lit: float) -> Image.Image:
    """A row of houses with some windows lit."""
    layer = clear(size)
    draw = ImageDraw.Draw(layer)
    x = 0.0
    while x < size[0]:
        wide, top = size[1] * rng.uniform(0.1, 0.24), size[1] * rng.uniform(low, high)
        draw.rectangle([x, top, x + wide, size[1]], fill=color)
        if rng.random() < 0.3:
            draw.line([(x + wide / 2, top), (x + wide / 2, top - size[1] * 0.09)], fill=color, width=3)
        windows(draw, rng, (x, top, wide), size[1], lit)
        x += wide * rng.uniform(0.9, 1.15)
    return layer


def windows(draw: ImageDraw.ImageDraw, rng: Random, house: tuple[float, float, float], bottom: int, lit: float) -> None:
    left, top, wide = house
    for row in range(int((bottom - top) / 15)):
        for column in range(int(wide / 12)):
            if rng.random() < lit:
                x, y = left + 4 + column * 12, top + 7 + row * 15
                draw.rectangle([x, y, x + 5, y + 7], fill=scaled(picked(rng, LAMPS), rng.uniform(0.35, 1)))


def rain(rng: Random, size: Size, number: int, length: float) -> Image.Image:
    layer = clear(size)
    draw = ImageDraw.Draw(layer)
    for _ in range(number):
        x, y, drop = rng.random() * size[0], rng.random() * size[1], length * rng.uniform(0.5, 1)
        draw.line([(x, y), (x - drop * 0.22, y + drop)], fill=(190, 210, 230, rng.randrange(30, 110)))
    return layer


def roof(rng: Random, size: Size) -> list[Layer]:
    width, height = size
    night = sky(size, (10, 14, 26), (26, 34, 54), (70, 60, 76), (120, 84, 78))
    for _ in range(5):
        at = width * rng.random(), height * rng.uniform(0.55, 0.8)
        night = glow(night, at, height * rng.uniform(0.2, 0.5), picked(rng, LAMPS), 0.5)
    parapet = clear(size)
    draw = ImageDraw.Draw(parapet)
    draw.rectangle([0, height * 0.87, width, height], fill=BLACK)
    draw.line([(0, height * 0.76), (width, height * 0.76)], fill=BLACK, width=5)
    for number in range(int(width / 60) + 1):
        draw.line([(number * 60, height * 0.76), (number * 60, height)], fill=BLACK, width=3)
    x = width * rng.uniform(0.3, 0.7)
    draw.ellipse([x - 15, height * 0.42 - 15, x + 15, height * 0.42 + 19], fill=BLACK)
    draw.polygon(
        [(x - 40, height), (x - 30, height * 0.5), (x, height * 0.46), (x + 30, height * 0.5), (x + 40, height)],
        fill=BLACK,
    )
    return [
        Layer(night, 0.05),
        Layer(block(rng, size, (44, 44, 58), 0.3, 0.55, 0.16), 0.2),
        Layer(fog(rng, size, (110, 92, 96), 0.4, 0.5), 0.3),
        Layer(block(rng, size, (20, 22, 32), 0.42, 0.74, 0.24), 0.45),
        Layer(rain(rng, size, 420, 34), 0.7),
        Layer(parapet, 0.85),
        Layer(rain(rng, size, 90, 80).filter(ImageFilter.GaussianBlur(1)), 1.0),
    ]


def lift(rng: Random, size: Size) -> list[Layer]:
    width, height = size
    hall = sky(size, (26, 30, 34), (58, 62, 60), (42, 50, 54), (16, 26, 32))
    x, half, top, floor = width * rng.uniform(0.45, 0.55), height * 0.3, height * 0.14, height * 0.72
    draw = ImageDraw.Draw(hall)
    for number in range(-7, 8):
        draw.line(
            [(x + number * height * 0.16, floor), (x + number * height * 0.42, height)], fill=(28, 42, 48), width=2
        )
    draw.rectangle([x - half * 1.16, top * 0.8, x + half * 1.16, floor], fill=(24, 26, 28))
    gap = half * rng.uniform(0.18, 0.5)
    draw.rectangle([x - gap, top, x + gap, floor], fill=(255, 218, 156))
    for side in (-1, 1):
        inner, outer = sorted((x + side * gap, x + side * half))
        draw.rectangle([inner, top, outer, floor], fill=(96, 98, 96))
    hall = glow(hall, (x, (top + floor) / 2), height * 0.75, (255, 206, 140), 0.65)
    shine = clear(size)
    ImageDraw.Draw(shine).polygon(
        [(x - gap, floor), (x + gap, floor), (x + gap * 3, height), (x - gap * 3, height)], fill=(255, 206, 140, 120)
    )
    return [
        Layer(hall, 0.15),
        Layer(shine.filter(ImageFilter.GaussianBlur(9)), 0.15),
        Layer(ripples(rng, size, floor), 0.3),
        Layer(columns(rng, size), 1.0),
    ]


def ripples(rng: Random, size: Size, floor: float) -> Image.Image:
    layer = clear(size)
    draw = ImageDraw.Draw(layer)
    for _ in range(150):
        down = rng.random()
        y, half = floor + down * (size[1] - floor), 6 + 46 * down * rng.random()
        x = rng.random() * size[0]
        draw.line([(x - half, y), (x + half, y)], fill=(150, 190, 196, rng.randrange(20, 90)), width=1 + int(2 * down))
    return layer


def columns(rng: Random, size: Size) -> Image.Image:
    layer = clear(size)
    draw = ImageDraw.Draw(layer)
    for x in (rng.uniform(0.02, 0.08), rng.uniform(0.9, 0.96)):
        draw.rectangle([size[0] * x, 0, size[0] * x + size[1] * 0.11, size[1]], fill=BLACK)
    return layer

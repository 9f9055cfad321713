"""Marrow and Moss: a bog at dusk, a nest in the canopy, a flight above the reeds."""

from math import cos, sin, tau
from random import Random

from PIL import Image, ImageDraw, ImageFilter

from shows.services.drawing.canvas import Color, Layer, Size, clear, fog, glow, picked, ridge, shafts, sky

DARK: Color = (10, 18, 14)
LEAVES: tuple[Color, ...] = ((24, 48, 30), (34, 62, 34), (18, 38, 30), (52, 74, 36))


def reeds(rng: Random, size: Size, number: int, color: Color, tall: float) -> Image.Image:
    layer = clear(size)
    draw = ImageDraw.Draw(layer)
    for _ in range(number):
        x, top, lean = rng.random() * size[0], size[1] * (1 - tall * rng.uniform(0.4, 1)), rng.uniform(-30, 30)
        draw.line([(x, size[1]), (x + lean * 0.3, (size[1] + top) / 2), (x + lean, top)], fill=color, width=2)
        if rng.random() < 0.35:
            draw.ellipse([x + lean - 4, top - 14, x + lean + 4, top + 16], fill=color)
    return layer


def trees(rng: Random, size: Size, number: int, color: Color, foot: float) -> Image.Image:
    layer = clear(size)
    draw = ImageDraw.Draw(layer)
    for _ in range(number):
        x, thick = rng.random() * size[0], rng.uniform(3, 11)
        top = size[1] * rng.uniform(0.0, foot * 0.5)
        draw.line([(x, size[1] * foot), (x + rng.uniform(-20, 20), top)], fill=color, width=int(thick))
        for _ in range(9):
            crown = rng.uniform(14, 44)
            cx, cy = x + rng.gauss(0, 40), top + rng.gauss(0, 34)
            draw.ellipse([cx - crown, cy - crown * 0.7, cx + crown, cy + crown * 0.7], fill=color)
    return layer


def bog(rng: Random, size: Size) -> list[Layer]:
    width, height = size
    air = sky(size, (46, 66, 74), (120, 138, 104), (208, 186, 116), (92, 100, 70))
    air = glow(air, (width * rng.uniform(0.3, 0.7), height * 0.42), height * 0.7, (255, 226, 150), 0.8)
    lantern = width * rng.uniform(0.3, 0.6), height * rng.uniform(0.56, 0.66)
    mist = glow(air, lantern, height * 0.3, (255, 196, 90))
    roots = clear(size)
    draw = ImageDraw.Draw(roots)
    for number in range(6):
        x, arch = width * (0.02 + 0.18 * number) + rng.uniform(-20, 20), height * rng.uniform(0.16, 0.4)
        draw.arc([x, height - arch, x + height * 0.4, height + arch], 180, 360, fill=DARK, width=rng.randrange(9, 20))
    draw.ellipse([lantern[0] - 7, lantern[1] - 10, lantern[0] + 7, lantern[1] + 10], fill=(255, 236, 176))
    return [
        Layer(mist, 0.1),
        Layer(trees(rng, size, 16, (66, 82, 62), 0.72), 0.25),
        Layer(fog(rng, size, (188, 188, 138), 0.45, 0.7), 0.4),
        Layer(trees(rng, size, 6, (30, 44, 34), 0.86), 0.5),
        Layer(roots, 0.7),
        Layer(reeds(rng, size, 70, DARK, 0.5), 1.0),
    ]


def nest(rng: Random, size: Size) -> list[Layer]:
    width, height = size
    air = sky(size, (232, 226, 160), (138, 160, 92), (44, 70, 44), (14, 28, 22))
    air = shafts(air, rng, (width * rng.uniform(0.4, 0.6), -height * 0.5), (255, 246, 190), 8)
    bowl = clear(size)
    draw = ImageDraw.Draw(bowl)
    x, y, wide, deep = width * rng.uniform(0.45, 0.55), height * 0.74, height * 0.52, height * 0.19
    draw.ellipse([x - wide, y - deep * 0.8, x + wide, y + deep * 1.1], fill=(30, 26, 20))
    for number in range(4):
        ex, ey, r = x + (number - 1.5) * height * 0.18, y + height * 0.02 * (number % 2), height * 0.085
        for part in range(12):
            shade, near = 120 + part * 10, 1 - part / 16
            dx, dy = r * near, r * 1.3 * near
            top = ey - r * 0.3 - part * r * 0.03
            draw.ellipse([ex - dx, top - dy, ex + dx, top + dy], fill=(shade, shade - 8, shade - 40))
    for _ in range(520):
        turn, far = rng.random() * tau / 2, rng.uniform(0.72, 1.04)
        cx, cy = x + cos(turn) * wide * far, y + sin(turn) * deep * far
        bend = rng.uniform(-0.5, 0.5)
        color = picked(rng, ((96, 72, 44), (62, 46, 30), (128, 100, 62)))
        draw.line([(cx - 34, cy - 20 * bend), (cx + 34, cy + 20 * bend)], fill=color, width=3)
    return [
        Layer(air, 0.1),
        Layer(foliage(rng, size, 240, 0.5).filter(ImageFilter.GaussianBlur(4)), 0.3),
        Layer(bowl, 0.6),
        Layer(foliage(rng, size, 130, 1.0), 1.0),
    ]


def foliage(rng: Random, size: Size, number: int, near: float) -> Image.Image:
    """Leaves around the edge of what is looked at."""
    layer = clear(size)
    draw = ImageDraw.Draw(layer)
    for _ in range(number):
        turn, far = rng.random() * tau, rng.uniform(0.85, 1.5) - near * 0.08
        x, y, r = size[0] * (0.5 + cos(turn) * far * 0.55), size[1] * (0.48 + sin(turn) * far * 0.6), 10 + 24 * near
        draw.ellipse([x - r, y - r * 0.5, x + r, y + r * 0.5], fill=picked(rng, LEAVES))
    return layer


def flight(rng: Random, size: Size) -> list[Layer]:
    width, height = size
    sun = width * rng.uniform(0.25, 0.75), height * rng.uniform(0.36, 0.46)
    air = sky(size, (58, 70, 112), (176, 120, 126), (250, 170, 100), (255, 214, 140))
    air = glow(shafts(air, rng, sun, (255, 220, 160), 8), sun, height * 0.8, (255, 200, 120), 0.9)
    birds = clear(size)
    draw = ImageDraw.Draw(birds)
    for number in range(rng.randrange(3, 7)):
        x, y, wing = width * (0.3 + 0.07 * number), height * (0.24 + 0.05 * abs(number - 2)), rng.uniform(13, 22)
        draw.line([(x - wing, y - wing * 0.4), (x, y), (x + wing, y - wing * 0.4)], fill=DARK, width=3)
    return [
        Layer(air, 0.05),
        Layer(ridge(rng, size, 0.5, 0.62, (150, 106, 102)), 0.15),
        Layer(ridge(rng, size, 0.58, 0.72, (92, 78, 78)), 0.3),
        Layer(fog(rng, size, (250, 190, 130), 0.45, 0.5), 0.4),
        Layer(birds, 0.55),
        Layer(ridge(rng, size, 0.7, 0.84, (42, 48, 46), 0.62), 0.6),
        Layer(reeds(rng, size, 110, DARK, 0.34), 1.0),
    ]

"""The Tallow Coast: a harbour at dawn, a lighthouse at night, a wreck below."""

from random import Random

from PIL import Image, ImageDraw, ImageFilter

from shows.services.drawing.canvas import (
    BLACK,
    Color,
    Layer,
    Size,
    clear,
    fog,
    glow,
    mixed,
    ridge,
    scaled,
    shafts,
    sky,
    stars,
)  # fmt: skip


def water(rng: Random, size: Size, horizon: float, far: Color, near: Color) -> Image.Image:
    """The sea below the horizon, with glints that grow towards the viewer."""
    layer, top = clear(size), int(size[1] * horizon)
    layer.paste(sky((size[0], size[1] - top), far, near), (0, top))
    draw = ImageDraw.Draw(layer)
    for _ in range(260):
        down = rng.random() ** 1.8
        y, half = top + down * (size[1] - top), 3 + 40 * down * rng.random()
        x = rng.random() * size[0]
        draw.line([(x - half, y), (x + half, y)], fill=mixed(near, far, rng.random()), width=1 + int(2 * down))
    return layer


def ship(rng: Random, size: Size, x: float, keel: float, length: float) -> Image.Image:
    """A packet under bare masts."""
    layer = clear(size)
    draw = ImageDraw.Draw(layer)
    y, half = size[1] * keel, size[1] * length / 2
    deck = y - half * 0.28
    draw.polygon(
        [(x - half, deck), (x + half * 1.15, deck - half * 0.08), (x + half * 0.8, y), (x - half * 0.8, y)], fill=BLACK
    )
    draw.line([(x + half, deck), (x + half * 1.6, deck - half * 0.4)], fill=BLACK, width=2)
    for place in (-0.5, 0.05, 0.6):
        top = deck - half * rng.uniform(1.1, 1.4)
        mast = x + half * place
        draw.line([(mast, deck), (mast, top)], fill=BLACK, width=3)
        for cross in (0.35, 0.65):
            at = deck + (top - deck) * cross
            draw.line([(mast - half * 0.28, at), (mast + half * 0.28, at)], fill=BLACK, width=2)
        draw.line([(mast, top), (x - half, deck)], fill=BLACK)
        draw.line([(mast, top), (x + half, deck)], fill=BLACK)
    return layer


def harbour(rng: Random, size: Size) -> list[Layer]:
    width, height = size
    sun = width * rng.uniform(0.3, 0.7), height * 0.52
    air = sky(size, (28, 44, 72), (92, 104, 126), (226, 160, 118), (250, 206, 150))
    air = glow(glow(air, sun, height * 0.9, (255, 170, 96), 0.8), sun, height * 0.16, (255, 236, 200))
    quay = clear(size)
    draw = ImageDraw.Draw(quay)
    draw.polygon([(0, height * 0.8), (width * 0.45, height * 0.86), (width * 0.42, height), (0, height)], fill=BLACK)
    for number in range(9):
        post = width * 0.05 * number
        draw.line([(post, height * 0.74), (post, height)], fill=BLACK, width=5)
    sea = water(rng, size, 0.56, (214, 162, 128), (34, 48, 66))
    return [
        Layer(air, 0.05),
        Layer(ridge(rng, size, 0.4, 0.54, (104, 104, 122)), 0.15),
        Layer(sea, 0.3),
        Layer(fog(rng, size, (232, 196, 170), 0.35, 0.55), 0.4),
        Layer(ship(rng, size, width * rng.uniform(0.4, 0.7), 0.72, rng.uniform(0.4, 0.55)), 0.6),
        Layer(quay, 1.0),
    ]


def lighthouse(rng: Random, size: Size) -> list[Layer]:
    width, height = size
    air = stars(sky(size, (8, 14, 32), (22, 36, 62), (58, 76, 98)), rng, 240, 0.6)
    rock = ridge(rng, size, 0.62, 0.8, (14, 16, 22))
    draw = ImageDraw.Draw(rock)
    x, foot, top = width * rng.uniform(0.35, 0.65), height * 0.82, height * 0.2
    thick = height * 0.055
    draw.polygon(
        [(x - thick, foot), (x + thick, foot), (x + thick * 0.6, top), (x - thick * 0.6, top)], fill=(30, 32, 40)
    )
    draw.rectangle([x - thick * 0.8, top - height * 0.02, x + thick * 0.8, top], fill=BLACK)
    draw.rectangle([x - thick * 0.5, top - height * 0.1, x + thick * 0.5, top - height * 0.02], fill=(255, 226, 160))
    draw.polygon(
        [(x - thick * 0.6, top - height * 0.1), (x + thick * 0.6, top - height * 0.1), (x, top - height * 0.16)],
        fill=BLACK,
    )
    lamp, turn = (x, top - height * 0.06), rng.uniform(-0.12, 0.12)
    air = beam(air, lamp, turn)
    return [
        Layer(glow(air, lamp, height * 0.5, (255, 206, 130), 0.9), 0.1),
        Layer(water(rng, size, 0.72, (48, 64, 86), (10, 16, 28)), 0.3),
        Layer(fog(rng, size, (74, 90, 112), 0.5, 0.45), 0.35),
        Layer(rock, 0.5),
        Layer(ridge(rng, size, 0.86, 0.97, BLACK), 1.0),
    ]


def beam(image: Image.Image, lamp: tuple[float, float], turn: float) -> Image.Image:
    light = clear(image.size)
    draw = ImageDraw.Draw(light)
    reach = image.width
    for side in (-1, 1):
        far = lamp[1] + side * turn * reach
        draw.polygon(
            [lamp, (lamp[0] + side * reach, far - 70), (lamp[0] + side * reach, far + 70)], fill=(255, 224, 170, 120)
        )
    light = light.filter(ImageFilter.GaussianBlur(image.height / 60))
    return Image.alpha_composite(image.convert("RGBA"), light).convert("RGB")


def wreck(rng: Random, size: Size) -> list[Layer]:
    width, height = size
    sea = sky(size, (96, 168, 160), (30, 98, 108), (10, 46, 62), (4, 18, 28))
    sea = shafts(sea, rng, (width * rng.uniform(0.3, 0.6), -height * 0.4), (190, 240, 220), 9)
    hull = clear(size)
    draw = ImageDraw.Draw(hull)
    x, color = width * rng.uniform(0.45, 0.6), (8, 28, 36)
    draw.pieslice([x - height * 0.5, height * 0.3, x + height * 1.1, height * 1.5], 180, 300, fill=color)
    for rib in range(7):
        left = x - height * 0.36 + rib * height * 0.16
        draw.arc([left, height * 0.12, left + height * 0.5, height * 1.3], 190, 265, fill=color, width=7)
    motes = clear(size)
    draw = ImageDraw.Draw(motes)
    for _ in range(120):
        mx, my, r = rng.random() * width, rng.random() * height, rng.uniform(0.6, 2.6)
        draw.ellipse([mx - r, my - r, mx + r, my + r], fill=(190, 226, 214, rng.randrange(40, 150)))
    return [
        Layer(sea, 0.05),
        Layer(ridge(rng, size, 0.66, 0.8, scaled((16, 62, 74), 0.9)), 0.2),
        Layer(hull, 0.5),
        Layer(fog(rng, size, (20, 74, 84), 0.4, 0.6), 0.6),
        Layer(motes, 0.8),
        Layer(ridge(rng, size, 0.86, 0.96, (3, 12, 18)), 1.0),
    ]

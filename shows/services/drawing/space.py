"""Copper Meridian: a docking bay, a breaking ring, an observation deck."""

from random import Random

from PIL import Image, ImageDraw, ImageFilter

from shows.services.drawing.canvas import BLACK, Color, Layer, Size, clear, glow, scaled, sky, stars

COPPER: Color = (214, 128, 74)
ICE: Color = (150, 200, 230)


def planet(image: Image.Image, center: tuple[float, float], radius: float, color: Color) -> Image.Image:
    """A world lit from the side, with a thin line of air."""
    side = int(radius * 2)
    disc = Image.new("L", (side, side))
    ImageDraw.Draw(disc).ellipse([0, 0, side - 1, side - 1], fill=255)
    day = sky((side, side), color, (52, 34, 34), (10, 9, 14), (4, 4, 8)).rotate(62)
    place = int(center[0] - radius), int(center[1] - radius)
    image = glow(image, center, radius * 1.16, color, 0.55)
    image.paste(day, place, disc)
    return image


def debris(rng: Random, size: Size, number: int, color: Color) -> Image.Image:
    layer = clear(size)
    draw = ImageDraw.Draw(layer)
    for _ in range(number):
        x, y, r = rng.gauss(0.55, 0.2) * size[0], rng.gauss(0.45, 0.16) * size[1], rng.uniform(1, 9)
        corners = [(x + rng.uniform(-r, r), y + rng.uniform(-r, r)) for _ in range(4)]
        draw.polygon(corners, fill=scaled(color, rng.uniform(0.2, 0.9)))
    return layer


def ring(rng: Random, size: Size) -> list[Layer]:
    width, height = size
    void = stars(sky(size, (3, 4, 10), (8, 10, 20), (14, 14, 24)), rng, 700)
    sun = width * rng.uniform(0.1, 0.25), height * rng.uniform(0.2, 0.4)
    void = planet(void, (width * rng.uniform(0.6, 0.75), height * 1.25), height * 1.05, COPPER)
    void = glow(glow(void, sun, height * 0.7, (255, 214, 170), 0.8), sun, height * 0.1, (255, 250, 240))
    arc, tilt = clear(size), rng.uniform(0.1, 0.3)
    draw = ImageDraw.Draw(arc)
    for number, shade in enumerate((150, 210, 110, 180)):
        grow = number * height * 0.035
        box = [width * 0.08 - grow, height * (0.3 - tilt) - grow, width * 1.15 + grow, height * (1.25 + tilt) + grow]
        color = scaled((255, 226, 200), shade / 255)
        draw.arc(box, 190, 282, fill=color, width=5)
        draw.arc(box, 289, 330, fill=color, width=4)
    return [
        Layer(void, 0.05),
        Layer(arc, 0.3),
        Layer(debris(rng, size, 90, (230, 206, 190)), 0.55),
        Layer(debris(rng, size, 14, (120, 110, 110)).filter(ImageFilter.GaussianBlur(2)), 1.0),
    ]


def dock(rng: Random, size: Size) -> list[Layer]:
    width, height = size
    hall = sky(size, (16, 18, 26), (44, 46, 56), (92, 76, 66), (36, 30, 32))
    draw = ImageDraw.Draw(hall)
    vanishing = width * rng.uniform(0.4, 0.6), height * 0.5
    for number in range(-9, 10):
        draw.line([vanishing, (vanishing[0] + number * width * 0.14, height)], fill=(58, 50, 50), width=2)
        draw.line([vanishing, (vanishing[0] + number * width * 0.14, 0)], fill=(28, 30, 40), width=2)
    hall = glow(hall, vanishing, height * 0.8, (255, 190, 130), 0.7)
    for number in range(1, 7):
        away = height * 0.13 * number
        for side in (-1, 1):
            hall = glow(hall, (vanishing[0] + side * away * 1.3, height * 0.24), 10 + 7 * number, ICE)
    return [Layer(hall, 0.1), Layer(tug(rng, size), 0.5), Layer(gantry(rng, size), 1.0)]


def tug(rng: Random, size: Size) -> Image.Image:
    layer = clear(size)
    draw = ImageDraw.Draw(layer)
    x, y, r = size[0] * rng.uniform(0.42, 0.6), size[1] * rng.uniform(0.5, 0.58), size[1] * 0.14
    draw.rounded_rectangle([x - r * 1.9, y - r * 0.6, x + r * 1.6, y + r * 0.7], r * 0.3, fill=(26, 24, 28))
    draw.polygon([(x + r * 1.2, y - r * 0.6), (x + r * 2.3, y), (x + r * 1.2, y + r * 0.7)], fill=(34, 30, 32))
    draw.rectangle([x + r * 0.5, y - r * 0.35, x + r * 1.1, y - r * 0.05], fill=(255, 210, 150))
    for leg in (-1.4, -0.2, 1.0):
        draw.line([(x + r * leg, y + r * 0.6), (x + r * (leg - 0.2), y + r * 1.3)], fill=BLACK, width=6)
    for _ in range(60):
        sx, sy = x - r * 1.9 - abs(rng.gauss(0, r)), y + rng.gauss(0.2, 0.4) * r
        draw.line([(sx, sy), (sx - rng.uniform(2, 14), sy + rng.uniform(-2, 8))], fill=(255, 200, 120))
    return layer


def gantry(rng: Random, size: Size) -> Image.Image:
    layer = clear(size)
    draw = ImageDraw.Draw(layer)
    top, deep, step = size[1] * rng.uniform(0.08, 0.14), size[1] * 0.1, size[1] * 0.12
    for y in (top, top + deep):
        draw.line([(0, y), (size[0], y)], fill=BLACK, width=9)
    for number in range(int(size[0] / step) + 1):
        x = number * step
        draw.line([(x, top), (x + step / 2, top + deep), (x + step, top)], fill=BLACK, width=4)
    post = size[0] * rng.uniform(0.08, 0.16)
    draw.rectangle([post, 0, post + size[1] * 0.09, size[1]], fill=BLACK)
    return layer


def deck(rng: Random, size: Size) -> list[Layer]:
    width, height = size
    view = stars(sky(size, (4, 6, 14), (10, 14, 28)), rng, 500)
    view = planet(view, (width * rng.uniform(0.55, 0.75), height * 0.55), height * 0.42, COPPER)
    frame = clear(size)
    draw = ImageDraw.Draw(frame)
    for x in (0.0, 0.3, 0.64, 0.97):
        draw.polygon(
            [(width * x, 0), (width * x + 26, 0), (width * x + 54, height), (width * x - 10, height)], fill=(12, 13, 18)
        )
    draw.rectangle([0, 0, width, height * 0.09], fill=(12, 13, 18))
    desk = clear(size)
    draw = ImageDraw.Draw(desk)
    draw.polygon([(0, height * 0.86), (width, height * 0.8), (width, height), (0, height)], fill=(9, 10, 14))
    for number in range(6):
        x, shade = width * (0.06 + 0.16 * number), rng.uniform(0.5, 1)
        color = scaled(ICE if number % 2 else COPPER, shade)
        draw.polygon(
            [
                (x, height * 0.84),
                (x + width * 0.09, height * 0.835),
                (x + width * 0.1, height * 0.9),
                (x, height * 0.91),
            ],
            fill=color,
        )
    return [Layer(view, 0.05), Layer(frame, 0.4), Layer(figures(rng, size), 0.6), Layer(desk, 1.0)]


def figures(rng: Random, size: Size) -> Image.Image:
    """People who look out, dark before the light."""
    layer = clear(size)
    draw = ImageDraw.Draw(layer)
    for number in range(2 + rng.randrange(2)):
        x, tall = size[0] * (0.22 + 0.22 * number + rng.uniform(-0.03, 0.03)), size[1] * rng.uniform(0.42, 0.52)
        head, top = tall * 0.09, size[1] - tall
        draw.ellipse([x - head, top - head, x + head, top + head * 1.2], fill=BLACK)
        draw.rounded_rectangle([x - head * 2.1, top + head * 1.3, x + head * 2.1, size[1]], head, fill=BLACK)
    return layer

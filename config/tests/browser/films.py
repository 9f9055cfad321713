"""Pictures and films of our own making, in which every frame tells its number."""

from functools import cache
from io import BytesIO

import av
from PIL import Image, ImageDraw

WIDTH, HEIGHT = 320, 180
# A frame's number from its first on, written as bright and dark stripes from left to right.
BITS = 8


@cache
def film(frames: int = 48, rate: int = 24) -> bytes:
    """A WebM of so many frames."""
    file = BytesIO()
    with av.open(file, "w", format="webm") as container:
        stream = container.add_stream("libvpx", rate=rate)
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        stream.options = {"deadline": "realtime", "cpu-used": "8"}
        for number in range(frames):
            container.mux(stream.encode(av.VideoFrame.from_image(striped(number))))
        container.mux(stream.encode())
    return file.getvalue()


def striped(number: int) -> Image.Image:
    image = Image.new("RGB", (WIDTH, HEIGHT))
    draw = ImageDraw.Draw(image)
    for bit in range(BITS):
        left = bit * WIDTH // BITS
        shade = 235 if number >> bit & 1 else 20
        draw.rectangle((left, 0, left + WIDTH // BITS, HEIGHT), fill=(shade, shade, shade))
    return image


@cache
def picture(width: int = 1920, height: int = 1080) -> bytes:
    """A PNG with a slope from dark to bright and a grid of single pixels."""
    image = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    draw = ImageDraw.Draw(image)
    for step in range(0, width, 40):
        draw.line((step, 0, step, height), fill=(120, 90, 60))
    for step in range(0, height, 40):
        draw.line((0, step, width, step), fill=(60, 90, 120))
    file = BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


# Reads the stripes of the frame that a video shows, as the number that they stand for.
READ_STRIPES = f"""
video => {{
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [{WIDTH}, {HEIGHT}];
  const paper = canvas.getContext("2d", {{ willReadFrequently: true }});
  paper.drawImage(video, 0, 0);
  let number = 0;
  for (let bit = 0; bit < {BITS}; bit++) {{
    const place = (bit + 0.5) * {WIDTH} / {BITS};
    if (paper.getImageData(place, {HEIGHT} / 2, 1, 1).data[0] > 128) number |= 1 << bit;
  }}
  return number;
}}
"""

"""`python -m shows.services.drawing FOLDER`: reads orders, a line each, draws each, and answers its facts."""

import json
import sys
from pathlib import Path

from shows.services.drawing.order import Order
from shows.services.drawing.takes import draw_take

for line in sys.stdin:
    name, given = json.loads(line)
    order = Order(**given | {"rate": tuple(given["rate"])})
    sys.stdout.write(json.dumps([name, draw_take(order, Path(sys.argv[1]) / name)]) + "\n")

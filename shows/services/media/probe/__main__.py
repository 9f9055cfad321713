import json
import sys
from pathlib import Path

from shows.services.media.probe.limits import confine
from shows.services.media.probe.looking import look_at

confine()
json.dump(look_at(*map(Path, sys.argv[1:])), sys.stdout)

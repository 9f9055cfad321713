"""The local default's servers: `python -m config.embedded up`, `run -- COMMAND`, `stop`, `reset`."""

import argparse
import sys

from config.embedded import commands
from config.embedded.errors import CannotServe


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m config.embedded", description=__doc__)
    acts = parser.add_subparsers(dest="act", required=True)
    up = acts.add_parser("up", help="start PostgreSQL, Redis and the application, and serve until Ctrl-C")
    up.add_argument("--reload", action="store_true", help="restart the application when its source changes")
    run = acts.add_parser("run", help="run one command with PostgreSQL and Redis at hand")
    run.add_argument("command", nargs="+", help="the command, after two dashes")
    acts.add_parser("stop", help="stop what runs here")
    acts.add_parser("reset", help="remove the local database and its media")
    return parser.parse_args()


def main() -> int:
    """Runs the act that was asked for; what stops it is said in words, without a traceback."""
    arguments = _arguments()
    try:
        if arguments.act == "up":
            return commands.up(reload=arguments.reload)
        if arguments.act == "run":
            return commands.run(arguments.command)
        return commands.stop() if arguments.act == "stop" else commands.reset()
    except CannotServe as problem:
        print(f"\n{problem}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())

"""What the process that looks at a file may use, and what a file may hold."""

import resource

MEMORY = 2 * 1024**3
CPU_SECONDS = 20
# Thumbnail, poster and the answer.
WRITTEN_BYTES = 16 * 1024**2
OPEN_FILES = 64

# 16-bit scans of film frames have 100 million pixels; a bomb of a few kilobytes has billions.
MOST_PIXELS = 120_000_000
# 8K, a little more on each side.
MOST_VIDEO_PIXELS = 8192 * 4608
LONGEST_SIDE = 16_384
LONGEST_SECONDS = 6 * 3600
HIGHEST_RATE = 1000


def confine() -> None:
    """Takes from this process what it does not need; what it then asks for beyond that fails or ends it."""
    for kind, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, WRITTEN_BYTES),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))

"""What every search stands on: the words that were typed, the engine and its circuit, the index, the groups."""

from pipeline.search.jobs import register

register()

"""What the one search finds of this app."""

from catalog.search.films import register

register()

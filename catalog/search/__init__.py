"""What the one search finds of this app."""

from catalog.search import films, media

films.register()
media.register()

"""Looks at one uploaded file, in a process of its own: `python -m shows.services.media.probe FILE FOLDER`.

Nothing here imports Django, so that the process starts in a moment and knows no secret.
"""

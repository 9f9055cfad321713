"""What stops the local default, in words for the person who started it."""


class CannotServe(Exception):
    """The local default cannot run here; the message says what, why and what to do."""

class Unfit(Exception):
    """The file is not taken; the message tells a person why, and what to do."""

"""What one file is and holds, or why it is not taken."""

from importlib import import_module
from pathlib import Path
from typing import Any

from shows.services.media.probe import picture_structure, video_structure
from shows.services.media.probe.kinds import HEAD, Kind, kind_of
from shows.services.media.probe.refusal import Unfit
from shows.services.media.probe.strangers import broken_off

CHECKS = picture_structure.CHECKS | video_structure.CHECKS


def look_at(path: Path, folder: Path) -> dict[str, Any]:
    """The facts of the file, with small pictures of it in the folder; or `refused`, a sentence for a person."""
    try:
        return facts_of(path, folder)
    except Unfit as refusal:
        return {"refused": str(refusal)}
    except ImportError:
        # That is our own fault, and no file's.
        raise
    except MemoryError:
        return {"refused": "It takes too much memory to show the file. Send a smaller one."}
    # Decoders of hostile files fail in ways that nobody can list.
    except Exception as error:  # noqa: BLE001
        return {"refused": str(broken_off()), "because": f"{type(error).__name__}: {error}"[:500]}


def facts_of(path: Path, folder: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        kind = kind_of(file.read(HEAD))
        file.seek(0)
        CHECKS[kind](file, path.stat().st_size)
    return {"media_type": kind.media_type} | look_inside(path, kind, folder)


def look_inside(path: Path, kind: Kind, folder: Path) -> dict[str, Any]:
    # Named, not imported above: loading the decoders of videos takes longer than all there is to do with a picture.
    reader = import_module(f"{__package__}.{'video' if kind.is_video else 'picture'}")
    facts: dict[str, Any] = reader.look_at(path, kind, folder)
    return facts

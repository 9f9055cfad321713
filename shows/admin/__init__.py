from shows.admin.history import ChangeAdmin
from shows.admin.reviews import ReviewAdmin
from shows.admin.shots import ShotAdmin, VersionAdmin
from shows.admin.shows import SequenceAdmin, ShowAdmin

__all__ = ["ChangeAdmin", "ReviewAdmin", "SequenceAdmin", "ShotAdmin", "ShowAdmin", "VersionAdmin"]

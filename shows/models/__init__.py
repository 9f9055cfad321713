from shows.models.change import Change
from shows.models.review import Review, ReviewStatus
from shows.models.shot import MediaType, Shot, ShotMeaning, ShotStatus, Version
from shows.models.show import Sequence, Show, ShowStatus

__all__ = [
    "Change",
    "MediaType",
    "Review",
    "ReviewStatus",
    "Sequence",
    "Shot",
    "ShotMeaning",
    "ShotStatus",
    "Show",
    "ShowStatus",
    "Version",
]

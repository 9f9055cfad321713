from shows.models.change import Change
from shows.models.review import Review, ReviewStatus
from shows.models.saved_search import SavedSearch
from shows.models.shot import MediaType, Shot, ShotMeaning, ShotStatus, Version
from shows.models.show import Sequence, Show, ShowStatus
from shows.models.word import Word

__all__ = [
    "Change",
    "MediaType",
    "Review",
    "ReviewStatus",
    "SavedSearch",
    "Sequence",
    "Shot",
    "ShotMeaning",
    "ShotStatus",
    "Show",
    "ShowStatus",
    "Version",
    "Word",
]

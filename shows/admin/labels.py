"""The colours that the lists give to statuses."""

from shows.models import ReviewStatus, ShotMeaning, ShotStatus, ShowStatus

MEANINGS = {
    ShotMeaning.NOT_STARTED: "default",
    ShotMeaning.IN_PROGRESS: "info",
    ShotMeaning.DONE: "success",
    ShotMeaning.BLOCKED: "warning",
}
SHOTS = {status.value: MEANINGS[status.meaning] for status in ShotStatus}
SHOWS = {
    ShowStatus.DEVELOPMENT.value: "info",
    ShowStatus.ACTIVE.value: "success",
    ShowStatus.ON_HOLD.value: "warning",
}
REVIEWS = {
    ReviewStatus.APPROVED.value: "success",
    ReviewStatus.NEEDS_REVISION.value: "danger",
    ReviewStatus.NOTE.value: "info",
}
OPEN = {True: "warning", False: "success"}

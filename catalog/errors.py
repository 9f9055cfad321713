from pipeline.errors import AlreadyExists, Refusal


class NameTaken(AlreadyExists):
    """Names of categories and languages are unique regardless of case."""

    def __init__(self, kind: str, name: str) -> None:
        super().__init__(f"There is a {kind} {name!r} already. Choose another name, or use that one.", field="name")


class TagTaken(AlreadyExists):
    """Somebody's own tags are unique regardless of case."""

    def __init__(self, name: str) -> None:
        super().__init__(f"You have a tag {name!r} already. Use that one, or choose another name.", field="name")


class Full(Refusal):
    """Something holds as much as it may."""

    code = "full"
    title = "Full"


class NoSlug(Refusal):
    """Too many menus of one title were made in the same moment."""

    code = "collided"
    title = "Made at the same time"

    def __init__(self) -> None:
        super().__init__("Others made menus of this title in the same moment. Send it again.")


class LibraryCollided(Refusal):
    """Others wrote the same rows at the same moment."""

    code = "collided"
    title = "Written at the same time"

    def __init__(self) -> None:
        super().__init__("Somebody wrote the same things in the same moment. Send it again.")

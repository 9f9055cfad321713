from pipeline.errors import AlreadyExists


class RoleNameTaken(AlreadyExists):
    """Role names are unique regardless of case."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is a role {name!r} already. Choose another name, or use that one.", field="name")


class AccountTaken(AlreadyExists):
    """An account is one crew member's at most."""

    def __init__(self) -> None:
        super().__init__("That account belongs to another crew member. Choose another, or none.", field="user")

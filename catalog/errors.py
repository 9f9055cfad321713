from pipeline.errors import AlreadyExists


class NameTaken(AlreadyExists):
    """Names of categories and languages are unique regardless of case."""

    def __init__(self, kind: str, name: str) -> None:
        super().__init__(f"There is a {kind} {name!r} already. Choose another name, or use that one.", field="name")

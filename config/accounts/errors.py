"""What accounts refuse."""

from pipeline.errors import AlreadyExists, Refusal


class EmailTaken(AlreadyExists):
    """Another account has this e-mail, in whatever case."""

    def __init__(self) -> None:
        super().__init__("There is an account with this e-mail already.", field="email")


class TokenRefused(Refusal):
    """A token that is not ours, has run out, was used before, or whose owner or family is no more."""

    status = 401
    code = "token_not_valid"
    title = "Token not valid"

    def __init__(self) -> None:
        super().__init__("This token is not valid, or no longer. Sign in again.")

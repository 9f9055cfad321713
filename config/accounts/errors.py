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


class WrongCredentials(Refusal):
    """Unknown e-mail, wrong password, disabled account: nobody learns which."""

    status = 401
    code = "wrong_credentials"
    title = "Not signed in"

    def __init__(self) -> None:
        super().__init__("No active account has this e-mail and password.")


class LockedOut(Refusal):
    """Too many wrong passwords for this e-mail from this address; it passes by itself after `seconds`."""

    status = 429
    code = "locked_out"
    title = "Too many attempts"

    def __init__(self, seconds: int) -> None:
        minutes = -(-seconds // 60)
        super().__init__(f"Too many wrong passwords from here. Try again in {minutes} minutes.")
        self.seconds = seconds


class InvitationEnded(Refusal):
    """The invitation was used, replaced by a newer one, or is too old."""

    status = 410
    code = "invitation_ended"
    title = "Invitation no longer good"

    def __init__(self) -> None:
        super().__init__("This invitation was used already, or is too old. Ask for a new one.")


class AlreadyAccepted(Refusal):
    """Who has a password needs no invitation."""

    code = "already_accepted"
    title = "Accepted already"

    def __init__(self) -> None:
        super().__init__("This account has a password already. Its owner can ask for a new one on the sign-in page.")


class MailNotSent(Refusal):
    """The mail server did not take a message; what was written before stays."""

    status = 503
    code = "mail_not_sent"
    title = "Mail not sent"

    def __init__(self, email: str) -> None:
        super().__init__(f"The mail server did not take the message to {email}. The account is there: invite again.")


class HasAccount(AlreadyExists):
    """Somebody of the crew has an account already."""

    def __init__(self, full_name: str) -> None:
        super().__init__(f"{full_name} has an account already. Choose somebody else, or nobody.", field="crew_member")

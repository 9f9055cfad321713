"""How a language model fails, in words for the reader."""


class ModelFailed(Exception):
    """`code` is for programs and the log; `detail` never holds what the model's server said, which may hold the key."""

    def __init__(self, code: str, detail: str, *, retry_after: int | None = None) -> None:
        super().__init__(detail)
        self.code, self.detail, self.retry_after = code, detail, retry_after


def too_slow() -> ModelFailed:
    return ModelFailed("model_too_slow", "The language model took too long. Try again, or ask something simpler.")


def unreachable() -> ModelFailed:
    return ModelFailed("model_unreachable", "The language model cannot be reached. Try again in a moment.")


def broken_off() -> ModelFailed:
    return ModelFailed("model_broke_off", "The language model broke off in the middle of its answer. Try again.")


def unreadable() -> ModelFailed:
    return ModelFailed("model_unreadable", "The language model sent something that is no answer. Try again.")


def refused(status: int, retry_after: int | None) -> ModelFailed:
    """What the model's server says by its status."""
    if status in (401, 403):
        return ModelFailed("model_refused_us", "The language model refuses our key. Tell your administrator.")
    if status == 429:
        wait = f" Try again in {retry_after} s." if retry_after else " Try again later."
        return ModelFailed("model_busy", f"The language model gets too many questions.{wait}", retry_after=retry_after)
    if status >= 500:
        return ModelFailed("model_down", "The language model is down. Try again later.", retry_after=retry_after)
    return ModelFailed(
        "model_refused_question", "The language model does not take this question, or is set up wrongly."
    )

"""Who puts an answer into words: a model, where one is configured, else the catalogue itself."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from catalog.ai.findings import Findings

MODEL = "catalog.ai.openai_provider.OpenAIProvider"


@dataclass
class Usage:
    """What the model says that an answer took, in tokens; None when it does not say."""

    prompt_tokens: int | None = None
    completion_tokens: int | None = None


class Provider(Protocol):
    name: str

    def pieces(self, findings: Findings, usage: Usage) -> AsyncGenerator[str, None]:
        """The answer as it comes. Raises ModelFailed."""
        ...


class BuiltIn:
    """Tells what our own search found, sentence by sentence, and that it is no model."""

    name = "built-in search"
    note = "(Found by Backlot's own search of the catalogue; no language model is configured.)"

    def __init__(self, note: str = "") -> None:
        self.closing = note or self.note

    async def pieces(self, findings: Findings, usage: Usage) -> AsyncGenerator[str, None]:
        for sentence in findings.answer.sentences:
            yield f"{sentence} "
        yield self.closing


def is_model_configured() -> bool:
    return bool(settings.AI_BASE_URL)


def provider_name() -> str:
    """How people are told who answers."""
    return settings.AI_MODEL if is_model_configured() else BuiltIn.name


def provider() -> Provider:
    """Imports the client of models when one is configured, and not before: it takes seconds."""
    made: Provider = import_string(MODEL)() if is_model_configured() else BuiltIn()
    return made

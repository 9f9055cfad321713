"""The staff's door, the same for every app: what is saved or deleted goes through a service, which may refuse."""

from pipeline.admin.confirmation import Question, ReasonForm, answer, ask, chosen
from pipeline.admin.forms import ServiceForm, ServiceFormSet
from pipeline.admin.inlines import ServiceInline
from pipeline.admin.jobs import JobAdmin
from pipeline.admin.models import ServiceAdmin, StudioAdmin
from pipeline.admin.outbox import OutboxEventAdmin
from pipeline.admin.refused import actor
from pipeline.admin.widgets import OwnAutocompleteSelect, choices_page

__all__ = [
    "JobAdmin",
    "OutboxEventAdmin",
    "OwnAutocompleteSelect",
    "Question",
    "ReasonForm",
    "ServiceAdmin",
    "ServiceForm",
    "ServiceFormSet",
    "ServiceInline",
    "StudioAdmin",
    "actor",
    "answer",
    "ask",
    "choices_page",
    "chosen",
]

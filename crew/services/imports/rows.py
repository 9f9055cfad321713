"""What an import of people reads from its file."""

from dataclasses import dataclass
from datetime import date

from pipeline.services.importing import rows

# What tells a person whose row has no id from others: the name regardless of case, and the first day.
Key = tuple[str, date | None]


@dataclass(slots=True)
class Row(rows.Row):
    """A person as the file has them; `pk` is the id that the file gives."""

    full_name: str
    role: str
    department: str
    pk: int | None = None

    @property
    def key(self) -> Key:
        return self.full_name.upper(), self.values.get("hire_date")

    @property
    def named(self) -> dict[str, str]:
        return {"name": self.full_name}

"""What an import of shots reads from its file."""

from dataclasses import dataclass

from pipeline.services.importing import rows


@dataclass(slots=True)
class Row(rows.Row):
    """A shot as the file has it."""

    sequence: str
    code: str

    @property
    def key(self) -> tuple[str, str]:
        """Codes are the same regardless of case."""
        return self.sequence.upper(), self.code.upper()

    @property
    def named(self) -> dict[str, str]:
        return {"code": self.code}

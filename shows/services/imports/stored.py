"""What the show holds already of what an import names."""

from dataclasses import dataclass
from typing import Self

from crew.models import CrewMember
from shows.models import Sequence, Shot
from shows.services.imports.codes import without_leading_zeros
from shows.services.imports.rows import Row

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Stored:
    """Sequences by code, and the shots that the rows name by both codes, in upper case."""

    sequences: dict[str, Sequence]
    shots: dict[Key, Shot]
    # The codes that are there, by what is left of them without leading zeros.
    similar_sequences: dict[str, str]
    similar_shots: dict[Key, str]
    crew: set[int]

    @classmethod
    def of(cls, show_id: int, rows: list[Row]) -> Self:
        """Reads with as many statements for ten rows as for ten thousand; locks the shots in the order of ids."""
        sequences = {sequence.code.upper(): sequence for sequence in Sequence.objects.filter(show=show_id)}
        named = {row.sequence.upper() for row in rows} & sequences.keys()
        codes = codes_in([sequences[code] for code in named])
        wanted = [codes[row.key] for row in rows if row.key in codes]
        return cls(
            sequences=sequences,
            shots=locked_shots(wanted),
            similar_sequences={without_leading_zeros(code): code for code in sequences},
            similar_shots={(sequence, without_leading_zeros(code)): code for sequence, code in codes},
            crew=crew_of(rows),
        )


def codes_in(sequences: list[Sequence]) -> dict[Key, int]:
    """The ids of all shots of the sequences."""
    found = Shot.objects.filter(sequence__in=sequences).values_list("sequence__code", "code", "pk")
    return {(sequence.upper(), code.upper()): pk for sequence, code, pk in found}


def locked_shots(ids: list[int]) -> dict[Key, Shot]:
    shots = Shot.objects.filter(pk__in=ids).order_by("pk").select_related("sequence").locked()
    return {(shot.sequence.code.upper(), shot.code.upper()): shot for shot in shots}


def crew_of(rows: list[Row]) -> set[int]:
    """Those of the people whom the rows name that there are."""
    named = {person for row in rows if (person := row.values.get("assigned_to_id")) is not None}
    return set(CrewMember.objects.filter(pk__in=named).values_list("pk", flat=True))

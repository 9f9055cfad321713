"""Which role a row means, and which roles an import has to make."""

from collections import defaultdict
from dataclasses import dataclass, field

from crew.models import Role
from crew.services.imports.cells import LONGEST
from crew.services.imports.rows import Row


@dataclass(slots=True)
class Roles:
    """The roles there are, those to be made, and each role's departments in the file, all by names in upper case.

    Names are unique in the studio. A name that stands for jobs of several departments becomes `Name (Department)`.
    """

    known: dict[str, Role]
    departments: dict[str, dict[str, str]]
    made: dict[str, Role] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: list[Row]) -> "Roles":
        departments: dict[str, dict[str, str]] = defaultdict(dict)
        for row in rows:
            if row.role and row.department:
                departments[row.role.upper()].setdefault(row.department.upper(), row.department)
        return cls({role.name.upper(): role for role in Role.objects.all()}, dict(departments))

    def role_for(self, row: Row) -> Role | None:
        """The role of a row that names one; None, and an error of the row, where it cannot be told."""
        role = self.known.get(row.role.upper())
        if role and fits(role, row.department):
            return role
        department = row.department or self.only_department(row)
        if not department:
            row.refuse("department", f"There is no role {row.role!r} yet: say which department it belongs to.", "blank")
            return None
        name = f"{row.role} ({department})" if role or self.is_ambiguous(row) else row.role
        return self.called(name, department, row)

    def called(self, name: str, department: str, row: Row) -> Role | None:
        found = self.known.get(name.upper())
        if found and fits(found, department):
            return found
        if found or len(name) > LONGEST["role"]:
            row.refuse("role", f"A role {name!r} cannot be made: the name is taken or too long. Choose another.")
            return None
        return self.made.setdefault(name.upper(), Role(name=name, department=department))

    def is_ambiguous(self, row: Row) -> bool:
        return len(self.departments.get(row.role.upper(), ())) > 1

    def only_department(self, row: Row) -> str:
        """What the file's other rows say, where they agree."""
        named = self.departments.get(row.role.upper(), {})
        return next(iter(named.values())) if len(named) == 1 else ""


def fits(role: Role, department: str) -> bool:
    return not department or role.department.upper() == department.upper()

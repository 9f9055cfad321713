from collections.abc import Callable
from pathlib import Path

from django.db import IntegrityError, connection
from django.db.models import Model
from psycopg import sql

from pipeline.progress import Tell, say_nothing
from rentals.errors import DumpRefused, OthersThere
from rentals.services.pagila.loading import broken_reference, load_section
from rentals.services.pagila.reading import Dump, read_dump
from rentals.services.pagila.tables import BY_TABLE, FILLED, HANGING, ORDER
from rentals.services.writing import written

EVEN = """
INSERT INTO charge (customer_id, rental_id, kind, amount, charge_date)
SELECT customer_id, rental_id, 'imported', amount, payment_date FROM payment ORDER BY payment_id
"""


def import_dump(
    files: list[Path], *, clear_demo: Callable[[], None], replace: bool = False, tell: Tell = say_nothing
) -> dict[str, int]:
    """Loads a dump of Pagila's, all of it or nothing, and answers how many rows each table has now.

    The demo's films, customers and rentals go before, by `clear_demo`; with `replace` all others go too. Writers wait
    meanwhile. To each payment a charge of the same amount is posted, so that every customer starts even. Raises
    DumpRefused, OthersThere, Collided.
    """
    tell("Reading the dump", 0, 0)
    dump = read_dump(files)
    refuse_incomplete(dump)
    with written():
        lock_tables()
        clear_demo()
        make_room(replace=replace)
        quicken_triggers()
        load(dump, tell)
        finish(dump, tell)
        return counts()


def refuse_incomplete(dump: Dump) -> None:
    missing = BY_TABLE.keys() - {section.table for section in dump.sections}
    if len(missing) == len(BY_TABLE):
        raise DumpRefused(
            "This dump holds INSERT statements. Take the one in COPY form: pagila-data.sql."
            if dump.inserts
            else "This is no dump of Pagila's: there is no COPY statement of one of its tables."
        )
    if missing:
        raise DumpRefused(f"The dump lacks the tables {', '.join(sorted(missing, key=ORDER.__getitem__))}.")


def names_of(models: tuple[type[Model], ...]) -> sql.Composable:
    return sql.SQL(", ").join(sql.Identifier(model._meta.db_table) for model in models)


def lock_tables() -> None:
    """Keeps writers out until the end; readers see the rows as they were."""
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("LOCK TABLE {} IN SHARE ROW EXCLUSIVE MODE").format(names_of(FILLED + HANGING)))


def make_room(*, replace: bool) -> None:
    # Deletions before left checks of references, with which PostgreSQL empties no table.
    connection.check_constraints()
    if replace:
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL("TRUNCATE {}").format(names_of(FILLED + HANGING)))
    elif others := [table for table, model in BY_TABLE.items() if model._base_manager.exists()]:
        raise OthersThere(others)


def quicken_triggers() -> None:
    """Leaves no trigger out; but where the setting is missing, each of them catches an error for every row."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pgtrigger.ignore', '{}', true)")


def load(dump: Dump, tell: Tell) -> None:
    done = 0

    def count(rows: int) -> None:
        nonlocal done
        done += rows
        tell("Rows", done, dump.rows)

    for section in sorted(dump.sections, key=lambda section: ORDER[section.table]):
        load_section(section, count)
        count_anew(section.table)


def count_anew(table: str) -> None:
    """Tells the planner what the table holds now: triggers and checks of the next ones look things up in it."""
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("ANALYZE {}").format(sql.Identifier(table)))


def finish(dump: Dump, tell: Tell) -> None:
    tell("Posting the ledger, checking the references", 0, 0)
    with connection.cursor() as cursor:
        cursor.execute(EVEN)
        cursor.execute("ANALYZE charge")
    for table, model in BY_TABLE.items():
        if key := model._meta.pk.column:
            set_sequence(table, key, dump.sequences.get(f"{table}_{key}_seq", 1))
    try:
        connection.check_constraints()
    except IntegrityError as error:
        raise broken_reference(error, dump.sections) from error


def set_sequence(table: str, key: str, said: int) -> None:
    """The next row gets a number that neither a row nor, by the dump's word, an earlier one had."""
    statement = sql.SQL("SELECT setval(pg_get_serial_sequence({}, {}), greatest(max({}), {}, 1)) FROM {}").format(
        sql.Literal(table), sql.Literal(key), sql.Identifier(key), sql.Literal(said), sql.Identifier(table)
    )
    with connection.cursor() as cursor:
        cursor.execute(statement)


def counts() -> dict[str, int]:
    return {table: model._base_manager.count() for table, model in BY_TABLE.items()}

"""Every test run: its servers, its settings, the order of its tests."""

import os
from collections.abc import Iterator
from pathlib import Path

import django
import hypothesis
import pytest
from django.conf import settings
from django.db import connection

from config.embedded import testing

MARKER_ORDER = (
    *("unit", "integration", "smoke", "sanity", "regression"),
    *("race", "security", "performance", "browser"),
)
UNMARKED = MARKER_ORDER.index("integration")
CONTRACT_TESTS = Path(__file__).parent / "config" / "tests" / "contract"

# How long a machine takes is no reason to fail.
hypothesis.settings.register_profile("backlot", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("backlot")

# The settings read the environment once, so it has to be complete before Django is set up; the servers themselves
# start later, and only when tests run.
servers = testing.RunServers(testing.without_the_runs_redis(os.environ))
# Only the tests of the search engine know of it.
os.environ["BACKLOT_TEST_ELASTICSEARCH"] = os.environ.pop("ELASTICSEARCH_URL", "") or os.environ.get(
    "BACKLOT_TEST_ELASTICSEARCH", ""
)
if settings.configured and (servers.needs_postgres or servers.needs_redis):
    pytest.exit("Unset DJANGO_SETTINGS_MODULE: the tests choose their settings and their servers.", returncode=4)
os.environ.setdefault("BACKLOT_ENV", "local")
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
os.environ.update(servers.addresses())
if servers.needs_redis:
    os.environ[testing.RUNS_REDIS] = os.environ["REDIS_URL"]
django.setup()

# Loaded after the set-up above, because it needs the models.
pytest_plugins = ["config.tests.fixtures"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--no-skips", action="store_true", help="fail the run when any test was skipped")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    config.add_cleanup(servers.stop)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    if config.option.help or config.option.collectonly:
        return
    if not hasattr(config, "workerinput"):
        testing.remove_leftovers()
    # A worker of xdist finds the address of the first process's PostgreSQL in its environment.
    servers.start()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    """Lets the workers read their settings here, when their servers have addresses, and not sooner."""
    del os.environ["DJANGO_SETTINGS_MODULE"]


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leaves the contract's tests out unless their slow plugin was asked for (`-p schemathesis`)."""
    return True if collection_path == CONTRACT_TESTS and not config.pluginmanager.hasplugin("schemathesis") else None


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Quick and telling tests first; within a marker the order stays as it was."""
    items.sort(key=_place)


def _place(item: pytest.Item) -> int:
    marked = [MARKER_ORDER.index(mark.name) for mark in item.iter_markers() if mark.name in MARKER_ORDER]
    return max(marked, default=UNMARKED)


def pytest_sessionfinish(session: pytest.Session) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if session.config.option.no_skips and reporter and reporter.stats.get("skipped"):
        reporter.write_line("\nSkipped tests count as failed here (--no-skips).", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session")
def real_files() -> Path:
    """The folder of real cuts and lists that tests read."""
    folder = Path(os.environ.get("BACKLOT_TEST_DATA") or Path(__file__).parent.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip(f"There is no folder {folder}; BACKLOT_TEST_DATA may name another.")
    return folder


@pytest.fixture(scope="session")
def at_full_size() -> bool:
    """Says whether races and floods run in full (`make soak`) instead of at a tenth."""
    return os.environ.get("BACKLOT_SOAK") == "1"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    """Ends sessions that threads and servers of tests left open, for they would keep the test database from going."""
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )

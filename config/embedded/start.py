"""One start of the local default: what it is told, where it keeps its data, which servers it starts."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import environ

from config.embedded import folders, leftovers, paths, postgres, redis_server
from config.embedded.claim import Claim
from config.embedded.processes import Part
from config.embedded.supervisor import Supervisor

PROJECT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True)
class Start:
    """The folders, and the servers that the environment does not point elsewhere."""

    data: Path
    run: Path
    starts_postgres: bool
    starts_redis: bool

    @classmethod
    def read(cls) -> Self:
        """Reads `.env` and the environment, of which the environment wins."""
        if (PROJECT / ".env").exists():
            environ.Env.read_env(PROJECT / ".env")
        return cls(
            data=paths.data_folder(PROJECT),
            run=paths.run_folder(PROJECT),
            starts_postgres=not os.environ.get("DATABASE_URL", "").strip(),
            starts_redis=not os.environ.get("REDIS_URL", "").strip(),
        )

    def claim(self) -> Claim:
        folders.require(self.data, self.run)
        return Claim(self.data)

    def environment(self) -> dict[str, str]:
        """What the children see: our own environment, the addresses of the servers, and no ban on compiled files."""
        found = dict(os.environ) | {"PYTHONUNBUFFERED": "1"}
        # Without compiled files each start takes ten seconds and more.
        found.pop("PYTHONDONTWRITEBYTECODE", None)
        found.setdefault("BACKLOT_ENV", "local")
        if self.starts_postgres:
            found["DATABASE_URL"] = paths.socket_database_url(self.run)
        if self.starts_redis:
            found["REDIS_URL"] = paths.socket_redis_url(self.run)
        return found

    def start_servers(self, supervisor: Supervisor) -> None:
        """The data's servers, each ready before the next begins."""
        if self.starts_postgres:
            leftovers.clear_postgres_mark(self.data / "postgres")
            supervisor.start(postgres.part(self.data / "postgres", self.run, postgres.SETTINGS))
            postgres.create_database(self.run)
        if self.starts_redis:
            supervisor.start(redis_server.part(self.run))

    def preparation(self, result: Path) -> Part:
        """Migrates, collects static files and loads the demo; ends by itself."""
        return Part(
            name="prepare",
            command=[sys.executable, "-m", "config.embedded.prepare", str(result)],
            environment=self.environment(),
            folder=PROJECT,
        )

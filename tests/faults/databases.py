"""Where the installations of the fault tests keep their rows, and what they begin from."""

import shutil
import tempfile
import uuid
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from tests.quick_disk import quick_disk

PREFIX = "sqlite:///"


@dataclass(frozen=True)
class Begun:
    """An installation as a program left it, kept to be copied: what it said, folder, database."""

    said: object
    folder: Path
    database_url: str


@dataclass
class SqliteFiles:
    """A database is a file in the data folder."""

    shelf: Path
    begun: dict[str, Begun] = field(default_factory=dict)

    @property
    def template(self):
        return f"{PREFIX}{self.shelf}/meice.sqlite3"

    def copy(self, database_url, folder):
        """The URL of a copy in `folder`. Nobody may be connected to the database."""
        shutil.copy(database_url.removeprefix(PREFIX), folder / "meice.sqlite3")
        return f"{PREFIX}{folder}/meice.sqlite3"

    def drop(self, database_url):
        """The file goes with its folder."""


@dataclass
class PostgresServer:
    """A throw-away server; a database of it is copied by name."""

    shelf: Path
    server: object
    prefix: str
    begun: dict[str, Begun] = field(default_factory=dict)

    @property
    def template(self):
        return f"{self.prefix}template_meice"

    def copy(self, database_url, _folder):
        """The URL of a copy. Nobody may be connected to the database."""
        name, source = f"faults_{uuid.uuid4().hex}", database_url.rpartition("/")[2]
        self.server.psql(f"create database {name} template {source} strategy file_copy;")
        return f"{self.prefix}{name}"

    def drop(self, database_url):
        """Make room; whoever is still connected is sent away."""
        self.server.psql(f"drop database {database_url.rpartition('/')[2]} with (force);")


@contextmanager
def postgres_server(server_module, shelf):
    """A running server; what it writes need not outlive the machine."""
    with tempfile.TemporaryDirectory(prefix="meice-faults-", dir=quick_disk()) as folder:
        server = server_module.get_server(folder, cleanup_mode="stop")
        for name in ("fsync", "full_page_writes"):
            server.psql(f"alter system set {name} = off;")
        server.psql("select pg_reload_conf();")
        server.psql("create role faults superuser login; create database template_meice;")
        host = quote(str(server.get_postmaster_info().socket_dir), safe="")
        yield PostgresServer(shelf, server, f"postgres://faults@{host}/")
        server.cleanup()

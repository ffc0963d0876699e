"""A Postgres server of one's own: made in a temporary folder, gone at the end. For benches and tests."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from interviewlab.errors import StoreUnavailable

START_S = 60
_UNPRIVILEGED = ("postgres", "nobody")
_SAY = "Install Postgres (Debian, Ubuntu: sudo apt-get install postgresql) and start again."


@dataclass(frozen=True)
class PostgresServer:
    """A running server; its user ``postgres`` enters with ``password`` on 127.0.0.1."""

    port: int
    password: str
    pid: int

    def url(self, database: str = "postgres") -> str:
        """The URL of a database, as INTERVIEWLAB_DATABASE_URL takes it."""
        return f"postgresql://postgres:{self.password}@127.0.0.1:{self.port}/{database}"

    def create_database(self, encoding: str = "UTF8") -> str:
        """The URL of a new, empty database; its text is in ``encoding``, a name that Postgres knows."""
        from psycopg import connect, sql

        name = f"interviewlab_{secrets.token_hex(6)}"
        with connect(self.url(), autocommit=True) as connection:
            made = sql.SQL("CREATE DATABASE {} ENCODING {} TEMPLATE template0")
            connection.execute(made.format(sql.Identifier(name), sql.Literal(encoding)))
        return self.url(name)

    def count_connections(self) -> int:
        """How many clients are connected, but for who asks."""
        from psycopg import connect

        count = "SELECT count(*) - 1 FROM pg_stat_activity WHERE backend_type = 'client backend'"
        with connect(self.url(), autocommit=True) as connection:
            row = connection.execute(count).fetchone()
        return int(row[0]) if row else 0


def find_binaries() -> Path | None:
    """The folder of ``initdb`` and ``postgres``: on the path, or where Debian keeps its newest."""
    on_path = shutil.which("initdb")
    # Debian's links on the path lead to binaries that look for their own neighbours.
    folders = [Path(on_path).resolve().parent] if on_path else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((each for each in folders if (each / "initdb").is_file() and (each / "postgres").is_file()), None)


@contextmanager
def open_postgres(*, is_durable: bool = True) -> Iterator[PostgresServer]:
    """A server on a free port of 127.0.0.1, stopped and deleted at the end. Blocking; raises StoreUnavailable.

    As root it runs as an unprivileged user, since Postgres refuses to be root. Without ``is_durable`` it does not wait
    for the disk: quick, and right only where the machine does not lose power.
    """
    binaries = find_binaries()
    if binaries is None:
        raise StoreUnavailable("There is no Postgres server on this machine.", _SAY)
    folder = Path(tempfile.mkdtemp(prefix="interviewlab-postgres-"))
    try:
        with _run(binaries, folder, _find_user(), is_durable) as server:
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _run(binaries: Path, folder: Path, user: str | None, is_durable: bool) -> Iterator[PostgresServer]:
    password, port = secrets.token_urlsafe(16), _free_port()
    _make_cluster(binaries, folder, user, password)
    options = ["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "shared_buffers=32MB"]
    if not is_durable:
        options += ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]
    command = [str(binaries / "postgres"), "-D", str(folder / "data"), "-p", str(port), *options]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder, user=user, start_new_session=True)
    server = PostgresServer(port, password, process.pid)
    try:
        _wait(server, process, folder / "log")
        yield server
    finally:
        # At once: its files are deleted next.
        process.send_signal(signal.SIGQUIT)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _make_cluster(binaries: Path, folder: Path, user: str | None, password: str) -> None:
    secret = folder / "password"
    secret.touch(mode=0o600)
    secret.write_text(password)
    if user is not None:
        for path in (folder, secret):
            shutil.chown(path, user)
    command = [str(binaries / "initdb"), "-D", str(folder / "data"), "-U", "postgres", "-E", "UTF8", "--locale=C"]
    command += ["--auth=scram-sha-256", f"--pwfile={secret}", "--no-sync", "--no-instructions"]
    made = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder, user=user)
    secret.unlink()
    if made.returncode:
        raise StoreUnavailable(f"Postgres could not be set up: {made.stderr.strip()[-300:]}.", _SAY)


def _wait(server: PostgresServer, process: subprocess.Popen[bytes], log: Path) -> None:
    from psycopg import OperationalError, connect

    end = time.monotonic() + START_S
    while True:
        try:
            connect(server.url(), connect_timeout=2).close()
        except OperationalError as error:
            if process.poll() is not None or time.monotonic() > end:
                words = log.read_text(errors="replace").strip()[-300:]
                raise StoreUnavailable(f"Postgres did not start: {words}.", _SAY) from error
            time.sleep(0.05)
        else:
            return


def _find_user() -> str | None:
    """Whom the server runs as; None for whoever runs this."""
    if os.geteuid() != 0:
        return None
    known = {each.pw_name for each in pwd.getpwall()}
    return next((name for name in _UNPRIVILEGED if name in known), None)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

"""A house of the tests' own: the built program, serving a new and empty data folder on a free port."""

import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid

ROOT = pathlib.Path(__file__).resolve().parents[2]

# How long a house may take to answer first, and to close. It needs a fraction of a second of either; the
# rest is for a machine that is busy building something else.
PATIENCE = 20


class House:
    """The program, running. `address` is where it serves, `keeper_link` what it printed on its first run."""

    def __init__(self, database=None, program=None, arguments=(), folder=None):
        self.program = pathlib.Path(
            program or os.environ.get("ROUNDTABLE_PROGRAM") or ROOT / ".build/debug/roundtable"
        )
        self.folder = folder or pathlib.Path(tempfile.mkdtemp(prefix="roundtable-"))
        self.port = free_port()
        self.output = self.folder / f"output-{self.port}.txt"
        self.address = f"http://127.0.0.1:{self.port}"
        self.arguments = [str(self.program), "serve", "--data", str(self.folder / "data")]
        self.arguments += ["--listen", f"127.0.0.1:{self.port}", *arguments]
        self.database = database
        self.process = None
        if database:
            self.arguments += ["--database", database]

    def start(self):
        """Serves, and returns once it answers that it is well."""
        with self.output.open("ab") as output:
            self.process = subprocess.Popen(
                self.arguments, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT
            )
        until = time.monotonic() + PATIENCE
        while not self.is_well():
            if self.process.poll() is not None:
                raise AssertionError(f"the house closed before it opened:\n{self.said()}")
            if time.monotonic() > until:
                self.kill()
                raise AssertionError(f"the house did not open in {PATIENCE} s:\n{self.said()}")
            time.sleep(0.02)
        return self

    def is_well(self):
        try:
            with urllib.request.urlopen(f"{self.address}/health", timeout=PATIENCE) as answer:
                return answer.status == 200
        except (urllib.error.URLError, ConnectionError):
            return False

    def said(self):
        """All that it has printed and logged so far."""
        return self.output.read_text(encoding="utf-8", errors="replace") if self.output.exists() else ""

    @property
    def keeper_link(self):
        """The one-time link that makes the keeper of this house."""
        links = re.findall(re.escape(self.address) + r"/[^\s\"']+", self.said())
        assert links, f"the first run printed no link for the keeper:\n{self.said()}"
        return links[0]

    def stop(self):
        """Asks it to close, as a system does, and returns its exit code."""
        if self.process is None:
            return 0
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError(f"the house did not close in {PATIENCE} s:\n{self.said()}") from None
        finally:
            self.process = None

    def kill(self):
        """Ends it in the middle of whatever it was doing, as a power cut does."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def clear_away(self):
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)


class Database:
    """A new and empty PostgreSQL database on the tests' own server; `url` is how to reach it."""

    def __init__(self, server):
        self.server = server
        self.name = f"browser_{uuid.uuid4().hex}"
        self.url = urllib.parse.urlsplit(server)._replace(path=f"/{self.name}").geturl()
        self._run(f"create database {self.name}")

    def drop(self):
        self._run(f"drop database if exists {self.name} with (force)")

    def _run(self, statement):
        subprocess.run(
            ["psql", "--quiet", "--no-psqlrc", "--dbname", self.server, "--command", statement],
            check=True, capture_output=True, text=True,
        )


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]

"""nginx before several programs of one house, as the guide for whoever hosts says it."""

import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

from house import PATIENCE, ROOT, free_port

GUIDE = ROOT / "docs/hosting.md"

# Around what the guide gives: only where nginx keeps its own files, and who it is.
AROUND = """
daemon off;
{user}
pid {folder}/nginx.pid;
error_log {folder}/error.log;
worker_processes 2;
events {{ worker_connections 4096; }}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
{upstream}
    server {{
        listen 127.0.0.1:{port};
{location}
    }}
}}
"""


def from_guide(first):
    """The block of the guide that begins with a line, without its indent."""
    lines = GUIDE.read_text().splitlines()
    start = lines.index("    " + first)
    end = next(number for number in range(start, len(lines)) if lines[number] == "    }")
    return "\n".join(line[4:] for line in lines[start:end + 1])


class Proxy:
    """nginx, leading to each of some ports. `port` is where it listens."""

    def __init__(self, ports):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="roundtable-proxy-"))
        self.port = free_port()
        upstream = from_guide("upstream roundtable {")
        for place, port in enumerate(ports):
            upstream, found = re.subn(rf"127\.0\.0\.1:{8081 + place}\b", f"127.0.0.1:{port}", upstream)
            assert found == 1, "the guide's example has a line for each program"
        config = self.folder / "nginx.conf"
        config.write_text(AROUND.format(
            user="user root;" if os.geteuid() == 0 else "", folder=self.folder, port=self.port,
            upstream=upstream, location=from_guide("location / {  # several programs"),
        ))
        nginx = shutil.which("nginx") or "/usr/sbin/nginx"
        self.process = subprocess.Popen([nginx, "-c", str(config), "-e", str(self.folder / "error.log")])
        until = time.monotonic() + PATIENCE
        while not self.answers():
            assert self.process.poll() is None and time.monotonic() < until, self.said()
            time.sleep(0.05)

    def answers(self):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health", timeout=PATIENCE) as answer:
                return answer.status == 200
        except (urllib.error.URLError, ConnectionError):
            return False

    def said(self):
        return (self.folder / "error.log").read_text()

    def stop(self):
        self.process.terminate()
        self.process.wait(PATIENCE)
        shutil.rmtree(self.folder, ignore_errors=True)

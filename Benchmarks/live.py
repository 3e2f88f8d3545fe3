"""What `bin/bench live` measures: how soon 10,000 listeners at a gathering hear of one thing said, beside nginx with
nchan. They are some hundreds of phones, since the house lets one person listen so often and no more.

Both are told by one POST, turn by turn in the same run, and both send the same bytes to as many connections. Ours has
put the words on the disk before it tells of them; nchan keeps its in memory. When something was heard is when it came
to the listener's socket, by the system's own clock (SO_TIMESTAMPNS), so that what this program takes to read ten
thousand sockets is in neither figure; it begins to read them when both have long had time to tell everybody.
"""

import argparse
import http.client
import multiprocessing
import os
import pathlib
import re
import resource
import select
import socket
import statistics
import struct
import sys
import time
import uuid

import house
from bench import Table

LISTENERS = 10_000
#: How many listeners one person may be: fewer than the house lets them (`OwnLines.most`).
EACH = 30
#: Connections that are being opened at once: fewer than either program keeps in line.
OPENING = 200
#: Seconds between telling and reading what was heard.
PAUSE = 0.5
#: Whoever has heard nothing after so many seconds never will.
LONGEST = 20
#: The same for both: a word every 20 seconds, so that no network takes the line for dead.
HEARTBEAT = 20
#: Linux's SO_TIMESTAMPNS, which Python has no name for.
TIMESTAMPS = 35
#: Ours may be as late as theirs, and may weigh so many bytes for each listener.
WANTED = {"late": 1.0, "memory": 30_000}


class Listeners:
    """Connections that listen, opened by these requests in turn."""

    def __init__(self, port, requests, count):
        self.epoll, self.sockets = select.epoll(), {}
        every = [requests[number % len(requests)] for number in range(count)]
        for begun in range(0, count, OPENING):
            self._open(port, every[begun:begun + OPENING])

    def _open(self, port, requests):
        opened = {}
        for request in requests:
            connection = socket.create_connection(("127.0.0.1", port), timeout=LONGEST)
            connection.setsockopt(socket.SOL_SOCKET, TIMESTAMPS, 1)
            connection.sendall(request)
            opened[connection.fileno()] = connection
        for connection in opened.values():
            head = connection.recv(4096)
            if b" 200 " not in head.split(b"\r\n")[0]:
                raise SystemExit(f"a listener was refused: {head[:200]}")
            connection.setblocking(False)
            self.epoll.register(connection, select.EPOLLIN)
        self.sockets |= opened

    def drain(self):
        """Reads away what has come so far."""
        while some := self.epoll.poll(0, len(self.sockets)):
            for number, _ in some:
                self._read(number)

    def heard(self, mark):
        """When each heard the mark, in nanoseconds of the system's clock. A word that only keeps the line open and
        came in the same read has a time of its own, so who had one then is left out."""
        waiting, times, parts = set(self.sockets), [], {}
        ends = time.monotonic() + LONGEST
        while waiting and time.monotonic() < ends:
            for number, _ in self.epoll.poll(1, len(self.sockets)):
                said, at = self._read(number)
                parts[number] = parts.get(number, b"") + said
                if number in waiting and mark in parts[number]:
                    waiting.discard(number)
                    if not re.search(rb"(^|\n):", parts[number]):
                        times.append(at)
        return times, len(waiting)

    def _read(self, number):
        said, extra, _, _ = self.sockets[number].recvmsg(65_536, 64)
        if not said:
            raise SystemExit("a listener was hung up on")
        seconds, nanoseconds = struct.unpack("qq", extra[0][2]) if extra else (0, 0)
        return said, seconds * 1_000_000_000 + nanoseconds


def listen(port, requests, count, orders):
    """A process of listeners: says when all are there, then what each order asks."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    listeners = Listeners(port, requests, count)
    orders.send("there")
    while mark := orders.recv():
        listeners.drain()
        orders.send("ready")
        orders.recv()
        time.sleep(PAUSE)
        orders.send(listeners.heard(mark))


class Audience:
    """So many listeners in a process of their own."""

    def __init__(self, port, requests, count):
        self.count = count
        self.orders, theirs = multiprocessing.Pipe()
        self.process = multiprocessing.Process(target=listen, args=(port, requests, count, theirs), daemon=True)
        self.process.start()
        if self.orders.recv() != "there":
            raise SystemExit("the listeners did not come")

    def slowest(self, mark, tell):
        """Milliseconds from before telling until 99 in 100 had heard."""
        self.orders.send(mark)
        self.orders.recv()
        began = time.time_ns()
        tell(mark.decode())
        self.orders.send("told")
        times, missed = self.orders.recv()
        if missed or len(times) < self.count / 2:
            raise SystemExit(f"{missed} of {self.count} listeners never heard, {len(times)} could be timed")
        return sorted(times)[int(len(times) * 0.99)] / 1e6 - began / 1e6

    def leave(self):
        self.orders.send(None)
        self.process.join()


def nchan(folder, port):
    """nginx with nchan as Debian has them, as many workers as there are cores."""
    configured = folder / "nginx.conf"
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    configured.write_text(f"""
        load_module /usr/lib/nginx/modules/ngx_nchan_module.so;
        {"user root;" if os.geteuid() == 0 else ""}
        daemon off; worker_processes auto; worker_rlimit_nofile {2 * LISTENERS};
        pid {folder}/nginx.pid; error_log {folder}/nginx.log;
        events {{ worker_connections {LISTENERS + 500}; }}
        http {{
            access_log off; {temporary} nchan_shared_memory_size 128M;
            server {{
                listen 127.0.0.1:{port} backlog=4096;
                location = / {{ return 200 "open"; }}
                location = /live {{
                    nchan_subscriber eventsource; nchan_channel_id said; nchan_subscriber_first_message newest;
                    nchan_eventsource_ping_interval {HEARTBEAT};
                }}
                location = /tell {{ nchan_publisher; nchan_channel_id said; }}
            }}
        }}
        """)
    return house.Server(["/usr/sbin/nginx", "-p", str(folder), "-c", str(configured)], port)


def asks(port, path, cookie=""):
    """What a browser's EventSource asks with."""
    said = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: text/event-stream\r\n"
    return f"{said}Cookie: {cookie}\r\n\r\n".encode()


def guests(port, place, code, count):
    """The cookies of so many phones that have come in by the code, and hung up."""
    phones = [house.phone(port, place, code)[0] for _ in range(count)]
    for phone in phones:
        phone.connection.close()
    return [phone.cookie for phone in phones]


def telling_ours(ours, founder, address):
    page = founder.get(f"{address}/room")

    def tell(mark):
        answer = founder.send(
            page, f"{address}/contributions", words=f"{house.SAYINGS[0]} {mark}", bearing="name",
            once=str(uuid.uuid4()), **{"once-nothing": str(uuid.uuid4())})
        if answer.status != 303:
            raise SystemExit(f"what was said was answered {answer.status}")

    return tell


def telling_theirs(port, example):
    """Publishes what ours sends, with another mark in it."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=LONGEST)
    connection.connect()

    def tell(mark):
        connection.request("POST", "/tell", example.replace("MARK", mark).encode())
        answer = connection.getresponse()
        answer.read()
        if answer.status not in (200, 201, 202):
            raise SystemExit(f"nchan answered {answer.status}")

    return tell


def one_piece(ours, founder, address, tell):
    """What a listener is sent when something is said, the piece of the page alone, and the number to listen from."""
    tell("MARK")
    connection = http.client.HTTPConnection("127.0.0.1", ours.port, timeout=LONGEST)
    connection.request("GET", f"{address}/live?since=0", headers={"Cookie": founder.cookie})
    answer, line = connection.getresponse(), ""
    while "MARK" not in line:
        line = answer.readline().decode().rstrip("\n")
    connection.close()
    return line.removeprefix("data: "), re.search(r'data-since="(\d+)"', founder.get(f"{address}/room").text)[1]


def measure(program, count, turns):
    with house.folder() as folder:
        data = pathlib.Path(folder)
        data.chmod(0o755)
        port = house.free_port()
        with house.house(program, data / "house") as ours, nchan(data, port) as theirs:
            founder = house.Browser(ours.port)
            founder.fill("/people/new", "/people", name="Asha")
            project = founder.fill("/projects/new", "/projects", name="Getting home").location
            address, code = house.gathering(founder, project)
            phones = guests(ours.port, address, code, -(-count // EACH))
            tell = telling_ours(ours, founder, address)
            piece, since = one_piece(ours, founder, address, tell)
            tell_theirs = telling_theirs(port, piece)
            before = ours.memory()
            live = f"{address}/live?since={since}"
            here = Audience(ours.port, [asks(ours.port, live, cookie) for cookie in phones], count)
            there = Audience(port, [asks(port, "/live")], count)
            late = []
            for turn in range(turns + 1):
                mark = f"heard-{turn}-{uuid.uuid4()}".encode()
                late.append((here.slowest(mark, tell), there.slowest(mark, tell_theirs)))
            after = ours.memory()
            here.leave()
            there.leave()
    # The first turn is the first time that either does it.
    return late[1:], (after - before) / count


def table(late, memory, count):
    table = Table()
    mine, bare = (statistics.median(column) for column in zip(*late))
    ratio = statistics.median(ours / theirs for ours, theirs in late)
    table.beside(
        f"99 in 100 of {count:,} listeners have heard", f"{mine:.0f} ms", f"nginx with nchan, {bare:.0f} ms", ratio,
        WANTED["late"])
    table.most(
        "memory for each listener", f"{memory / 1000:.1f} KB", f"{WANTED['memory'] / 1000:.0f} KB",
        memory <= WANTED["memory"])
    return table


def main():
    options = argparse.ArgumentParser()
    options.add_argument("program", type=pathlib.Path)
    options.add_argument("--turns", type=int, default=7, help="how often each is measured (usually 7)")
    options.add_argument("--listeners", type=int, default=LISTENERS, help="how many listen (usually 10,000)")
    chosen = options.parse_args()
    figures = table(*measure(chosen.program, chosen.listeners, chosen.turns), chosen.listeners)
    print(figures)
    sys.exit(1 if figures.short else 0)


if __name__ == "__main__":
    main()

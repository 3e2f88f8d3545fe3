"""A house for measuring: started from the built program with a folder of its own, and walked through its own doors."""

import http.client
import pathlib
import re
import socket
import subprocess
import tempfile
import time
import urllib.parse

#: What a page's forms carry and must get back.
CARRIED = ("guard", "once", "once-nothing", "version")
#: A program that says nothing for this long is not coming.
LONGEST_START = 20


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Server:
    """A program that answers HTTP, from when it is started until the end of the `with`."""

    def __init__(self, command, port, path="/", log=None, environment=None, folder=None):
        self.port, self.path = port, path
        self.began = time.perf_counter()
        self.process = subprocess.Popen(
            command, stdout=log or subprocess.DEVNULL, stderr=log or subprocess.DEVNULL, env=environment, cwd=folder)
        self.first_answer = self._first_answer()

    def _first_answer(self):
        """Seconds from being started to the whole of the first answer."""
        while time.perf_counter() - self.began < LONGEST_START:
            if self.process.poll() is not None:
                break
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=LONGEST_START)
                connection.request("GET", self.path)
                connection.getresponse().read()
                return time.perf_counter() - self.began
            except OSError:
                time.sleep(0.002)
        self.process.kill()
        raise SystemExit(f"{self.process.args[0]} did not answer at {self.path}")

    def memory(self):
        """Its resident memory, in bytes."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) * 1024

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(30)


def house(program, data, log=None):
    port = free_port()
    command = [
        str(program), "serve", "--data", str(data), "--listen", f"127.0.0.1:{port}",
        "--address", f"http://127.0.0.1:{port}",
    ]
    return Server(command, port, path="/", log=log)


class Answer:
    def __init__(self, response):
        self.status, self.headers = response.status, response.headers
        self.body = response.read()
        self.text = self.body.decode(errors="replace")
        self.location = response.headers["Location"]

    def value(self, name):
        found = re.search(rf'name="{name}"[^>]*? value="([^"]*)"', self.text)
        return found[1] if found else None


class Browser:
    """One browser: it keeps its cookies, and sends back what a page's forms carry."""

    def __init__(self, port):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookies = {}

    @property
    def cookie(self):
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def get(self, path):
        # A connection that has been silent while other things were measured may have been closed meanwhile.
        self.connection.close()
        return self._send("GET", path)

    def send(self, page, to, **fields):
        carried = {name: page.value(name) for name in CARRIED if page.value(name) is not None}
        body = urllib.parse.urlencode(carried | fields)
        return self._send("POST", to, body, {"Content-Type": "application/x-www-form-urlencoded"})

    def fill(self, path, to=None, **fields):
        """Opens the page at a path, sends its form, and requires that it was taken."""
        answer = self.send(self.get(path), to or path, **fields)
        if answer.status != 303:
            raise SystemExit(f"{to or path} answered {answer.status}, not 303")
        return answer

    def _send(self, method, path, body=None, headers={}):
        headers = dict(headers) | ({"Cookie": self.cookie} if self.cookies else {})
        self.connection.request(method, path, body, headers)
        answer = Answer(self.connection.getresponse())
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, value = line.split(";")[0].split("=", 1)
            if "max-age=0" in line.lower():
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = value
        return answer


#: What people say in the measured project: between a line and a short paragraph, as on a real page.
SAYINGS = (
    "I waited three hours for somebody to say that my tablets were ready, and then it was one small bag.",
    "Nobody told my daughter what time I would be home, so she sat in the car park & waited.",
    "The nurse who wrote it down on a card for me made all the difference. Could everybody have a card?",
    "Letters say \"please ring\" and then nobody answers. If there's no one there, don't ask us to ring.",
    "What helped was being asked. What didn't was being asked the same thing by <five> people on one day.",
)
CONTRIBUTIONS = 50


def project(browser, name="Getting home"):
    """A project with as many contributions as one page holds; its address."""
    browser.fill("/people/new", "/people", name="Asha")
    address = browser.fill("/projects/new", "/projects", name=name).location
    for number in range(CONTRIBUTIONS):
        words = f"{SAYINGS[number % len(SAYINGS)]} ({number + 1})"
        bearing = "name" if number % 2 else "card"
        browser.fill(f"{address}/contributions/new", f"{address}/contributions", words=words, bearing=bearing)
    return address


def gathering(founder, address):
    """A gathering of the project that is open now, with a code to come in by: its address and the code."""
    for topic in ("benefits", "access", "travel", "carers", "food", "quiet", "feedback", "unchanged"):
        founder.fill(f"{address}/topics/{topic}", kind="unknown")
    founder.fill(f"{address}/topics/money", kind="sorted", words="", amount="£25", payBy="On the day")
    founder.fill(f"{address}/offer", f"{address}/offer/laid")
    today = time.strftime("%Y-%m-%d", time.gmtime())
    place = founder.fill(
        f"{address}/gatherings/new", f"{address}/gatherings", name="Tea and talk", kind="group", day=today,
        start="00:00", end="23:59", zone="UTC", place="Elms Hall", worried="Priya Nair",
        question="What would make going home feel safe?").location
    code = re.search(r'class="code"[^>]*>([A-Z0-9]{4})<', founder.get(place).text)
    if not code:
        raise SystemExit("the gathering has no code")
    return place, code[1]


def phone(port, place, code):
    """A phone that has come in by the code, and what it sends with each thing that it says: cookies and guard."""
    browser = Browser(port)
    browser.fill(f"/codes/{code}", name="")
    room = browser.get(f"{place}/room")
    return browser, room.value("guard")


def folder():
    return tempfile.TemporaryDirectory(prefix="roundtable-bench-")

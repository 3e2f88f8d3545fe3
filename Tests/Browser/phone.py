"""A phone as the house's server meets it: one connection, cookies, forms. For tests that need a hundred at once."""

import html
import http.client
import re
import urllib.parse

# Long enough for a machine that is busy building something else.
PATIENCE = 30


class Phone:
    """Keeps its cookies, and sends back what a page's forms carry. Never tries again by itself."""

    def __init__(self, port, cookies=None):
        self.port = port
        self.cookies = dict(cookies or {})
        self.token = None
        self._line = None

    def get(self, path, **headers):
        answer = self._ask("GET", path, None, headers)
        self.token = answer.value("guard") or self.token
        return answer

    def post(self, path, **fields):
        """Sends these fields, with the token of the last page that was opened."""
        body = urllib.parse.urlencode({"guard": self.token, **fields}, doseq=True)
        return self._ask("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"})

    def hang_up(self):
        if self._line is not None:
            self._line.close()
            self._line = None

    def comes_in(self, name):
        page = self.get("/people/new")
        answer = self.post("/people", name=name, once=page.value("once"))
        assert answer.status == 303, answer.body
        self.get("/about")
        return self

    def starts_project(self, name):
        """Starts one, and gives its address."""
        page = self.get("/projects/new")
        answer = self.post("/projects", name=name, once=page.value("once"))
        assert answer.status == 303, answer.body
        return answer.headers["location"]

    def _ask(self, method, path, body, headers):
        if self._line is None:
            self._line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        try:
            self._line.request(method, path, body, {**headers, **({"Cookie": cookie} if cookie else {})})
            response = self._line.getresponse()
            answer = Answer(response.status, response.headers, response.read().decode())
        except (OSError, http.client.HTTPException):
            self.hang_up()
            raise
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = line.split(";")[0].partition("=")
            self.cookies[name] = value
            if "max-age=0" in line.lower():
                del self.cookies[name]
        return answer


class Answer:
    def __init__(self, status, headers, body):
        self.status = status
        self.headers = headers
        self.body = body

    @property
    def text(self):
        """The body with its entities as people see them."""
        return html.unescape(self.body)

    def value(self, name):
        """The value of a hidden field of the page."""
        found = re.search(rf'name="{name}"[^>]*? value="([^"]*)"', self.body)
        return found and html.unescape(found[1])

"""What the scripts add: a list that keeps itself up to date, and a form that waits for the house.

The scripts are the house's own; the pages are small and the server is a few lines of Python, so that it can be
made to drop a line, to be away, or to answer as the house does when a rule says no.
"""

import http.server
import queue
import re
import threading
import time
import urllib.parse

import pytest
from playwright.sync_api import expect

from house import ROOT
from visitor import DESKTOP, PHONE

SCRIPTS = ROOT / "Sources/Roundtable/Public/js"

SAID = "One new thing.\n2 new things.\nMore new things."
WRITING = """
    <form method="post" action="/said">
    <input type="hidden" name="once" value="{once}">
    <p><label for="words">Your words</label> <textarea id="words" name="words"></textarea></p>
    <p><button name="way" value="signed">Say it</button></p>
    </form>
"""


def page(main):
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<link rel="icon" href="data:,"><script src="/house.js" defer></script>'
        f'</head><body data-waiting="We will send it as soon as we can."><main>{main}</main></body></html>'
    )


def watched(before="", after="", at="end", items=()):
    listed = "".join(f'<li id="{name}"><p>{words}</p></li>' for name, words in items)
    return page(
        f'<h1>Said</h1>{before}<p data-live-empty>Nothing yet.</p><ol data-live="/live" data-since="0"'
        f' data-live-at="{at}" data-live-said="{SAID}">{listed}</ol>'
        f'<p><a href="/" data-live-show>Show new</a></p>{after}'
    )


class Stage:
    """A server that answers as the house does, and can be told to fail."""

    def __init__(self):
        self.pages = {}
        self.notes = {}
        self.last = 0
        self.asked = []
        self.came = []
        self.is_away = False
        self.refuses_listeners = False
        self.once = 0
        self.listeners = []
        stage = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                path, _, query = self.path.partition("?")
                if stage.is_away:
                    return self.hang_up()
                if path == "/live":
                    return self.tell(int(urllib.parse.parse_qs(query)["since"][0]))
                if path == "/house.js":
                    scripts = "\n".join((SCRIPTS / f"{name}.js").read_text() for name in ("draft", "live", "page", "send"))
                    return self.answer(200, "text/javascript", scripts)
                if path == "/health":
                    return self.answer(200, "text/plain", "well\n")
                if path == "/write":
                    stage.once += 1
                    return self.answer(200, "text/html; charset=utf-8", page(WRITING.format(once=f"once-{stage.once}")))
                found = stage.pages.get(path)
                self.answer(200 if found else 404, "text/html; charset=utf-8", found or page("<h1>Not here</h1>"))

            def do_POST(self):
                if stage.is_away:
                    return self.hang_up()
                sent = urllib.parse.parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
                form = {name: values[0] for name, values in sent.items()}
                stage.came.append((self.path, form))
                self.send_response(303)
                self.send_header("Location", "/heard#words" if self.path == "/said" else "/")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def hang_up(self):
                self.close_connection = True
                self.connection.shutdown(2)

            def tell(self, since):
                stage.asked.append(since)
                if stage.refuses_listeners:
                    return self.answer(503, "text/plain", "full\n")
                news = queue.Queue()
                for name, (number, html) in sorted(stage.notes.items(), key=lambda note: note[1][0]):
                    if number > since:
                        news.put((name, number, html))
                stage.listeners.append(news)
                self.send_response(200)
                self.send_header("Content-Type", "text/event-stream")
                self.end_headers()
                self.close_connection = True
                while (note := news.get()) is not None:
                    name, number, html = note
                    kind, data = ("piece", html) if html else ("gone", name)
                    lines = "".join(f"data: {line}\n" for line in data.split("\n"))
                    self.wfile.write(f"id: {number}\nevent: {kind}\n{lines}\n".encode())
                    self.wfile.flush()

            def answer(self, status, kind, text):
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Cache-Control", "no-store")
                self.send_header(
                    "Content-Security-Policy",
                    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
                    "connect-src 'self'; form-action 'self'",
                )
                self.end_headers()
                self.wfile.write(text.encode())

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def note(self, name, words, number=None):
        """Something is said, mended, or (with no words) taken off the page."""
        self.last = number or self.last + 1
        html = f'<li id="{name}">\n<p>{words}</p>\n</li>' if words is not None else ""
        self.notes[name] = (self.last, html)
        for listener in self.listeners:
            listener.put((name, self.last, html))

    def drop(self):
        """Every line is cut."""
        for listener in self.listeners:
            listener.put(None)
        self.listeners = []

    def close(self):
        self.drop()
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def stage():
    stage = Stage()
    yield stage
    stage.close()


@pytest.fixture
def amina(visitors, stage):
    return visitors("Amina", stage.address)


def wait_for(holds):
    until = time.monotonic() + 10
    while not holds():
        assert time.monotonic() < until, "it never came to hold"
        time.sleep(0.02)


def listed(visitor):
    return visitor.page.locator("ol > li")


def listens(stage, amina, body):
    stage.pages = {"/": body}
    amina.goes_to("/")
    wait_for(lambda: stage.listeners)


# A list that keeps itself up to date


def test_what_is_said_comes_onto_the_page_and_what_is_mended_takes_its_place(stage, amina):
    listens(stage, amina, watched(items=[("a", "First")]))
    stage.note("b", "Second")
    expect(listed(amina)).to_have_text(["First", "Second"])
    amina.does_not_see("Nothing yet.")
    expect(amina.page.get_by_role("status")).to_have_text("One new thing.")
    stage.note("a", "First, mended")
    expect(listed(amina)).to_have_text(["First, mended", "Second"])
    stage.note("b", None)
    expect(listed(amina)).to_have_text(["First, mended"])
    for name in "cde":
        stage.note(name, name)
    expect(listed(amina)).to_have_text(["First, mended", "c", "d", "e"])
    expect(amina.page.get_by_role("status")).to_have_text("More new things.")
    amina.does_not_see("Show new")


def test_after_a_drop_nothing_is_missed_and_nothing_is_there_twice(stage, amina):
    listens(stage, amina, watched())
    stage.note("a", "One")
    stage.note("b", "Two")
    expect(listed(amina)).to_have_text(["One", "Two"])
    stage.is_away = True
    stage.drop()
    stage.note("c", "Three")
    stage.note("a", "One, mended")
    amina.sees("Show new")
    stage.is_away = False
    expect(listed(amina)).to_have_text(["One, mended", "Two", "Three"], timeout=20_000)
    amina.does_not_see("Show new")
    assert stage.asked[-1] == 2, "it asks for what came after the last that it heard"
    # The house may send again what the page has: it stays as it is, and nothing is said of it.
    amina.page.evaluate("window.__third = document.getElementById('c')")
    stage.note("c", "Three")
    stage.note("d", "Four")
    expect(listed(amina)).to_have_text(["One, mended", "Two", "Three", "Four"])
    assert amina.page.evaluate("window.__third === document.getElementById('c')")


def test_where_no_more_may_listen_the_way_without_script_shows_and_it_is_tried_again(stage, amina):
    stage.refuses_listeners = True
    stage.pages = {"/": watched()}
    amina.goes_to("/")
    amina.page.wait_for_timeout(4_000)
    amina.sees("Show new")
    assert len(stage.asked) >= 2, "it tries again by itself"
    stage.refuses_listeners = False
    stage.note("a", "One")
    expect(listed(amina)).to_have_text(["One"], timeout=20_000)
    assert all("503 for eventsource" in said for said in amina.complaints), amina.complaints
    amina.complaints.clear()


@pytest.mark.parametrize("at", ["start", "end"])
def test_nothing_moves_under_whoever_reads_or_writes(stage, amina, at):
    field = '<p><label for="words">Your words</label> <textarea id="words"></textarea></p>'
    items = [(f"old-{number}", f"Old {number}") for number in range(60)]
    listens(stage, amina, watched(after=field, at=at, items=items))
    top = "name => document.getElementById(name).getBoundingClientRect().top"

    words = amina.page.get_by_label("Your words")
    words.click()
    words.press_sequentially("I am in the mid")
    before = amina.page.evaluate(top, "words")
    for number in range(10):
        stage.note(f"new-{number}", f"New {number}")
    expect(listed(amina)).to_have_count(70)
    words.press_sequentially("dle")
    assert words.input_value() == "I am in the middle"
    assert abs(amina.page.evaluate(top, "words") - before) < 2

    words.blur()
    amina.page.evaluate("document.getElementById('old-30').scrollIntoView()")
    before = amina.page.evaluate(top, "old-30")
    stage.note("newest", "Newest")
    expect(listed(amina)).to_have_count(71)
    assert abs(amina.page.evaluate(top, "old-30") - before) < 2
    assert listed(amina).nth(0 if at == "start" else 70).inner_text().strip() == "Newest"


def test_a_piece_that_somebody_is_in_waits_until_they_leave_it(stage, amina):
    listens(stage, amina, watched(after='<p><a href="/">Elsewhere</a></p>'))
    stage.note("a", '<a href="/a">Open it</a>')
    amina.page.get_by_role("link", name="Open it").focus()
    stage.note("a", "Mended")
    stage.note("b", "Another")
    expect(listed(amina)).to_have_text(["Open it", "Another"])
    amina.page.get_by_role("link", name="Elsewhere").focus()
    expect(listed(amina)).to_have_text(["Mended", "Another"])


def test_a_piece_is_only_what_it_was_sent_as(stage, amina):
    listens(stage, amina, watched())
    stage.note("a", "&lt;img src=x onerror=alert(1)&gt; <script>document.title = 'taken'</script>")
    expect(listed(amina)).to_have_count(1)
    assert amina.page.title() == "A page"
    # The content policy speaks up for the script, which never ran.
    amina.complaints.clear()


# Words that wait for the house


def test_without_a_network_the_form_stays_and_is_sent_once_when_there_is_one(stage, amina):
    stage.pages = {"/heard": page("<h1>Heard</h1>")}
    amina.goes_to("/write")
    amina.context.set_offline(True)
    amina.writes("Your words", "The lift is broken")
    amina.presses("Say it")
    amina.sees("We will send it as soon as we can.")
    amina.presses("Say it")
    assert amina.path == "/write"
    assert stage.came == []
    amina.context.set_offline(False)
    amina.sees("Heard")
    assert stage.came == [("/said", {"once": "once-1", "words": "The lift is broken", "way": "signed"})]


@pytest.mark.parametrize("names", [["once-nothing"], ["once", "once-nothing"]], ids=" and ".join)
def test_what_is_given_with_nothing_waits_as_well_and_is_sent_once(stage, amina, names):
    onces = "".join(f'<input type="hidden" name="{name}" value="{name}-1">' for name in names)
    form = re.sub("<input[^>]*>", onces, WRITING, count=1)
    stage.pages = {"/": page(form), "/heard": page("<h1>Heard</h1>")}
    amina.goes_to("/")
    amina.context.set_offline(True)
    amina.writes("Your words", "The lift is broken")
    amina.presses("Say it")
    expect(amina.page.locator("form > [role=status]")).to_have_text("We will send it as soon as we can.")
    amina.context.set_offline(False)
    amina.sees("Heard")
    onces = {name: f"{name}-1" for name in names}
    assert stage.came == [("/said", {**onces, "words": "The lift is broken", "way": "signed"})]


def test_where_the_house_is_away_it_is_looked_for_until_it_answers(stage, amina):
    stage.pages = {"/heard": page("<h1>Heard</h1>")}
    amina.page.clock.install()
    amina.goes_to("/write")
    amina.page.clock.fast_forward(15_000)
    stage.is_away = True
    amina.writes("Your words", "The lift is broken")
    amina.presses("Say it")
    amina.sees("We will send it as soon as we can.")
    assert amina.path == "/write"
    stage.is_away = False
    amina.page.get_by_text("Heard").wait_for(timeout=10_000)
    assert len(stage.came) == 1


# A phone that gets no new browser any more: iOS 12 to 15, Android 5. They are gone just before our scripts run: the clock
# that a test holds brings one along.
OLDER = """
    document.addEventListener("readystatechange", () => {
        delete HTMLFormElement.prototype.requestSubmit;
        delete AbortSignal.timeout;
        delete Array.prototype.at;
        delete String.prototype.at;
    });
"""


def test_an_older_phone_sends_its_words_from_a_page_that_was_open_for_long(stage, amina):
    stage.pages = {"/heard": page("<h1>Heard</h1>")}
    amina.context.add_init_script(OLDER)
    amina.page.clock.install()
    amina.goes_to("/write")
    assert amina.page.evaluate("!('requestSubmit' in document.forms[0]) && !AbortSignal.timeout")
    amina.page.clock.fast_forward(15_000)
    amina.writes("Your words", "The lift is broken")
    amina.presses("Say it")
    amina.sees("Heard")
    assert stage.came == [("/said", {"once": "once-1", "words": "The lift is broken", "way": "signed"})]


def test_no_script_has_a_word_that_older_phones_cannot_read():
    """Before Safari 16.4 one lookbehind anywhere, and none of the scripts is read: they are one file."""
    for script in SCRIPTS.glob("*.js"):
        assert not re.search(r"\(\?<[=!]", script.read_text()), script.name


# What a page does


def test_what_needs_mending_has_the_focus_and_printing_is_offered(stage, visitors):
    stage.pages = {
        "/": page(
            '<div id="errors" role="alert" tabindex="-1"><h1>Mend this</h1></div>'
            '<p data-print hidden><button type="button">Print this</button></p>'
        )
    }
    for device in (PHONE, DESKTOP):
        amina = visitors("Amina", stage.address, on=device)
        amina.page.add_init_script("window.print = () => { window.__printed = true }")
        amina.goes_to("/")
        assert amina.page.evaluate("document.activeElement.id") == "errors"
        amina.presses("Print this")
        assert amina.page.evaluate("window.__printed")


def test_without_script_a_form_is_a_form_and_the_link_is_there(stage, visitors):
    stage.pages = {
        "/": watched(), "/heard": page("<h1>Heard</h1>"),
        "/print": page('<h1>Sheet</h1><p data-print hidden><button type="button">Print this</button></p>'),
    }
    amina = visitors("Amina", stage.address, on=PHONE.without_script())
    amina.goes_to("/")
    amina.sees("Show new")
    amina.goes_to("/print")
    amina.does_not_see("Print this")
    amina.goes_to("/write")
    amina.writes("Your words", "The lift is broken")
    amina.presses("Say it")
    amina.sees("Heard")
    assert len(stage.came) == 1

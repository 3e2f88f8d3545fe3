"""The harness catches what it is there to catch, and lets a good page pass.

Each page here is served by a few lines of Python, with one thing planted in it.
"""

import http.server
import threading

import pytest

import judges
from visitor import DESKTOP, EVERY_DEVICE, PHONE, Visitor

STYLE = """
    body { margin: 1rem; color: #111; background: #fff; font: 18px/1.5 sans-serif; }
    main { max-width: 40rem; } a, button, input { min-height: 44px; }
    :focus-visible { outline: 3px solid #05a; outline-offset: 2px; }
    @media (prefers-color-scheme: dark) { body { color: #eee; background: #111; } a { color: #9cf; } }
"""

GOOD = """
    <h1>Round the table</h1>
    <p>Everybody is heard. <a href="/more">Read more</a></p>
    <form method="post" action="/said">
    <p><label for="words">What would you change?</label> <input id="words" name="words"></p>
    <p><button>Say it</button></p>
    </form>
"""


def page(main, style=STYLE, head=""):
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<link rel="icon" href="data:,"><link rel="stylesheet" href="/style.css?{len(style)}">{head}'
        f"</head><body><main>{main}</main></body></html>"
    )


class Stand:
    """A small server of pages, under the same content policy as the house's."""

    def __init__(self):
        self.pages = {}
        self.style = STYLE
        stand = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                path = self.path.split("?")[0]
                if path == "/style.css":
                    return self.answer(200, "text/css", stand.style)
                found = stand.pages.get(path)
                self.answer(200 if found else 404, "text/html; charset=utf-8", found or page("<h1>Not here</h1>"))

            do_POST = do_GET

            def answer(self, status, kind, text):
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Security-Policy", "default-src 'self'; img-src 'self' data:")
                self.end_headers()
                self.wfile.write(text.encode())

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def stand():
    stand = Stand()
    yield stand
    stand.close()


@pytest.fixture
def asha(visitors, stand):
    return visitors("Asha", stand.address)


@pytest.mark.every_device
def test_a_good_page_passes_every_judge(stand, asha):
    stand.pages = {"/": page(GOOD), "/said": page("<h1>Heard</h1><p>Thank you.</p>")}
    asha.goes_to("/")
    asha.looks_at("harness-good")
    assert asha.walks_by_keyboard() == ["Read more", "What would you change?", "Say it"]
    asha.writes("What would you change?", "The lift")
    asha.presses("Say it")
    asha.sees("Thank you")
    asha.does_not_see("What would you change?")
    assert asha.path == "/said"
    asha.looks_at("harness-said")


@pytest.mark.parametrize(
    "planted, said",
    [
        ('<h1>A</h1><p><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">', "image-alt"),
        ("<h1>A</h1><p><div>unclosed", "HTML, line 1"),
        ('<h1>A</h1><p class="pale">Hard to read', "color-contrast"),
        ('<h1>A</h1><p class="dim">Hard to read by night', "in the dark: color-contrast"),
        ('<h1>A</h1><p class="wide">Too wide', "at 320 px the page is"),
        ('<h1>A</h1><button class="small">Press</button>', "20 px high"),
        ("<p>No heading", "page-has-heading-one"),
    ],
)
def test_what_is_planted_in_a_page_is_caught(stand, asha, planted, said):
    stand.style = STYLE + """
        .pale { color: #ccc } .wide { width: 500px }
        .small { min-height: 0; height: 20px; padding: 0 }
        @media (prefers-color-scheme: dark) { .dim { color: #444 } }
    """
    stand.pages = {"/": page(planted)}
    asha.goes_to("/")
    with pytest.raises(AssertionError, match=said):
        asha.looks_at("harness-planted")


@pytest.mark.parametrize(
    "planted, said",
    [
        ('<a href="/" class="bare">Nowhere to be seen</a>', "nothing shows that the focus is on: Nowhere to be seen"),
        ('<a href="/" class="away">Elsewhere</a>', "the focus is outside the window on: Elsewhere"),
        ('<p tabindex="0" id="first">Start</p><a href="/" tabindex="-1">x</a><div inert><a href="/">y</a></div>', None),
    ],
)
def test_a_keyboard_walk_sees_the_focus_or_says_where_it_was_lost(stand, asha, planted, said):
    stand.style = STYLE + ".bare { outline: none !important } .away { position: fixed; left: -900px }"
    stand.pages = {"/": page("<h1>A</h1>" + planted)}
    asha.goes_to("/")
    if said is None:
        assert asha.walks_by_keyboard() == ["Start"]
    else:
        with pytest.raises(AssertionError, match=said):
            asha.walks_by_keyboard()


@pytest.mark.parametrize(
    "planted, said",
    [
        ('<p style="color: red">Inline</p>', "said in the console: .*Content Security Policy"),
        ("<script>document.title = 'x'</script>", "said in the console: .*Content Security Policy"),
        ('<a href="http://elsewhere.invalid/">Go</a>', "asked somebody else: http://elsewhere.invalid/"),
        ('<img alt="" src="/not-there.png">', "404 for image"),
    ],
)
def test_what_the_browser_complains_of_fails_the_walk(stand, browser, checker, planted, said):
    stand.pages = {"/": page("<h1>A</h1>" + planted)}
    asha = Visitor("Asha", stand.address, browser, DESKTOP, checker)
    asha.goes_to("/")
    if "href" in planted:
        asha.page.get_by_role("link").click(no_wait_after=True)
        asha.page.wait_for_timeout(200)
    with pytest.raises(AssertionError, match=said):
        asha.leaves()


def test_a_wrong_answer_is_not_taken_for_a_page(asha):
    asha.goes_to("/nowhere", expecting=404)
    with pytest.raises(AssertionError, match="answered 404"):
        asha.goes_to("/nowhere")


def test_what_is_printed_is_read_back_sheet_by_sheet(stand, asha):
    stand.style = STYLE + "@media print { .next { break-before: page } }"
    stand.pages = {"/": page('<h1>We said</h1><h2 class="next">We did</h2>')}
    asha.goes_to("/")
    first, second = asha.prints("harness-print")
    assert "We said" in first and "We did" in second


def test_devices_are_what_they_say(visitors, stand):
    stand.pages = {"/": page(GOOD)}
    for device in EVERY_DEVICE:
        visitor = visitors("Asha", stand.address, on=device)
        visitor.goes_to("/")
        assert visitor.page.evaluate("innerWidth") == device.width
    assert PHONE.script and not PHONE.without_script().script
    assert judges.THUMB == 44

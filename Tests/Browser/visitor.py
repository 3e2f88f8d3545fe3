"""One person with one device, and what they do with it: so that a walk reads like a story.

    amina = someone("Amina")
    amina.goes_to("/")
    amina.presses("I want to start a group")
    amina.writes("What shall we call you?", "Amina")
    amina.sees("Welcome, Amina")
    amina.looks_at("welcome")

`looks_at` has the page judged by everything in `judges.py` and keeps a picture of it in shots/. When the
walk is over, whatever the page asked of anyone but the house, and whatever the browser complained of,
fails it.
"""

import contextlib
import dataclasses
import re
import subprocess
import time
import urllib.parse

from playwright.sync_api import Error, expect

import judges
from house import ROOT

SHOTS = ROOT / "shots"

# A page of ours answers in milliseconds; the rest is for a machine that is busy.
PATIENCE_MS = 20_000

# What Chromium answers while it swaps what draws a page.
SWAPPING = ("Not attached to an active page", "Unable to capture screenshot")


@dataclasses.dataclass(frozen=True)
class Device:
    """What a person holds, or sits at."""

    name: str
    width: int
    height: int
    touch: bool = False
    script: bool = True

    def without_script(self):
        return dataclasses.replace(self, name=f"{self.name}-no-script", script=False)


PHONE = Device("phone", 360, 800, touch=True)
DESKTOP = Device("desktop", 1280, 900)
TABLET = Device("tablet", 768, 1024, touch=True)
NARROW = Device("narrow", 320, 640, touch=True)

EVERY_DEVICE = [PHONE, PHONE.without_script(), DESKTOP, DESKTOP.without_script()]


# What has been judged already, in this run.
_judged = set()


def _is_first(*what):
    if what in _judged:
        return False
    _judged.add(what)
    return True


def _alike(html):
    """The page without its ids, keys, days and hours, which differ from one walk to the next and weigh nothing."""
    return re.sub(r"[0-9a-f]{8}[0-9a-f-]{20,}|\d+", "0", re.sub(r'name="guard" value="[^"]*"|data-whose="[^"]*"', "", html))


class Visitor:
    """A person at the door of `address`, with a browser of their own that remembers only what they did."""

    def __init__(self, name, address, browser, device, checker):
        self.name = name
        self.address = address.rstrip("/")
        self.device = device
        self.complaints = []
        self._checker = checker
        self._document = None
        self._browser = browser
        self.context = self._open(device)
        self.context.on("request", self._note_request)
        self.context.on("response", self._note_response)
        self.page = self.context.new_page()
        self.page.on("console", self._note_console)
        self.page.on("pageerror", lambda error: self.complaints.append(f"a script failed: {error}"))

    def _open(self, device):
        context = self._browser.new_context(
            viewport={"width": device.width, "height": device.height},
            java_script_enabled=device.script,
            has_touch=device.touch,
            is_mobile=device.touch,
            locale="en-GB",
            timezone_id="Europe/London",
            color_scheme="light",
            reduced_motion="reduce",
            service_workers="block",
        )
        context.set_default_timeout(PATIENCE_MS)
        return context

    # Going about

    def goes_to(self, place, expecting=200):
        """Opens a page of the house by its path, or by a whole link that was handed over."""
        link = place if "://" in place else f"{self.address}{place}"
        answer = self.page.goto(link, wait_until="load")
        assert answer.status == expecting, f"{place} answered {answer.status}, not {expecting}"

    def presses(self, words):
        """Presses the button, or follows the link, that says exactly this."""
        self._found(words, "button", "link").click()

    def takes(self, door):
        """Follows a link that says more than its first words: one of the doors, a thing in a list."""
        self.page.get_by_role("link", name=re.compile(rf"^{re.escape(door)}")).click()

    def writes(self, label, words):
        """Fills in the field of this label."""
        self.page.get_by_label(label, exact=True).fill(words)

    def ticks(self, label):
        """Ticks a box, or picks one of several, by its label."""
        self.page.get_by_label(label, exact=True).check()

    def chooses(self, label):
        """Picks one of several whose label says more than its first words: a hint, a name, a day."""
        self.page.get_by_label(re.compile(rf"^{re.escape(label)}")).first.check()

    def signs(self, how):
        """Chooses how what they write is to be signed."""
        self.opens("Do you want your name on what you say?")
        self.chooses(how)

    def picks(self, label, choice):
        """Picks from a list, by the list's label and the choice's words."""
        self.page.get_by_label(label, exact=True).select_option(label=choice)

    def opens(self, summary):
        """Opens a part of the page that is folded away."""
        self.page.locator("summary", has_text=summary).click()

    def goes_back(self, until="load"):
        """Goes back. A page that the browser had kept whole comes back without loading: until="commit"."""
        return self._once_able(lambda: self.page.go_back(wait_until=until))

    def leaves(self):
        """Closes the browser, and fails for whatever was not as it should be on the way."""
        self.context.close()
        assert not self.complaints, f"{self.name}'s browser complained:\n" + "\n".join(self.complaints)

    # Seeing

    @property
    def path(self):
        """Where they are, without the house's address."""
        return urllib.parse.urlsplit(self.page.url).path

    def sees(self, words):
        expect(self.page.get_by_text(words).filter(visible=True).first).to_be_visible(timeout=PATIENCE_MS)

    def field(self, label):
        """What stands in the field of this label."""
        return self.page.get_by_label(label, exact=True).input_value()

    def is_told(self, words):
        """Sees it, now or a little later: what follows from what somebody did is told by letter."""
        until = time.monotonic() + PATIENCE_MS / 1000
        while self.page.get_by_text(words).count() == 0:
            assert time.monotonic() < until, f"{self.name} is never told: {words}"
            self.page.reload()
        self.sees(words)

    def does_not_see(self, words):
        expect(self.page.get_by_text(words).filter(visible=True)).to_have_count(0, timeout=PATIENCE_MS)

    def sees_heading(self, words):
        """A name over what somebody said, or whatever else heads a part of the page."""
        expect(self.page.get_by_role("heading", name=words, exact=True).first).to_be_visible(timeout=PATIENCE_MS)

    def sees_no_heading(self, words):
        expect(self.page.get_by_role("heading", name=words, exact=True)).to_have_count(0, timeout=PATIENCE_MS)

    def headings(self):
        """Everything that heads a part of the page, in order."""
        return self.page.get_by_role("heading").all_inner_texts()

    def is_asked(self, label):
        """There is a field with this label."""
        expect(self.page.get_by_label(label, exact=True)).to_be_visible(timeout=PATIENCE_MS)

    @property
    def six_words(self):
        """The six words that the page shows."""
        return self.page.locator(".six-words li").all_inner_texts()

    def reads_code(self, selector=".qr-code"):
        """What the QR code in that part of the page says, as a phone's camera would read it."""
        picture = self._once_able(self.page.locator(selector).first.screenshot)
        read = subprocess.run(
            ["zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", "-"],
            input=picture, capture_output=True,
        )
        assert read.returncode == 0, f"no code could be read in {selector}"
        return read.stdout.decode().strip()

    def prints(self, name):
        """Prints the page, on A4, and returns the words of each sheet."""
        SHOTS.mkdir(exist_ok=True)
        file = SHOTS / f"{name}.pdf"
        self.page.pdf(path=file, prefer_css_page_size=True, format="A4")
        about = subprocess.run(["pdfinfo", file], check=True, capture_output=True, text=True).stdout
        assert "(A4)" in about, f"{name} does not print on A4:\n{about}"
        words = subprocess.run(["pdftotext", "-layout", file, "-"], check=True, capture_output=True, text=True)
        return words.stdout.removesuffix("\f").split("\f")

    def shot(self, name):
        """Keeps a picture of the whole page in shots/, to be looked at."""
        SHOTS.mkdir(exist_ok=True)
        file = SHOTS / f"{name}.{self.device.name}.png"
        self._once_able(lambda: self.page.screenshot(path=file, full_page=True))

    # Judging

    def looks_at(self, name):
        """Has the page judged by everything that judges pages, and keeps a picture of it.

        What can't differ is asked once: colours in the dark are the same in every window, and a page without
        script is the same page in every house.
        """
        self.shot(name)
        wrong = [f"HTML, {said}" for said in self._checker.complaints(self.html())]
        wrong += judges.sideways(self.page)
        wrong += judges.cramped(self.page)
        look = f"{name} {_alike(self.html())}"
        if _is_first(look, self.device.width if self.device.script else "no script"):
            with self._page_for_axe() as page:
                wrong += judges.axe(page)
                if _is_first(look, "in the dark"):
                    wrong += judges.contrast_in_the_dark(page)
        if _is_first(look, "by keyboard", self.device.width):
            wrong += judges.keyboard_walk(self.page)[1]
        assert not wrong, f"{name} on a {self.device.name}:\n" + "\n".join(wrong)

    def walks_by_keyboard(self):
        """Tabs through the page once, seeing the focus all the way; returns the words of each stop."""
        stops, wrong = judges.keyboard_walk(self.page)
        assert not wrong, f"{self.path} by keyboard:\n" + "\n".join(wrong)
        return stops

    def html(self):
        """The page as the house sent it, before any script touched it."""
        assert self._document is not None, "no page has been opened yet"
        return self._document.text()

    @contextlib.contextmanager
    def _page_for_axe(self):
        """The page that they see, where axe-core can run: it needs script, so where script is off it is given
        a copy of what the house sent, whose own scripts are kept away."""
        if self.device.script:
            yield self.page
            return
        copy = self.html().replace("<noscript>", "").replace("</noscript>", "")
        context = self._open(dataclasses.replace(self.device, script=True))
        try:
            page = context.new_page()
            page.route(
                "**/*",
                lambda route: route.abort() if route.request.resource_type == "script"
                else route.fulfill(body=copy, content_type="text/html; charset=utf-8")
                if route.request.is_navigation_request() else route.continue_(),
            )
            page.goto(self.page.url)
            yield page
        finally:
            context.close()

    def _once_able(self, order):
        """Gives the browser an order until it takes it. Chromium swaps what draws a page when it opens another,
        and for that moment can neither go back nor take a picture."""
        deadline = time.monotonic() + PATIENCE_MS / 1000
        while True:
            try:
                return order()
            except Error as error:
                if not any(why in error.message for why in SWAPPING) or time.monotonic() > deadline:
                    raise
                self.page.wait_for_timeout(50)

    def _found(self, words, *roles):
        first, *others = [self.page.get_by_role(role, name=words, exact=True) for role in roles]
        for other in others:
            first = first.or_(other)
        return first

    # What the browser says of the page

    def _note_request(self, request):
        scheme = urllib.parse.urlsplit(request.url).scheme
        if scheme in ("data", "blob", "about"):
            return
        if not request.url.startswith(f"{self.address}/"):
            self.complaints.append(f"asked somebody else: {request.url}")

    def _note_response(self, response):
        request = response.request
        if request.is_navigation_request() and request.frame == self.page.main_frame:
            self._document = response
        elif response.status >= 400:
            self.complaints.append(f"{response.status} for {request.resource_type} {request.url}")

    def _note_console(self, message):
        # What was answered is noted above, with the address that it was about.
        if message.type in ("error", "warning") and not re.match("Failed to load resource", message.text):
            self.complaints.append(f"said in the console: {message.text}")

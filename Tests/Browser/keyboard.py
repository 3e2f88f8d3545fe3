"""Somebody who has only a keyboard: everything is come to by Tab, and done by Enter, the space bar, arrows and letters.

    hands = Keyboard(amina)
    hands.comes_to("I have a code")
    hands.follows()
"""

import judges

# What a person hears, or sees, of the thing that they are on.
NAME = """() => {
    const element = document.activeElement;
    if (!element || element === document.body) return null;
    const label = element.labels?.[0]?.innerText ?? element.innerText;
    return (element.getAttribute("aria-label") || label || element.value || "").trim().replace(/\\s+/g, " ");
}"""


class Keyboard:
    def __init__(self, visitor):
        self.page = visitor.page

    def comes_to(self, words):
        """Presses Tab until the focus is on what begins with these words."""
        passed = []
        for _ in range(judges.MOST_STOPS):
            self.page.keyboard.press("Tab")
            here = self.page.evaluate(NAME)
            if here is not None and here.startswith(words):
                return
            passed.append(here)
        raise AssertionError(f"the keyboard never comes to {words!r}, only to {passed[:40]}")

    def follows(self):
        """Follows the link, or presses the button, that the focus is on."""
        with self.page.expect_navigation(wait_until="load"):
            self.page.keyboard.press("Enter")

    def opens(self):
        """Unfolds what the focus is on."""
        self.page.keyboard.press("Enter")

    def ticks(self):
        """Ticks the box that the focus is on."""
        self.page.keyboard.press("Space")

    def types(self, words):
        self.page.keyboard.type(words)

    def chooses(self, words):
        """Moves through several choices by the arrows, to the one that begins with these words."""
        for _ in range(judges.MOST_STOPS):
            if self.page.evaluate(NAME).startswith(words):
                break
            self.page.keyboard.press("ArrowDown")
        else:
            raise AssertionError(f"the arrows never come to {words!r}")
        self.page.keyboard.press("Space")

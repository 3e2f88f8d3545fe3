"""A project with people round it: what comes before a walk, done over plain connections in no time, since other
walks do it page by page and look.

    asha, ben = table.asha, table.seats("Ben")
    ben.goes_to(table.project)
"""

import datetime
import re

from phone import Phone

TOPICS = ["money", "benefits", "access", "travel", "carers", "food", "quiet", "feedback", "unchanged"]


def under_way():
    """The day and hours of a gathering that began today and ends tomorrow, whatever the time is."""
    today = datetime.date.today()
    tomorrow = today + datetime.timedelta(days=1)
    return {"day": today.isoformat(), "last-day": tomorrow.isoformat(), "start": "00:00", "end": "23:00"}


class Table:
    """A project that Asha started. `project` is its address, `asha` she herself with her browser."""

    def __init__(self, house, someone):
        self.house, self.someone = house, someone
        self.founder = Phone(house.port).comes_in("Asha")
        self.project = self.founder.starts_project("Getting home")
        self.asha = self.hands(self.founder, "Asha")

    def seats(self, name, on=None):
        """Invites somebody, who takes a seat, and is handed a browser."""
        page = self.founder.get(f"{self.project}/invitations")
        once = page.value("once")
        self.founder.post(f"{self.project}/invitations", once=once, kind="help", days="7")
        slip = self.founder.get(f"{self.project}/invitations/{once}")
        [words] = re.findall(r'<ol class="six-words".*?</ol>', slip.body, re.S)
        words = "-".join(re.findall(r"<li>(\w+)</li>", words))
        phone = Phone(self.house.port)
        page = phone.get(f"/words/{words}")
        answer = phone.post(f"/words/{words}", name=name, once=page.value("once"))
        assert answer.status == 303, answer.body
        return self.hands(phone, name, on)

    def lays_offer(self):
        """Answers every line of think first, and lays the offer on the table."""
        for topic in TOPICS:
            self.founder.get(f"{self.project}/topics/{topic}")
            self.sends(f"{self.project}/topics/{topic}", kind="not_needed", words="", version=0)
        self.sends(f"{self.project}/offer/laid")

    def calls(self, name, question=""):
        """Calls a gathering that is under way, with a code. Gives its address and the code."""
        self.lays_offer()
        page = self.founder.get(f"{self.project}/gatherings/new")
        gathering = self.sends(
            f"{self.project}/gatherings", once=page.value("once"), name=name, kind="workshop", zone="Europe/London",
            **under_way(), place="Elms Hall", question=question,
            worried="Priya Nair, 01632 960 001",
        )
        self.sends(f"{gathering}/code")
        [code] = re.findall(r'class="code"[^>]*>(.*?)</p>', self.founder.get(gathering).body)
        return gathering, code

    def draws(self, words):
        """Asha draws all that was shared together into an ask. Gives its address."""
        page = self.founder.get(f"{self.project}/asks/new")
        sources = re.findall(r'name="source" value="([^"]+)"', page.body)
        return self.sends(f"{self.project}/asks", once=page.value("once"), words=words, source=sources)

    def puts(self, ask, name):
        """Asha puts an ask to somebody with a seat."""
        page = self.founder.get(ask)
        [seat] = re.findall(rf'name="seat" value="([^"]+)"[^>]*><span>{name}<', page.body)
        self.sends(f"{ask}/putting", version=page.value("version"), seat=seat)

    def promises(self, ask, words, day):
        """Asha takes an ask upon herself, and promises. Gives the promise's address."""
        page = self.founder.get(ask)
        [me] = re.findall(r'value="([^"]+)"[^>]*><span>Me: I will answer it', page.body)
        self.sends(f"{ask}/putting", version=page.value("version"), seat=me)
        page = self.founder.get(f"{ask}/answers")
        fields = {"once": page.value("once"), "version": page.value("version")}
        self.sends(f"{ask}/answers", **fields, kind="promise", words=words, day=day)
        [promise] = set(re.findall(r"/promises/[0-9a-f-]{36}", self.founder.get(ask).body))
        return promise

    def reports(self, promise):
        """Asha says that what she promised is done."""
        self.founder.get(promise)
        self.sends(f"{promise}/reports")

    def sends(self, path, **fields):
        """What Asha sends is taken; gives where it leads."""
        answer = self.founder.post(path, **fields)
        assert answer.status == 303, answer.text
        return answer.headers["location"].split("#")[0]

    def hands(self, phone, name, on=None):
        """Gives somebody a browser that knows what their phone knows."""
        phone.hang_up()
        return self.lends(phone.cookies, self.someone(name, on))

    def lends(self, cookies, visitor):
        """Lets a browser know what another knows."""
        if not isinstance(cookies, dict):
            cookies = {cookie["name"]: cookie["value"] for cookie in cookies.context.cookies()}
        visitor.context.add_cookies(
            [{"name": name, "value": value, "url": self.house.address} for name, value in cookies.items()]
        )
        return visitor

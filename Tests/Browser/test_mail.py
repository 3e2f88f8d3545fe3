"""Letters by mail, through a real mail server: to whoever asked, one a day at the most, one tap to stop."""

import email
import email.policy
import re
import ssl
import subprocess
import time
import urllib.request

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from house import House, free_port
from phone import PATIENCE, Phone
from table import under_way

ADDRESS = "amina@example.org"


class Letterbox:
    """A mail server that keeps what it is given."""

    def __init__(self, **more):
        self.letters, self.to, self.login = [], [], None
        self.port = free_port()
        self.server = Controller(self, hostname="127.0.0.1", port=self.port, **more)
        self.server.start()

    async def handle_DATA(self, _server, session, envelope):
        self.letters.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        self.to += envelope.rcpt_tos
        self.encrypted = session.ssl is not None
        return "250 kept"

    def letter(self, number):
        until = time.monotonic() + PATIENCE
        while len(self.letters) < number:
            assert time.monotonic() < until, f"letter {number} did not come"
            time.sleep(0.1)
        return self.letters[number - 1]


def link(letter, kind):
    return re.search(rf"http://\S*(/{kind}/\S+)", letter.get_content())[1]


def asks(house):
    amina = Phone(house.port).comes_in("Amina")
    page = amina.get("/me/mail")
    assert page.status == 200
    assert amina.post("/me/mail", address=ADDRESS).status == 303
    return amina


@pytest.mark.both_engines
def test_somebody_asks_for_letters_reads_one_and_stops_them_with_one_tap(engine):
    box = Letterbox()
    house = House(
        database=engine,
        arguments=["--mail", f"smtp://127.0.0.1:{box.port}", "--mail-from", "post@table.example.org"],
    )
    try:
        house.start()
        amina = asks(house)
        asking = box.letter(1)
        assert box.to == [ADDRESS]
        words = link(asking, "words")
        assert Phone(house.port).get(words).status == 200
        page = amina.get("/me/mail")
        assert "sent a letter to" in page.text and ADDRESS in page.text, "looking at the link proves nothing"
        reader = Phone(house.port)
        reader.get(words)
        assert reader.post(words).status == 200
        assert "We write to" in amina.get("/me/mail").text

        project = amina.starts_project("Insulin at Elms Hall")
        page = amina.get(f"{project}/gatherings/new")
        called = amina.post(
            f"{project}/gatherings", once=page.value("once"), name="First", kind="workshop", zone="Europe/London",
            **under_way(), place="Elms Hall", question="", worried="Priya Nair, 01632 960 001",
        )
        assert called.status == 303, called.text
        news = box.letter(2)
        assert news["Subject"] == "Something is new for you" and news["To"] == ADDRESS
        everything = news.as_string() + news.get_content()
        assert "Insulin" not in everything and "Elms" not in everything and "gathering" not in everything
        assert news["Message-ID"] != asking["Message-ID"] and news["Auto-Submitted"] == "auto-generated"

        stop = re.fullmatch(r"<http://[^/]+(/mail/\S+)>", news["List-Unsubscribe"])[1]
        assert link(news, "mail") == stop
        assert Phone(house.port).get(stop).status == 200
        assert "We write to" in amina.get("/me/mail").text, "looking stops nothing"
        # As a mail provider's machine does it: no page before it, no cookie.
        tap = urllib.request.Request(house.address + stop, data=news["List-Unsubscribe-Post"].encode(), method="POST")
        assert urllib.request.urlopen(tap, timeout=PATIENCE).status == 200
        assert ADDRESS not in amina.get("/me/mail").text
        assert len(box.letters) == 2
        assert ADDRESS not in house.said()
        house.stop()
    finally:
        box.server.stop()
        house.clear_away()


def test_letters_go_encrypted_and_signed_in_to_a_server_that_is_known(tmp_path):
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1",
         "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", tmp_path / "key", "-out", tmp_path / "certificate"],
        check=True, capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "certificate", tmp_path / "key")
    logins = []

    def known(_server, _session, _envelope, _mechanism, login):
        logins.append((login.login, login.password))
        return AuthResult(success=logins[-1] == (b"house", b"a secret"))

    box = Letterbox(tls_context=context, require_starttls=True, authenticator=known, auth_required=True)
    place = f"smtp://house:a%20secret@127.0.0.1:{box.port}"
    trusted = ["--mail-trust", str(tmp_path / "certificate")]
    house = House(arguments=["--mail", place, "--mail-from", "post@table.example.org", *trusted])
    try:
        house.start()
        asks(house)
        assert box.letter(1)["From"] == "post@table.example.org"
        assert box.encrypted and logins == [(b"house", b"a secret")]
        assert "a%20secret" not in house.said() and "a secret" not in house.said()
        house.stop()
    finally:
        box.server.stop()
        house.clear_away()


def test_a_house_without_mail_says_so_and_asks_for_no_address(house):
    amina = Phone(house.port).comes_in("Amina")
    page = amina.get("/me/mail")
    assert page.status == 200 and "sends no mail" in page.text and 'name="address"' not in page.body
    assert "/me/mail" not in amina.get("/me").body

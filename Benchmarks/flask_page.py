"""The project's page, from the same rows, as a good Flask developer would write it.

Kind to Flask where there was a choice: plain SQL and no object mapper, a connection kept open by each worker, a
template that is compiled once, its words written straight into it and not looked up by language. Its copy of the
house's database is at FLASK_DATABASE, with a device of its own whose cookie hashes as `person` has it.
"""

import hashlib
import hmac
import os
import sqlite3
from datetime import datetime, timezone
from threading import local

from flask import Flask, abort, render_template, request

SECRET = b"only for measuring"
LENGTH = 50

app = Flask(__name__)
app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
kept = local()


def database():
    if not hasattr(kept, "connection"):
        kept.connection = sqlite3.connect(os.environ["FLASK_DATABASE"])
        kept.connection.row_factory = sqlite3.Row
        kept.connection.execute("pragma journal_mode = wal")
    return kept.connection


def keyed(text, purpose):
    return hmac.new(SECRET, f"{purpose}:{text}".encode(), hashlib.sha256).hexdigest()


def one(statement, *values):
    return database().execute(statement, values).fetchone()


def rows(statement, *values):
    return database().execute(statement, values).fetchall()


@app.template_filter("day")
def day(milliseconds):
    when = datetime.fromtimestamp(milliseconds / 1000, timezone.utc)
    return f"{when:%A} {when.day} {when:%B} {when.year}"


@app.template_filter("moment")
def moment(milliseconds):
    when = datetime.fromtimestamp(milliseconds / 1000, timezone.utc)
    hour = when.hour % 12 or 12
    return f"{day(milliseconds)} at {hour}:{when:%M}{'am' if when.hour < 12 else 'pm'}"


@app.template_filter("paragraphs")
def paragraphs(words):
    return [part.split("\n") for part in words.split("\n\n")]


def person():
    token = request.cookies.get("roundtable")
    found = token and one(
        """
        select person.id, person.name, keeper.person is not null as keeps, device.id as device
        from device join person on person.id = device.person
        left join keeper on keeper.person = person.id
        where device.hash = ?
        """,
        keyed(token, "device"))
    return found or abort(404)


@app.get("/projects/<project_id>")
def project(project_id):
    me = person()
    project = one(
        """
        select project.id, project.name, seat.id as seat
        from seat join project on project.id = seat.project
        where seat.project = ? and seat.person = ? and seat.member is not null and seat.gone is null
        """,
        project_id, me["id"])
    if project is None:
        abort(404)
    said = rows(
        """
        select contribution.id, contribution.seat, contribution.words, contribution.language,
            contribution.signed, contribution.said, contribution.mended, contribution.shared,
            contribution.scribe as scribed, contribution.read_back, contribution.taken_back,
            giver.name as name, scribe.name as scribe, receipt.number, gathering.name as gathering,
            set_aside.id as aside
        from contribution
        left join receipt on receipt.id = contribution.receipt
        left join seat as giver on giver.id = coalesce(contribution.seat, receipt.seat)
        left join seat as scribe on scribe.id = contribution.scribe
        left join gathering on gathering.id = contribution.gathering
        left join set_aside on set_aside.contribution = contribution.id and set_aside.ended is null
        where contribution.project = ? and (contribution.shared is not null or contribution.seat = ?)
        order by contribution.said desc, contribution.id desc limit ?
        """,
        project_id, project["seat"], LENGTH + 1)
    first = one(
        """
        select case when contribution.signed = 1 then coalesce(seat.name, '') else '' end as name, contribution.said
        from contribution left join seat on seat.id = contribution.seat
        where contribution.project = ? and contribution.shared is not null
        order by contribution.said, contribution.id limit 1
        """,
        project_id)
    concerns = rows(
        """
        select concern.organisation, concern.words, concern.language, concern.direction, seat.name, concern.said
        from concern join seat on seat.id = concern.seat
        where concern.project = ? order by concern.said, concern.id
        """,
        project_id)
    seats = rows(
        """
        select id, name from seat where project = ? and member is not null and gone is null order by lower(name), id
        """,
        project_id)
    (news,) = one("select count(*) from notice where seat = ? and read is null", project["seat"])
    return render_template(
        "project.html", project=project, said=said[:LENGTH][::-1], earlier=len(said) > LENGTH, first=first,
        concerns=concerns, seats=seats, news=news, guard=keyed(request.cookies.get("guard", ""), "guard"),
        whose=keyed(me["id"], "draft")[:16], now=datetime.now(timezone.utc).timestamp() * 1000)

"""The console as somebody sees it who reads English: every kind of page the demo has, and what is German on it."""

import re
from collections import Counter
from html import unescape

from flask import Flask
from sqlalchemy import select

from openday.extensions import db
from openday.models import Booking, Campaign, PoliticalVisit, PressVisit, User
from tests.german import german_in
from tests.web.staff import signed_in

LINK = re.compile(r'href="(/en/konto[^"#]*)')
PEOPLE = ("olga@lindenhof.example.org", "karin@awo.example.org")
OF_GUESTS = (Booking.needs, PoliticalVisit.topics, PoliticalVisit.security_notes, PressVisit.deadline)
MOST_OF_A_KIND = 2


def german_in_console(app: Flask, names: tuple[str, ...]) -> tuple[dict[str, str], int]:
    """Return what is German and not marked, with one address, and how many kinds of pages were read.

    The words of guests may be of any language.
    """
    own_words = [word for column in OF_GUESTS for word in db.session.scalars(select(column).distinct()) if word]
    names = (*names, *own_words, *db.session.scalars(select(Campaign.name)), "Offene Tür", "von-der-heide")
    german, kinds = dict[str, str](), Counter[str]()
    for person in db.session.scalars(select(User).where(User.email.in_(PEOPLE))).all():
        client, waiting, read = signed_in(app, person), ["/en/konto/"], Counter[str]()
        for path in waiting:  # grows on the way
            kind = re.sub(r"\d+", "0", path.partition("?")[0])
            read[kind] += 1
            if read[kind] <= MOST_OF_A_KIND and (answer := client.get(path)).mimetype == "text/html":
                german |= {f"{kind}: {text}": path for text in german_in(answer.text, names)}
                waiting += sorted({unescape(link) for link in LINK.findall(answer.text)}.difference(waiting))
        kinds += read
    return german, len(kinds)

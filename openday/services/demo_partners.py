"""Träger of the demo that work together: one said yes and sees what was agreed, another was just asked."""

from datetime import timedelta

from sqlalchemy import select, update

from openday import clock
from openday.extensions import db
from openday.models import Event, EventHost, User
from openday.models.words import SharedColumn
from openday.services.event_host import PartnerRequest, ask_partner
from openday.services.scope import scope_of

SHARED = (SharedColumn.NAME, SharedColumn.PERSONS, SharedColumn.KIND)
TOGETHER, ALONE = "brueckenwerk-dresden-oeffnet-die-tuer", "lindenhof-leipzig-oeffnet-die-tuer"


def work_together(person: str, partner: str, traeger: str, asked: str) -> None:
    """Let the partner ask the Träger of the person, which says yes, and the person ask a Träger that has yet to answer.

    People are known by their addresses, Träger by their names.
    """
    ask(partner, TOGETHER, traeger)
    weeks_ago = clock.now() - timedelta(weeks=2)  # guests that book read of it
    db.session.execute(update(EventHost).where(EventHost.confirmed_at.is_(None)).values(confirmed_at=weeks_ago))
    ask(person, ALONE, asked)


def ask(email: str, slug: str, name: str) -> None:
    """Ask a Träger onto an event in the name of somebody who may edit it."""
    scope = scope_of(db.session.scalars(select(User.id).where(User.email == email)).one())
    event_id = db.session.scalars(select(Event.id).where(Event.slug == slug)).one()
    ask_partner(scope, event_id, PartnerRequest(name, None, SHARED))

"""The Träger that invite to an event, as everybody sees them."""

from dataclasses import dataclass

from sqlalchemy import select

from openday.extensions import db
from openday.models import EventHost, Traeger, Verband
from openday.models.verband import traeger_verbaende
from openday.services.catalogue_cards import AnyRow
from openday.services.scope import is_partner


@dataclass(frozen=True)
class Host:
    """A Träger that invites, with its own contact."""

    name: str
    is_lead: bool
    email: str | None
    phone: str | None
    website: str | None
    verbaende: tuple[str, ...]


def hosts_of(event_id: int) -> tuple[Host, ...]:
    """Return the Träger that invite, each with its Verbände."""
    rows = db.session.execute(
        select(
            Traeger.id,
            Traeger.name,
            EventHost.is_lead,
            Traeger.contact_email,
            Traeger.contact_phone,
            Traeger.website,
            Verband.name.label("verband"),
        )
        .join(EventHost, EventHost.traeger_id == Traeger.id)
        .outerjoin(traeger_verbaende, traeger_verbaende.c.traeger_id == Traeger.id)
        .outerjoin(Verband, Verband.id == traeger_verbaende.c.verband_id)
        .where(EventHost.event_id == event_id, is_partner())
        .order_by(EventHost.position, Traeger.name, Verband.name)
    ).all()
    grouped: dict[int, list[AnyRow]] = {}
    for row in rows:
        grouped.setdefault(row.id, []).append(row)
    return tuple(
        Host(
            group[0].name,
            group[0].is_lead,
            group[0].contact_email,
            group[0].contact_phone,
            group[0].website,
            tuple(row.verband for row in group if row.verband),
        )
        for group in grouped.values()
    )

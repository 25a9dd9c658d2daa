"""The Träger that invite to an event, as everybody sees them."""

from dataclasses import dataclass

from sqlalchemy import bindparam, select

from openday.exports.logo import MOST_IN_STRIP
from openday.extensions import db
from openday.models import EventHost, Logo, Traeger, Verband
from openday.models.verband import traeger_verbaende
from openday.services.catalogue_cards import AnyRow
from openday.services.scope import is_partner


@dataclass(frozen=True)
class Host:
    """A Träger that invites, with its own contact and the name of its logo."""

    name: str
    is_lead: bool
    email: str | None
    phone: str | None
    website: str | None
    verbaende: tuple[str, ...]
    logo: str | None


HOSTS = (
    select(
        Traeger.id,
        Traeger.name,
        EventHost.is_lead,
        Traeger.contact_email,
        Traeger.contact_phone,
        Traeger.website,
        Verband.name.label("verband"),
        Logo.digest,
    )
    .join(EventHost, EventHost.traeger_id == Traeger.id)
    .outerjoin(Logo, Logo.traeger_id == Traeger.id)
    .outerjoin(traeger_verbaende, traeger_verbaende.c.traeger_id == Traeger.id)
    .outerjoin(Verband, Verband.id == traeger_verbaende.c.verband_id)
    .where(EventHost.event_id == bindparam("event"), is_partner())
    .order_by(EventHost.position, Traeger.name, Verband.name)
)


def hosts_of(event_id: int, *, with_logos: bool) -> tuple[Host, ...]:
    """Return the Träger that invite, each with its Verbände. Without logos where a place is protected.

    Nobody can read what a picture says: a protected address may stand on it. Of very many, the first show theirs.
    """
    grouped: dict[int, list[AnyRow]] = {}
    for row in db.session.connection().execute(HOSTS, {"event": event_id}):
        grouped.setdefault(row.id, []).append(row)
    found = [number for number, group in grouped.items() if group[0].digest]
    shown = frozenset(found[:MOST_IN_STRIP] if with_logos else ())
    return tuple(
        Host(
            group[0].name,
            group[0].is_lead,
            group[0].contact_email,
            group[0].contact_phone,
            group[0].website,
            tuple(row.verband for row in group if row.verband),
            group[0].digest if number in shown else None,
        )
        for number, group in grouped.items()
    )

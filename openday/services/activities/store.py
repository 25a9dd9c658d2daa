"""From understood rows to events, in one transaction. A row that is there already is left as it is."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import structlog
from sqlalchemy import select

from openday import clock
from openday.extensions import db
from openday.geo import locate_postcode
from openday.models import AuditEntry, Campaign, Event, EventHost, Place, Programme, Traeger, Verband
from openday.models.words import EventState
from openday.services.activities.row import ActivityRow, PlaceFacts
from openday.services.listing_change import announce_listing
from openday.services.reference import programmes_named, verbaende_named
from openday.services.slug import free_slug
from openday.transaction import transaction

log = structlog.get_logger()

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Stored:
    """How many rows became events, and the lines that were there before: the same, or said otherwise."""

    new: int
    known: int
    changed_lines: tuple[int, ...]


@dataclass
class Register:
    """Everything rows refer to by name, read once; what is missing is added on the way."""

    campaigns: dict[int, Campaign]
    traeger: dict[str, Traeger]
    programmes: dict[str, Programme]
    verbaende: dict[str, Verband]
    event_slugs: set[str]
    traeger_slugs: set[str]
    actor_id: int | None

    @classmethod
    def read(cls, rows: Iterable[ActivityRow], actor_id: int | None) -> "Register":
        """Read what is stored and add the programmes and Verbände the rows name."""
        rows = list(rows)
        traeger = {each.name: each for each in db.session.scalars(select(Traeger))}
        return cls(
            campaigns={each.year: each for each in db.session.scalars(select(Campaign))},
            traeger=traeger,
            programmes=programmes_named(code for row in rows for code in row.programmes),
            verbaende=verbaende_named(name for row in rows for name in row.verbaende),
            event_slugs=set(db.session.scalars(select(Event.slug))),
            traeger_slugs={each.slug for each in traeger.values()},
            actor_id=actor_id,
        )

    def campaign(self, year: int) -> Campaign:
        """Return the campaign of a year; a new one has no week, because nobody said which."""
        if year not in self.campaigns:
            self.campaigns[year] = Campaign(year=year, name=f"Aktionswoche {year}")
            db.session.add(self.campaigns[year])
        return self.campaigns[year]

    def traeger_named(self, name: str) -> Traeger:
        """Return the Träger of this name."""
        if name not in self.traeger:
            slug = free_slug(name, self.traeger_slugs)
            self.traeger_slugs.add(slug)
            self.traeger[name] = Traeger(name=name, slug=slug)
            db.session.add(self.traeger[name])
        return self.traeger[name]


@transaction
def store_rows(
    rows: list[ActivityRow], progress: Progress = lambda _done, _total: None, *, actor_id: int | None = None
) -> Stored:
    """Store what is new; the same list a second time changes nothing."""
    known = {
        event.source_key: event for event in db.session.scalars(select(Event).where(Event.source_key.is_not(None)))
    }
    fresh = [row for row in rows if row.source_key not in known]
    if fresh:
        register = Register.read(fresh, actor_id)
        for done, row in enumerate(fresh, start=1):
            store_row(row, register)
            progress(done, len(fresh))
        db.session.flush()  # the listings are announced by their campaigns' ids
        for campaign in register.campaigns.values():  # a Träger of any of them may have got another Verband
            announce_listing(campaign.id)
    log.info("activities imported", new=len(fresh), known=len(rows) - len(fresh))
    again = [row for row in rows if row.source_key in known]
    changed = tuple(row.line for row in again if says_otherwise(row, known[row.source_key]))
    return Stored(len(fresh), len(again), changed)


def store_row(row: ActivityRow, register: Register) -> None:
    """Add the event of one row with its hosts and places."""
    owner = register.traeger_named(row.traeger)
    owner.verbaende.extend(
        register.verbaende[name] for name in row.verbaende if register.verbaende[name] not in owner.verbaende
    )
    hosts = [owner, *(register.traeger_named(name) for name in row.partners)]
    campaign = register.campaign(row.year)
    db.session.flush()  # the event needs the ids of campaign and Träger
    slug = free_slug(f"{row.title} {row.year}", register.event_slugs)
    register.event_slugs.add(slug)
    event = Event(
        **stated_facts(row),
        campaign_id=campaign.id,
        traeger_id=owner.id,
        slug=slug,
        title=row.title,
        state=EventState.PUBLISHED,
        languages=(),
        starts_on=row.starts_on,
        source_key=row.source_key,
        source_url=row.source_url,
        source_notes=row.notes,
        published_at=clock.now(),
        hosts=[EventHost(traeger_id=traeger.id, position=number) for number, traeger in enumerate(hosts)],
        places=[place_of(place, number) for number, place in enumerate(row.places)],
        programmes=[register.programmes[code] for code in row.programmes],
    )
    db.session.add(event)
    db.session.flush()  # the audit entry needs event.id
    db.session.add(AuditEntry(action="imported", actor_id=register.actor_id, object_type="event", object_id=event.id))


def stated_facts(row: ActivityRow) -> dict[str, object]:
    """Return the columns a row states beyond what makes it this activity."""
    return {
        "kind": row.kind,
        "ends_on": row.ends_on,
        "start_time": row.start_time,
        "end_time": row.end_time,
        "attendance": row.attendance,
        "admission": row.admission,
        "audiences": row.audiences,
        "access_notes": row.access_notes,
    }


def says_otherwise(row: ActivityRow, event: Event) -> bool:
    """Whether the list and the stored event differ by now; the event is what people may have corrected."""
    return any(getattr(event, column) != value for column, value in stated_facts(row).items())


def place_of(facts: PlaceFacts, position: int) -> Place:
    """Return a place; it is on the map only where its postcode is known."""
    point = locate_postcode(facts.postcode) if facts.postcode else None
    return Place(
        position=position,
        name=facts.name,
        street=facts.street,
        postcode=facts.postcode,
        locality=facts.locality,
        region=facts.region,
        latitude=point[0] if point else None,
        longitude=point[1] if point else None,
    )

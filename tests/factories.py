"""Plain makers of test data: invented people, real towns. Every keyword overrides a column."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any, TypeVar

from sqlalchemy import bindparam, select

from openday import clock, tokens
from openday.extensions import db
from openday.models import (
    Booking,
    Campaign,
    Event,
    EventHost,
    Membership,
    Place,
    Programme,
    Question,
    SeatPool,
    Slot,
    TeamInvitation,
    Traeger,
    User,
    Verband,
)
from openday.models.words import Admission, Attendance, EventState, Mode, PoolAudience, QuestionKind, Role
from openday.services.booking_request import BookingRequest, GivenAnswer

T = TypeVar("T")

numbers = count(1)
OF_YEAR = select(Campaign).where(Campaign.year == bindparam("year"))
OF_CODE = select(Programme).where(Programme.code == bindparam("code"))


def save(thing: T) -> T:
    db.session.add(thing)
    db.session.commit()
    return thing


def make_campaign(**overrides: Any) -> Campaign:
    year = overrides.pop("year", clock.today().year)
    found = db.session.scalars(OF_YEAR, {"year": year}).first()
    return found or save(Campaign(**{"year": year, "name": f"Aktionswoche {year}", **overrides}))


def make_verband(**overrides: Any) -> Verband:
    return save(Verband(**{"name": f"Verband {next(numbers)}", **overrides}))


def make_traeger(**overrides: Any) -> Traeger:
    number = next(numbers)
    values = {"name": f"Beratungsstelle Mitte {number} e. V.", "slug": f"beratungsstelle-mitte-{number}"}
    return save(Traeger(**{**values, **overrides}))


def make_programme(code: str = "MBE") -> Programme:
    found = db.session.scalars(OF_CODE, {"code": code}).first()
    return found or save(Programme(code=code, name=f"Programm {code}"))


def make_event(**overrides: Any) -> Event:
    """A published open day tomorrow in Leipzig with a public address; ``place={...}`` overrides its place."""
    number = next(numbers)
    place = {
        "name": "Beratungsstelle Mitte",
        "street": "Beispielstraße 12",
        "postcode": "04109",
        "locality": "Leipzig",
        "region": "SN",
        "latitude": 51.34,
        "longitude": 12.37,
        **overrides.pop("place", {}),
    }
    traeger = overrides.pop("traeger", None) or make_traeger()
    campaign = overrides.pop("campaign", None) or make_campaign()
    values: dict[str, Any] = {
        "slug": f"mbe-leipzig-{number}",
        "title": f"MBE Leipzig {number} öffnet die Tür",
        "summary": "Schauen Sie uns bei der Beratung über die Schulter.",
        "state": EventState.PUBLISHED,
        "starts_on": clock.today() + timedelta(days=1),
        "attendance": Attendance.ONSITE,
        "admission": Admission.REQUIRED,
        "contact_name": "Mira Beispiel",
        "contact_phone": "0341 000000",
        "contact_email": "kontakt@beispiel.de",
        "published_at": clock.now(),
    }
    event = Event(**{**values, **overrides}, campaign_id=campaign.id, traeger_id=traeger.id)
    event.hosts = [EventHost(traeger_id=traeger.id, position=0)]
    event.places = [Place(**place)]
    return save(event)


def make_slot(event: Event | None = None, *, capacity: int | None = 8, taken: int = 0, **overrides: Any) -> Slot:
    """A half-hour slot tomorrow with one pool on site for everyone."""
    event = event or make_event()
    starts_at: datetime = overrides.pop("starts_at", None) or clock.now().replace(microsecond=0) + timedelta(days=1)
    values: dict[str, Any] = {"starts_at": starts_at, "ends_at": starts_at + timedelta(minutes=30), **overrides}
    slot = Slot(event_id=event.id, **values)
    slot.pools = [SeatPool(mode=Mode.ONSITE, audience=PoolAudience.EVERYONE, capacity=capacity, taken=taken)]
    return save(slot)


def make_question(event: Event, **overrides: Any) -> Question:
    """A short question behind those the event has, erased as the rest of the booking."""
    position = db.session.query(Question).filter_by(event_id=event.id).count()
    values = {"kind": QuestionKind.SHORT_TEXT, "label": "Wo haben Sie von uns gehört?", "purpose": "Werbung"}
    return save(Question(**{"event_id": event.id, "position": position, **values, **overrides}))


def booking_request(slot: Slot, **overrides: Any) -> BookingRequest:
    values: dict[str, Any] = {
        "slot_id": slot.id,
        "name": "Ayşe Kaya",
        "email": f"a.kaya{next(numbers)}@example.org",
        "party_size": 1,
        "nonce": tokens.new_token(),
    }
    return BookingRequest(**{**values, **overrides})


def given(question: Question, text: str) -> GivenAnswer:
    """What a guest answered to a question."""
    return GivenAnswer(question.id, text, question.keep_days)


def make_user(traeger: Traeger | None = None, *, role: Role = Role.OWNER, **overrides: Any) -> User:
    """A person of a Träger (or, with another role and no Träger, of nobody yet)."""
    user = User(**{"email": f"person{next(numbers)}@example.org", "name": "Olga Orga", **overrides})
    if traeger is not None:
        user.memberships = [Membership(traeger_id=traeger.id, role=role)]
    return save(user)


def make_team_invitation(traeger: Traeger, *, token: str = "", **overrides: Any) -> TeamInvitation:
    """An open invitation of Emre as an editor; ``token`` opens it."""
    digest = tokens.digest(token or f"invitation {next(numbers)}")
    values = {"email": "emre@example.org", "role": Role.EDITOR, "expires_at": clock.now() + timedelta(hours=72)}
    return save(TeamInvitation(**{**values, **overrides}, traeger_id=traeger.id, token_digest=digest))


def make_coordinator(verband: Verband | None = None, **overrides: Any) -> User:
    """Somebody who answers for a Verband, with ``land`` for a Land, with neither for the platform."""
    land = overrides.pop("land", None)
    role = Role.COORDINATOR if verband or land else Role.ADMIN
    user = make_user(**{"name": "Karin Althaus", **overrides})
    save(Membership(user_id=user.id, verband_id=verband.id if verband else None, land=land, role=role))
    return user


def all_bookings() -> list[Booking]:
    return list(db.session.query(Booking).order_by(Booking.id))

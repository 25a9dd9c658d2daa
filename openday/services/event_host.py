"""Several Träger on one event: asked by the one that owns it, partners once they said yes, one may lead."""

from dataclasses import dataclass
from datetime import datetime

import structlog
from flask_babel import lazy_gettext as _l
from sqlalchemy import and_, bindparam, delete, func, select, update
from sqlalchemy.orm import joinedload

from openday import clock, tokens
from openday.errors import NotFound, Refusal
from openday.extensions import db
from openday.mailing import host_mails
from openday.mailing.staff_mail import Addressee
from openday.models import AuditEntry, Event, EventHost, Membership, Traeger, User
from openday.models.words import EventState, Role, SharedColumn
from openday.services.availability import announce_event
from openday.services.listing_change import announce_listing
from openday.services.scope import Scope, editable_event, hears_of_guests, is_partner
from openday.services.slug import free_slug
from openday.services.suppression import may_write_to
from openday.transaction import transaction

log = structlog.get_logger()

MOST_HOSTS = 100  # nobody fills mailboxes in the name of an event
ANSWERING = (Role.OWNER, Role.EDITOR)
PARTNERS = (
    select(Traeger.name)
    .join(EventHost, EventHost.traeger_id == Traeger.id)
    .where(EventHost.event_id == bindparam("event"), hears_of_guests())
    .order_by(EventHost.position)
)
"""Asked for every form that books, so it is built once."""


class AlreadyHost(Refusal):
    """The Träger is on the event, or was asked before."""

    code = "already_host"
    message = _l("Dieser Träger steht schon auf der Liste.")


class TooManyHosts(Refusal):
    """More partners than anybody works with."""

    code = "too_many_hosts"
    message = _l("Mehr als %(most)s Träger gehen nicht.", most=MOST_HOSTS)


class NobodyToAsk(Refusal):
    """Nobody is known who could answer for the Träger."""

    code = "nobody_to_ask"
    message = _l("Diesen Träger kennen wir noch nicht. Geben Sie eine E-Mail-Adresse ein, an die wir schreiben")


@dataclass(frozen=True)
class PartnerRequest:
    """Whom to ask, and what of the guests it would get. ``email`` is needed where nobody of it has an account."""

    name: str
    email: str | None
    shared: tuple[SharedColumn, ...]


@dataclass(frozen=True)
class Asked:
    """What a partner is asked, as its own page shows it; ``confirmed_at`` once it said yes."""

    partner_id: int
    event_title: str
    event_slug: str
    when: Event
    owner: str
    partner: str
    shared: tuple[SharedColumn, ...]
    confirmed_at: datetime | None


def hosts_for(scope: Scope, event_id: int) -> list[EventHost]:
    """Return all Träger of an event to somebody who may edit it, the owning one first."""
    event = editable_event(scope, event_id)
    hosts = select(EventHost).where(EventHost.event_id == event.id).options(joinedload(EventHost.traeger))
    return list(db.session.scalars(hosts.order_by(EventHost.position, EventHost.traeger_id)))


def known_traeger() -> list[str]:
    """Return the names one can choose from; they are public."""
    return list(db.session.scalars(select(Traeger.name).order_by(Traeger.name).limit(500)))


@transaction
def ask_partner(scope: Scope, event_id: int, request: PartnerRequest) -> None:
    """Put a Träger on the event and mail it the question; it shows nowhere before it said yes.

    Raises ``AlreadyHost``, ``TooManyHosts``, ``NobodyToAsk``, ``NotFound``, ``NotAllowed``, ``EventCancelled``.
    """
    announce_event(event_id)
    event = editable_event(scope, event_id)
    traeger = traeger_named(request)
    taken = set(db.session.scalars(select(EventHost.traeger_id).where(EventHost.event_id == event_id)))
    if traeger.id in taken:
        raise AlreadyHost
    if len(taken) >= MOST_HOSTS:
        raise TooManyHosts
    people = answering_for(traeger, request.email, db.session.get_one(User, scope.user_id).reads)
    if not people:
        raise NobodyToAsk
    token = tokens.new_token()
    host = EventHost(
        event_id=event_id,
        traeger_id=traeger.id,
        position=len(taken),
        token_digest=tokens.digest(token),
        asked_at=clock.now(),
        shared_columns=tuple(request.shared),
    )
    db.session.add(host)
    db.session.add_all(
        host_mails.host_asked(event, traeger, request.shared, person, token)
        for person in people
        if may_write_to(person.email)
    )
    note("partner asked", scope.user_id, event_id)


def traeger_named(request: PartnerRequest) -> Traeger:
    """Return the Träger of a name, a new one where an address was given for it; raises ``NobodyToAsk``."""
    found = db.session.scalars(select(Traeger).where(func.lower(Traeger.name) == request.name.lower())).first()
    if found is not None:
        return found
    if request.email is None:
        raise NobodyToAsk
    slugs = set(db.session.scalars(select(Traeger.slug)))
    traeger = Traeger(name=request.name, slug=free_slug(request.name, slugs)[:80])
    db.session.add(traeger)
    db.session.flush()  # the host needs its id
    return traeger


def answering_for(traeger: Traeger, email: str | None, language: str) -> list[Addressee]:
    """Return whom to write to: who may edit there, else the address that was given, else the public one.

    ``language`` is for an address nobody has an account with: that of whoever writes.
    """
    answering = Membership.traeger_id == traeger.id, Membership.role.in_(ANSWERING)
    people = select(User).where(User.active.is_(True), User.memberships.any(and_(*answering)))
    staff = [Addressee.of(user) for user in db.session.scalars(people.order_by(User.id))]
    others = [Addressee(address, language, is_known=False) for address in (email, traeger.contact_email) if address]
    return staff or others[:1]


@transaction
def remove_host(scope: Scope, event_id: int, traeger_id: int) -> None:
    """Take a partner off the event; raises ``NotFound`` for the owning Träger too."""
    announce_event(event_id)
    event = editable_event(scope, event_id)
    gone = delete(EventHost).where(EventHost.event_id == event_id, EventHost.traeger_id == traeger_id)
    if traeger_id == event.traeger_id or db.session.execute(gone.returning(EventHost.traeger_id)).first() is None:
        raise NotFound
    announce_listing(event.campaign_id, event.id)
    note("partner removed", scope.user_id, event_id)


@transaction
def choose_lead(scope: Scope, event_id: int, traeger_id: int | None) -> None:
    """Say which Träger leads, None for none of them; raises ``NotFound`` for one that has not said yes."""
    announce_event(event_id)
    editable_event(scope, event_id)
    db.session.execute(update(EventHost).where(EventHost.event_id == event_id).values(is_lead=False))
    if traeger_id is not None:
        lead = update(EventHost).where(EventHost.event_id == event_id, EventHost.traeger_id == traeger_id, is_partner())
        if db.session.execute(lead.values(is_lead=True).returning(EventHost.traeger_id)).first() is None:
            raise NotFound
    note("lead chosen", scope.user_id, event_id)


def asked_by_link(token: str) -> Asked:
    """Return what the holder of a link is asked; raises ``NotFound`` for a void one."""
    host = host_of_link(token)
    return Asked(
        partner_id=host.traeger_id,
        event_title=host.event.title,
        event_slug=host.event.slug,
        when=host.event,
        owner=host.event.traeger.name,
        partner=host.traeger.name,
        shared=tuple(SharedColumn(one) for one in host.shared_columns),
        confirmed_at=host.confirmed_at,
    )


@transaction
def answer_as_partner(token: str, *, says_yes: bool) -> None:
    """Become a partner, or be none (any more), and tell the owning Träger. Yes again changes nothing.

    Raises ``NotFound`` for a void link.
    """
    host = host_of_link(token)
    event, partner = host.event, host.traeger
    announce_event(event.id)
    if says_yes and host.confirmed_at is not None:
        return
    if says_yes:
        host.confirmed_at = clock.now()
    else:
        db.session.delete(host)
    db.session.flush()  # the listing is told by a statement of its own
    announce_listing(event.campaign_id, event.id)
    db.session.add_all(
        host_mails.host_answered(event, partner, person, says_yes=says_yes)
        for person in answering_for(event.traeger, event.contact_email, event.contact_language or "de")
    )
    note("partner confirmed" if says_yes else "partner declined", None, event.id)


def host_of_link(token: str) -> EventHost:
    """Return the host a link was made for; raises ``NotFound``, also once the event is called off."""
    host = db.session.scalars(
        select(EventHost)
        .where(EventHost.token_digest == tokens.digest(token))
        .options(joinedload(EventHost.traeger), joinedload(EventHost.event).joinedload(Event.traeger))
        .execution_options(populate_existing=True)
    ).first()
    if host is None or host.event.state in (EventState.CANCELLED, EventState.WITHDRAWN):
        raise NotFound
    return host


def recipients_of(event_id: int) -> list[str]:
    """Return the partners that get something of the guests' data, by name: guests are told before they send it."""
    return list(db.session.connection().scalars(PARTNERS, {"event": event_id}))


def note(action: str, actor_id: int | None, event_id: int) -> None:
    """Write down who did what."""
    db.session.add(AuditEntry(action=action, actor_id=actor_id, object_type="event", object_id=event_id))
    log.info("hosts changed", event_id=event_id, action=action)

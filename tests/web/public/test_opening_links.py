"""Opening a link never changes anything: mail scanners open every link there is."""

from datetime import timedelta

from openday import clock
from openday.extensions import Base, db
from openday.models import Booking, SeatPool, Slot
from openday.models.words import Attendance, Awaits, BookingState, Confirmation, Mode, PoolAudience
from openday.services.receipt import secret_of
from tests.factories import make_event, make_slot, save
from tests.web.public.own import booked
from tests.web.public.standing import begun

OFFICES = ("politics_asks_for_a_day", "politics_is_offered_times")


def contents() -> dict[str, list[str]]:
    """Return every row of the database."""
    db.session.rollback()
    return {
        table.name: sorted(map(repr, db.session.execute(table.select()).all())) for table in Base.metadata.sorted_tables
    }


def without_seats(client, slot: Slot, state: BookingState, awaits: Awaits | None = None) -> str:
    """Return the page of a booking that gave its seats back and stands somewhere else now."""
    own = booked(slot, mode=Mode.ONLINE)
    client.post(f"{own}/absagen")
    booking = db.session.query(Booking).order_by(Booking.id.desc()).first()
    assert booking is not None
    booking.state, booking.awaits, booking.cancelled_at, booking.waits_since = state, awaits, None, clock.now()
    db.session.commit()
    return own


def test_opening_any_link_of_a_booking_in_any_state_changes_nothing(client, app, time_machine):
    event = make_event(attendance=Attendance.HYBRID, room_url="https://raum.example.org/geheim", party_limit=20)
    slot = make_slot(event, capacity=None)
    save(SeatPool(slot_id=slot.id, mode=Mode.ONLINE, audience=PoolAudience.EVERYONE, capacity=None))
    pages = [booked(slot, mode=Mode.ONLINE, party_size=size) for size in (1, 9, 2)]
    client.post(f"{pages[2]}/absagen")
    pages.append(booked(make_slot(make_event(confirmation=Confirmation.APPROVAL))))
    pages += [
        without_seats(client, slot, BookingState.WAITING),
        without_seats(client, slot, BookingState.REQUESTED, Awaits.MAILBOX),
        without_seats(client, slot, BookingState.REQUESTED, Awaits.HOST),
        without_seats(client, slot, BookingState.REQUESTED, Awaits.BOOKER),
        without_seats(client, slot, BookingState.EXPIRED, Awaits.MAILBOX),
        without_seats(client, slot, BookingState.DECLINED),
    ]
    pages += [f"/buchung/{secret_of(begun(state)[0].nonce)}" for state in OFFICES]
    rules = [rule for rule in app.url_map.iter_rules() if "/buchung/<token>" in rule.rule and "GET" in rule.methods]
    assert len(rules) >= 20
    for moment in (clock.now(), slot.starts_at - timedelta(minutes=5), slot.starts_at + timedelta(hours=1)):
        time_machine.move_to(moment)
        before = contents()
        for own in pages:
            for rule in rules:
                path = rule.rule.replace("/buchung/<token>", own)
                assert client.get(path).status_code < 500, (path, own)
        assert contents() == before

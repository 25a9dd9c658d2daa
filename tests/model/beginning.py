"""How a house begins: all seats on site given away, a line with a past, and the same put into the database.

The past is what takes a life long to reach: a large party overtaken before, an offer that lapsed once, one that ends
soon, a hold whose mail is out.
"""

from datetime import timedelta

from openday import tokens
from openday.extensions import db
from openday.models import Booking, BookingSeats, OutboxMessage, Slot
from openday.models.words import Awaits, BookingState, GuestKind, Mode, OutboxState
from openday.rows import insert_rows
from openday.services.receipt import secret_of
from tests.model.house import House, Party

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
MAILS = {
    BookingState.CONFIRMED: "booking_confirmed",
    BookingState.HELD: "please_confirm",
    BookingState.OFFERED: "seat_offered",
    BookingState.WAITING: "waiting_joined",
}


def guests(house: House, *, overtaken: int, lapsed: int, is_read: bool) -> list[Party]:
    """Return who is there already; ``is_read``: the mail of the open offer has left."""
    first, second = sorted(house.times)
    begin = min(slot.starts_at for slot in house.times.values()) - 28 * HOUR
    party = {"number": 0, "kind": GuestKind.PUBLIC, "mode": Mode.ONSITE, "created_at": begin - 9 * HOUR}
    sent = {**party, "mail_sent_at": begin - 8 * HOUR}

    def seated(time: int, size: int, **more: object) -> Party:
        return Party(**{**sent, "size": size, "time": time, "state": BookingState.CONFIRMED, **more})

    def waiting(time: int | None, size: int, hours: int, **more: object) -> Party:
        since = begin - hours * HOUR
        values = {"size": size, "time": time, "state": BookingState.WAITING, "is_any_time": time is None}
        return Party(**{**sent, **values, "created_at": since, "waits_since": since, **more})

    held = {"state": BookingState.HELD, "awaits": Awaits.MAILBOX, "held_until": begin + 15 * MINUTE}
    offered = {"state": BookingState.OFFERED, "held_until": begin + HOUR, "waits_since": begin - 8 * HOUR}
    general = house.general(second).capacity
    assert general is not None
    return [
        seated(first, 1),
        seated(first, 1),
        seated(first, 1, **held, created_at=begin - 15 * MINUTE, mail_sent_at=begin - 10 * MINUTE),
        seated(second, general - 1),
        seated(second, 1, **offered, lapsed=lapsed, mail_sent_at=begin - 7 * HOUR if is_read else None),
        waiting(first, 3, 6, overtaken=overtaken),
        waiting(first, 1, 5, lapsed=lapsed),
        waiting(None, 2, 4, overtaken=overtaken),
        waiting(second, 1, 3, lapsed=1 - lapsed),
    ]


def settle(house: House, slots: list[Slot]) -> None:
    """Put the parties and pools of the model into the database, each party with a mail that it got."""
    pools = {(pool.slot_id, pool.mode, pool.audience): pool for slot in slots for pool in slot.pools}
    for where, pool in pools.items():
        pool.taken, pool.is_saved = house.pool(where).taken, house.pool(where).is_saved
    bookings = [booking_of(nonce, party, slots[0].event_id) for nonce, party in house.parties.items()]
    for booking, party in zip(bookings, house.parties.values(), strict=True):
        booking.erase_on = max(slot.starts_at for slot in house.times.values()).date() + timedelta(days=30)
        booking.seats = [
            BookingSeats(seat_pool_id=pools[where].id, seats=share) for where, share in party.shares.items()
        ]
    db.session.add_all(bookings)
    db.session.flush()  # the mails need their ids
    insert_rows([mail_of(booking, party) for booking, party in zip(bookings, house.parties.values(), strict=True)])
    db.session.commit()


def booking_of(nonce: str, party: Party, event_id: int) -> Booking:
    return Booking(
        reference=tokens.new_reference(),
        event_id=event_id,
        slot_id=party.time,
        mode=party.mode,
        state=party.state,
        awaits=party.awaits,
        held_until=party.held_until,
        party_size=party.size,
        booker_name="Ayşe Kaya",
        booker_email=f"{nonce}@example.org",
        token_digest=tokens.digest(secret_of(nonce)),
        nonce=nonce,
        payload_digest=nonce,
        waits_since=party.waits_since,
        overtaken=party.overtaken,
        offers_lapsed=party.lapsed,
        created_at=party.created_at,
        confirmed_at=party.created_at if party.state is BookingState.CONFIRMED else None,
    )


def mail_of(booking: Booking, party: Party) -> OutboxMessage:
    return OutboxMessage(
        kind=MAILS[party.state],
        booking_id=booking.id,
        version=0,  # before every one the services write
        message_id=booking.nonce,
        recipient=booking.booker_email,
        subject="x",
        text="x",
        html="x",
        state=OutboxState.SENT if party.mail_sent_at else OutboxState.QUEUED,
        sent_at=party.mail_sent_at,
    )

"""What was changed and written in the demo of late: a moved time with its banner, messages to guests and to Träger."""

from datetime import timedelta

from sqlalchemy import select

from openday import clock
from openday.extensions import db
from openday.models import Event, User
from openday.services import broadcast
from openday.services.announcement import Audience, Message, announce
from openday.services.event import save_task
from openday.services.event_request import AccessRequest
from openday.services.scope import scope_of
from openday.services.seat_table import Reach
from openday.services.slot_change import Move, move_times

MOVED = "lesecafe-hybrid"
WRITTEN_TO = "lindenhof-leipzig-oeffnet-die-tuer"


def change_things(email: str) -> None:
    """Move a time and write to guests as the person with that address."""
    scope = scope_of(db.session.scalars(select(User.id).where(User.email == email)).one())
    events = {
        event.slug: event for event in db.session.scalars(select(Event).where(Event.slug.in_((MOVED, WRITTEN_TO))))
    }
    slot = events[MOVED].slots[0]
    earlier = clock.to_berlin(slot.starts_at - timedelta(minutes=30))
    reason = "Die Vorleserin muss ihren Zug bekommen."
    move_times(
        scope, events[MOVED].id, Move(slot.id, Reach.SLOT, earlier.date(), earlier.time(), end=None, reason=reason)
    )
    text = (
        "Der Eingang an der Straße ist wegen einer Baustelle zu. Kommen Sie bitte durch den Hof, dort steht ein Schild."
        "\n\nWir freuen uns auf Sie."
    )
    announce(scope, events[WRITTEN_TO].id, Message("Eingang durch den Hof", text, Audience(), nonce="demo"))
    yard = "Vom Hof führt eine Rampe ins Haus, die Tür öffnet von selbst."
    house = events[WRITTEN_TO]
    save_task(scope, house.id, AccessRequest(house.access_features, yard, house.languages))


def write_to_traeger(email: str) -> None:
    """Write to all Träger of a circle as its coordinator with that address."""
    scope = scope_of(db.session.scalars(select(User.id).where(User.email == email)).one())
    text = (
        "Tragen Sie bis Freitag ein, was Sie planen. Drei Angaben genügen: was, ungefähr wann, wen wir fragen können."
        "\n\nPlakate und Texte schicken wir Ihnen nächste Woche."
    )
    circle = broadcast.circles_of(scope)[0]
    broadcast.send_broadcast(
        scope, broadcast.Message(circle.key, "Noch eine Woche: Was planen Sie?", text, nonce="demo")
    )

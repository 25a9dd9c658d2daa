"""Another place: whoever comes on site hears of it. A change that would tell somebody is first shown, then done."""

from openday.errors import Refusal
from openday.extensions import db
from openday.mailing.booking_calendar import public_location
from openday.mailing.house_change_mails import place_changed
from openday.mailing.visit import Visit
from openday.models import Booking, Event, OutboxMessage
from openday.models.words import ChangedFact, EventState, Mode
from openday.services.event_change import say_change
from openday.services.mail_plan import MailPlan, concerned, tell
from openday.services.visit import event_facts, visits_of_event


class GuestsToTell(Refusal):
    """Guests have to hear of the change; ``plan`` says who would. Nothing was changed."""

    code = "guests_to_tell"

    def __init__(self, plan: MailPlan) -> None:
        super().__init__()
        self.plan = plan


def told_place(event: Event) -> tuple[str, str]:
    """Return what guests know of the place: the whole address, and how everybody may know it."""
    facts = event_facts(event)
    return facts.address or facts.locality or "", public_location(facts)


def tell_new_place(event: Event, before: tuple[str, str], reason: str | None) -> None:
    """Tell everybody who comes on site of another place, inside the transaction that changed it.

    ``before`` is what :func:`told_place` said; ``reason`` None has told nobody yet: raises ``GuestsToTell`` if there is
    somebody to tell. The sequence of the event has risen already.
    """
    if event.state is not EventState.PUBLISHED or told_place(event)[0] == before[0]:
        return
    db.session.flush()  # the mails are written from what is stored
    visits: dict[int | None, Visit] = {visit.slot_id: visit for visit in visits_of_event(event.id)}
    facts = event_facts(event)

    def write(booking: Booking, token: str) -> OutboxMessage:
        return place_changed(booking, visits.get(booking.slot_id) or facts, token, before[1], reason or "")

    plan = tell(concerned(event.id, Booking.mode == Mode.ONSITE), write)
    if plan.mails and reason is None:
        raise GuestsToTell(plan)
    say_change(event, ChangedFact.PLACE, reason or "")
    db.session.flush()  # the versions are raised by statements of their own

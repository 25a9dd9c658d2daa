"""For members of parliament, ministries and town halls: finding a house, and asking for a visit."""

from dataclasses import replace

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from openday.errors import (
    AlreadyBooked,
    BookingClosed,
    EventCancelled,
    PartyTooLarge,
    Refusal,
    SlotFull,
    TooManyRequests,
)
from openday.forms.politics_journey import CHECK, COURSE, GUEST, STEPS, TIME, Journey
from openday.forms.politics_time import PROPOSAL, WAITING, time_answers
from openday.forms.validators import strip, whole_number
from openday.mailing.running_order import running_order
from openday.services.booking import book_slot
from openday.services.booking_request import BookingRequest
from openday.services.politics_page import find_houses
from openday.services.rate_limit import BOOKINGS, Caller, spend
from openday.services.receipt import Receipt
from openday.services.talk_offer import TalkOffer, talk_offer
from openday.services.visit import visit_on_page
from openday.services.visit_request import NoProposal, request_visit
from openday.services.waiting_entry import NoWaitingList, SeatsFree, join_waiting_list
from openday.wording import moment_from_now

bp = Blueprint("politics", __name__)

LONGEST_PLACE = 80
PAGES = {TIME: "time", GUEST: "guest", COURSE: "course", CHECK: "check"}
REFUSALS = (
    SlotFull,
    SeatsFree,
    BookingClosed,
    EventCancelled,
    PartyTooLarge,
    NoProposal,
    NoWaitingList,
    AlreadyBooked,
    TooManyRequests,
)


@bp.get("/politik")
def search() -> ResponseReturnValue:
    """Say what a visit is and show the houses near a postcode or place."""
    where = strip(request.args.get("wo", ""))[:LONGEST_PLACE]
    return render_template("public/politics/search.html", where=where, found=find_houses(where))


@bp.route("/t/<slug>/politik", methods=["GET", "POST"])
def ask(slug: str) -> ResponseReturnValue:
    """Lead through the pages of a visit: each form looks at all answers so far and shows the next page, or sends.

    The first one, which asks for a time, is a GET: going back to the page behind it must not ask to send a form again.
    """
    offer = talk_offer(slug) or abort(404)
    if offer.is_called_off:
        return render_template("public/politics/cancelled.html", offer=offer), 200 if request.method == "GET" else 409
    if request.method == "GET":
        return begin(offer)
    journey = journey_of(offer, request.form)
    if (back := request.form.get("zu")) in STEPS:
        return shown(journey, str(back))
    step = request.form.get("schritt", TIME)
    if step not in STEPS:
        abort(400)
    if (faulty := journey.first_faulty(step)) is not None:
        return shown(journey, faulty, 422)
    if step != CHECK:
        return go_on(journey, STEPS[STEPS.index(step) + 1])
    return send(journey)


def begin(offer: TalkOffer) -> ResponseReturnValue:
    """Show the times, or with a free one already chosen ask who comes; a full one can be waited for."""
    if request.args.get("schritt") == TIME:
        journey = journey_of(offer, time_answers(request.args))
        return go_on(journey, GUEST) if journey.time.validate() else shown(journey, TIME, 422)
    slot_id = whole_number(request.args.get("slot"))
    chosen = offer.time(slot_id)
    values = MultiDict({"slot": str(slot_id)} if chosen else {"wait_for": str(slot_id)} if slot_id else {})
    return shown(Journey(offer, values, chosen), GUEST if chosen else TIME)


def journey_of(offer: TalkOffer, values: MultiDict[str, str]) -> Journey:
    """Return the answers that were sent."""
    slot_id = None if values.get("weg") in (PROPOSAL, WAITING) else whole_number(values.get("slot"))
    return Journey(offer, values, visit_on_page(offer.facts.slug, slot_id) if slot_id else None)


def go_on(journey: Journey, step: str) -> ResponseReturnValue:
    """Show the next page, unless the chosen time was taken meanwhile."""
    visit = journey.visit
    if visit is None and not journey.time.proposes and not journey.time.waits:
        abort(404)
    if visit is not None and journey.offer.time(visit.slot_id) is None:
        return shown(journey, TIME, 409, SlotFull())
    return shown(journey, step)


def shown(journey: Journey, step: str, status: int = 200, refusal: Refusal | None = None) -> ResponseReturnValue:
    """Return one page of the journey with all other answers in it."""
    if step == CHECK:
        journey.check.renew()
    page = render_template(
        f"public/politics/{PAGES[step]}.html",
        journey=journey,
        offer=journey.offer,
        visit=journey.visit,
        form=journey.forms[step] if status == 422 else None,
        step=step,
        number=STEPS.index(step) + 1,
        steps=running_order(journey.visit, journey.course.asked_mode) if journey.visit else (),
        refusal=refusal,
        retry_at=moment_from_now(refusal.retry_after) if isinstance(refusal, TooManyRequests) else "",
    )
    headers = {"Retry-After": str(refusal.retry_after)} if isinstance(refusal, TooManyRequests) else {}
    return page, status, headers


def send(journey: Journey) -> ResponseReturnValue:
    """Book or ask; whoever it is gets the same page, and the truth by mail."""
    try:
        caller = Caller.at(request.remote_addr or "")
        spend(BOOKINGS, caller)
        wanted = replace(journey.to_request(), network=caller.key, asks_host=request.form.get("art") == "anfragen")
        receipt = book(journey, wanted)
    except REFUSALS as refusal:
        return refused(journey, refusal)
    return redirect(url_for("public.booking.show", token=receipt.token), code=303)


def book(journey: Journey, wanted: BookingRequest) -> Receipt:
    """Take the chosen time, get in line for a full one, or hand in the proposals."""
    if journey.time.waits:
        return join_waiting_list(journey.to_wish(wanted))
    if journey.visit is None:
        return request_visit(journey.offer.facts.event_id, wanted, journey.time.proposals())
    return book_slot(wanted, journey.visit)


def refused(journey: Journey, refusal: Refusal) -> ResponseReturnValue:
    """Show the page on which the refusal can be answered; everything that was typed is still there."""
    if isinstance(refusal, EventCancelled):
        return render_template("public/politics/cancelled.html", offer=journey.offer), 409
    if isinstance(refusal, PartyTooLarge):
        journey.guest.party_size.errors = [str(refusal)]
        return shown(journey, GUEST, 422)
    if isinstance(refusal, TooManyRequests):
        return shown(journey, CHECK, 429, refusal)
    if isinstance(refusal, AlreadyBooked):
        return shown(journey, CHECK, 409, refusal)
    return shown(journey, TIME, 409, refusal)

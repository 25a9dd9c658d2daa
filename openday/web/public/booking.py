"""Booking a time, and the booking's own page behind its secret link."""

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from openday.errors import (
    AlreadyBooked,
    BookingClosed,
    EventCancelled,
    NotFound,
    PartyTooLarge,
    Refusal,
    SlotFull,
    TooManyRequests,
)
from openday.forms.booking import AddressForm, BookingForm
from openday.forms.validators import iso_day, whole_number
from openday.mailing.visit import Visit
from openday.models.words import GuestKind, Mode
from openday.services.alternatives import nearest_free
from openday.services.booking import book_slot, refuse_unless_open
from openday.services.calendar import calendar_of_booking
from openday.services.cancellation import cancel_booking
from openday.services.correction import correct_address
from openday.services.event_host import recipients_of
from openday.services.own_answers import answers_in_words
from openday.services.own_booking import OwnBooking, booking_by_token
from openday.services.own_visit import own_visit
from openday.services.question import asked_at
from openday.services.rate_limit import BOOKINGS, CORRECTIONS, Caller, counting, spend
from openday.services.receipt import is_neutral
from openday.services.seats import audience_of
from openday.services.shown_day import shown_times
from openday.services.visit import visit_on_page, visits_on_page
from openday.services.waiting_entry import takes_entries
from openday.services.ways import ways_in
from openday.web.kept_part import HOLE, kept_part
from openday.web.public.code import code_picture
from openday.web.public.own_booking import Shown, own_page
from openday.wording import moment_from_now

bp = Blueprint("booking", __name__)

OTHER_FORMS = {
    GuestKind.PROFESSIONAL: "public.professional.register",
    GuestKind.POLITICS: "public.politics.ask",
    GuestKind.PRESS: "public.press.register",
}
SENT = {"slot", "weiter"}  # what the form with the times says of itself; anything else in an address is not its


@bp.route("/t/<slug>/buchen", methods=["GET", "POST"])
def book(slug: str) -> ResponseReturnValue:
    """Show the three fields; on POST book and redirect to the booking."""
    slot_id = chosen_slot()
    if slot_id is None:
        return choose(slug)
    visit = visit_on_page(slug, slot_id) or abort(404)
    main_way = ways_in(visit.audiences)[0]
    if main_way is not GuestKind.PUBLIC:
        return redirect(url_for(OTHER_FORMS[main_way], slug=slug, slot=slot_id), code=303)
    if request.method == "GET" and visit.is_bookable:
        return empty_form(visit)
    return answer_form(BookingForm(visit), "public/booking/book.html")


def empty_form(visit: Visit) -> str:
    """Return the form for a time that can be booked: the same for all who chose it, but for its number."""
    recipients = recipients_of(visit.event_id) if visit.may_share else []
    questions = asked_at(visit.event_id) if visit.may_ask else ()
    shown = (visit.without_seats(), questions, tuple(recipients))
    return kept_part(shown, lambda: form_of_all(visit, recipients)).replace(HOLE, BookingForm.new_number())


def form_of_all(visit: Visit, recipients: list[str]) -> str:
    """Return the form with a hole where each has a number of its own."""
    form = BookingForm(visit)
    form.recipients = recipients
    form.party_size.data = 1
    form.nonce.data = HOLE
    return render_template("public/booking/book.html", visit=visit, form=form)


def chosen_slot() -> int | None:
    """Return the time a form is for, None when it came without one."""
    return whole_number(request.args.get("slot") or request.form.get("slot"))


def choose(slug: str) -> ResponseReturnValue:
    """Ask for a time when the form came without one."""
    visits = visits_on_page(slug)
    if visits is None:
        abort(404)
    return ask_for_time(slug, visits, BookingForm)


def ask_for_time(slug: str, visits: list[Visit], form: type[BookingForm]) -> ResponseReturnValue:
    """Show the times a form can be for; whoever comes by a link without one has done nothing wrong."""
    if visits and all(visit.is_called_off for visit in visits):
        return redirect(url_for("public.event.show", slug=slug), code=303)
    audience = audience_of(form.guest_kind)
    has_full = any(takes_entries(visit) and visit.is_full(audience) for visit in visits)
    has_free = any(visit.is_bookable_by(audience) for visit in visits)
    is_sent = request.method == "POST" or not SENT.isdisjoint(request.args)
    page = render_template(
        "public/booking/choose.html",
        slug=slug,
        title=visits[0].title if visits else "",
        shown=shown_times(visits, lambda visit: visit.is_bookable_by(audience), iso_day(request.args.get("tag", ""))),
        endpoint=form.endpoint,
        audience=audience,
        has_free=has_free,
        waiting_page=url_for("public.waiting_list.join", slug=slug, art=form.waits_as) if has_full else "",
        is_missed=is_sent and has_free,
    )
    if has_free:
        return page, 422 if is_sent else 200
    return page, 409 if request.method == "POST" else 200


def group_form(slug: str, form: type[BookingForm], template: str) -> ResponseReturnValue:
    """Answer the form of a group that came by its own link: an only time is taken without asking for it."""
    slot_id = chosen_slot()
    if slot_id is not None:
        visit = visit_on_page(slug, slot_id) or abort(404)
        return answer_form(form(visit), template) if form.guest_kind in visit.audiences else abort(404)
    visits = visits_on_page(slug)
    if visits is None or any(form.guest_kind not in visit.audiences for visit in visits):
        abort(404)
    if len(visits) == 1:
        return answer_form(form(visits[0]), template)
    return ask_for_time(slug, visits, form)


def answer_form(form: BookingForm, template: str) -> ResponseReturnValue:
    """Show a form that books, whoever it is for; on POST book with it."""
    if request.method == "GET":
        return offer(form, template)
    if not form.validate():
        return shown_again(form, template)
    return answer(form, template)


def shown_again(form: BookingForm, template: str) -> ResponseReturnValue:
    """Show the form with what was typed and what is wrong with it."""
    form.renew()
    return render_template(template, visit=form.visit, form=form), 422


def offer(form: BookingForm, template: str) -> ResponseReturnValue:
    """Show the empty form, or say at once that this time can't be booked."""
    visit = form.visit
    try:
        refuse_unless_open(visit)
    except Refusal as refusal:
        return refused(form, refusal, 200)
    if visit.is_full(audience_of(form.guest_kind)):
        return refused(form, SlotFull(), 200)
    form.party_size.data = 1
    form.renew()
    return render_template(template, visit=visit, form=form)


def answer(form: BookingForm, template: str) -> ResponseReturnValue:
    """Book, or show the page that fits the refusal; what was typed is kept on each of them."""
    visit = form.visit
    try:
        caller = Caller.at(request.remote_addr or "")
        form.network = caller.key
        with counting(BOOKINGS, caller) as hit:
            receipt = book_slot(form.to_request(), visit, hit)
    except AlreadyBooked as refusal:
        form.renew()
        return render_template("public/booking/again.html", visit=visit, form=form, refusal=refusal), 422
    except TooManyRequests as refusal:
        at = moment_from_now(refusal.retry_after)
        page = render_template("public/booking/busy.html", visit=visit, form=form, retry_at=at)
        return page, 429, {"Retry-After": str(refusal.retry_after)}
    except PartyTooLarge as refusal:
        form.party_size.errors = [str(refusal)]
        return shown_again(form, template)
    except (SlotFull, BookingClosed, EventCancelled) as refusal:
        return refused(form, refusal, 409)
    return redirect(url_for("public.booking.show", token=receipt.token), code=303)


def refused(form: BookingForm, refusal: Refusal, status: int) -> ResponseReturnValue:
    """Show why this time can't be booked, with the nearest times that fit the party."""
    visit = form.visit
    if isinstance(refusal, EventCancelled):
        return render_template("public/booking/cancelled.html", visit=visit), status
    if isinstance(refusal, BookingClosed):
        return render_template("public/booking/closed.html", visit=visit, form=form), status
    assert isinstance(refusal, SlotFull)  # noqa: S101 - the only one left
    mode = form.mode.data if "mode" in form else None
    times = nearest_free(visit, form.party_size.data or 1, Mode(mode) if mode else None, audience_of(form.guest_kind))
    page = render_template("public/booking/full.html", visit=visit, form=form, refusal=refusal, times=times)
    return page, status


@bp.route("/buchung/<token>")
def show(token: str) -> ResponseReturnValue:
    """Show the booking: a receipt first, later what to know on the day; a neutral receipt shows nothing of it."""
    if is_neutral(token):
        return render_template("public/booking/receipt.html")
    booking = own(token)
    visit = own_visit(booking)
    if booking.wait:
        return render_template("public/booking/waiting.html", booking=booking, token=token, visit=visit)
    answers = answers_in_words(booking)

    def made_of(shown: Shown) -> str:
        return render_template("public/booking/show.html", **shown._asdict(), visit=visit, answers=answers)

    shown = Shown(booking, token, code_picture(booking.reference))
    return made_of(shown) if visit or answers else own_page(shown, made_of)


@bp.route("/buchung/<token>/adresse", methods=["GET", "POST"])
def correct(token: str) -> ResponseReturnValue:
    """Correct a mistyped address; the answer is the page under its new link."""
    booking = own(token)
    form = AddressForm(data={"email": booking.email})
    if request.method == "GET" and not booking.can_correct_address:
        return redirect(url_for(".show", token=token), code=303)
    if form.is_submitted():
        if not form.validate():
            return render_template("public/booking/correct.html", booking=booking, token=token, form=form), 422
        try:
            spend(CORRECTIONS, Caller.known_as(f"booking {booking.id}"))
            token = correct_address(token, form.email.data)
        except (BookingClosed, TooManyRequests) as refusal:
            return render_template("public/booking/unchanged.html", booking=booking, token=token, refusal=refusal), 409
        return redirect(url_for("public.booking.show", token=token, geaendert=1), code=303)
    return render_template("public/booking/correct.html", booking=booking, token=token, form=form)


@bp.route("/buchung/<token>/absagen", methods=["GET", "POST"])
def cancel(token: str) -> ResponseReturnValue:
    """Ask once; on POST cancel and give the seats back."""
    if request.method == "POST":
        try:
            cancel_booking(token)
        except NotFound:
            own(token)
        except BookingClosed as refusal:
            page = render_template("public/booking/unchanged.html", booking=own(token), token=token, refusal=refusal)
            return page, 409
        return redirect(url_for("public.booking.show", token=token), code=303)
    booking = own(token)
    if not booking.can_cancel:
        return redirect(url_for("public.booking.show", token=token), code=303)
    return render_template("public/booking/cancel.html", booking=booking, token=token)


@bp.route("/buchung/<token>.ics")
def calendar(token: str) -> ResponseReturnValue:
    """Hand out the calendar file; neither the secret link nor a room link is in it."""
    booking = own(token)
    headers = {
        "Content-Type": "text/calendar; charset=utf-8",
        "Content-Disposition": f'attachment; filename="offene-tuer-{booking.reference}.ics"',
    }
    return calendar_of_booking(booking), 200, headers


def own(token: str) -> OwnBooking:
    """Return the booking of a link, or answer 404 with the page that helps when there is none."""
    booking = booking_by_token(token)
    if booking is None:
        abort(make_response(render_template("public/booking/unknown.html"), 404))
    return booking

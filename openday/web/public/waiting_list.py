"""Waiting for a seat: getting in line, taking an offer, passing it on, leaving."""

from dataclasses import replace

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from openday.errors import AlreadyBooked, BookingClosed, EventCancelled, PartyTooLarge, Refusal, TooManyRequests
from openday.forms.waiting_list import GroupWaitingForm, PressWaitingForm, WaitingForm
from openday.models.words import BookingState, GuestKind
from openday.services.cancellation import cancel_booking
from openday.services.rate_limit import BOOKINGS, SUSPICIOUS, Caller, spend
from openday.services.waiting_entry import NoWaitingList, SeatsFree, join_waiting_list, times_to_wait_for
from openday.services.waiting_offer import OfferOver, accept_offer
from openday.services.waiting_offer import pass_on as pass_offer_on
from openday.services.ways import ways_in
from openday.web.public.booking import chosen_slot, own
from openday.wording import moment_from_now

bp = Blueprint("waiting_list", __name__)

FORM = "public/waiting_list/join.html"
FORMS: dict[GuestKind, type[WaitingForm]] = {
    GuestKind.PUBLIC: WaitingForm,
    GuestKind.PROFESSIONAL: GroupWaitingForm,
    GuestKind.PRESS: PressWaitingForm,
}
OTHER_WAYS = {"gruppe": GuestKind.PROFESSIONAL, "politik": GuestKind.POLITICS, "presse": GuestKind.PRESS}


@bp.route("/t/<slug>/warteliste", methods=["GET", "POST"])
def join(slug: str) -> ResponseReturnValue:
    """Ask who wants to wait for which time; on POST get in line and show the entry."""
    visits = times_to_wait_for(slug)
    if visits is None:
        abort(404)
    if not visits:
        return render_template("public/waiting_list/none.html", slug=slug), 409 if request.method == "POST" else 200
    slot_id = chosen_slot()
    ways = ways_in(visits[0].audiences)
    wanted = OTHER_WAYS.get(request.args.get("art", ""))
    way = wanted if wanted in ways else ways[0]
    if way is GuestKind.POLITICS:
        page = url_for("public.politics.ask", slug=slug, slot=slot_id, _anchor="warteliste")
        return redirect(page, code=303)
    form = FORMS[way](visits, next((visit for visit in visits if visit.slot_id == slot_id), None))
    if request.method == "GET":
        form.party_size.data = 1
        form.renew()
        return render_template(FORM, visit=form.visit, form=form)
    if not form.validate():
        return shown_again(form)
    return answer(form)


def shown_again(form: WaitingForm) -> ResponseReturnValue:
    """Show the form with what was typed and what is wrong with it."""
    form.renew()
    return render_template(FORM, visit=form.visit, form=form), 422


def answer(form: WaitingForm) -> ResponseReturnValue:
    """Get in line, or show the page that fits the refusal; what was typed is kept on each of them."""
    wish = form.to_wish()
    try:
        caller = Caller.at(request.remote_addr or "")
        is_suspicious = spend(BOOKINGS, caller) > SUSPICIOUS
        party = replace(wish.party, network=caller.key, is_suspicious=is_suspicious)
        receipt = join_waiting_list(replace(wish, party=party))
    except SeatsFree as refusal:
        page = render_template("public/waiting_list/free.html", visit=form.visit, form=form, times=refusal.visits)
        return page, 409
    except PartyTooLarge as refusal:
        form.party_size.errors = [str(refusal)]
        return shown_again(form)
    except TooManyRequests as refusal:
        at = moment_from_now(refusal.retry_after)
        page = render_template("public/waiting_list/busy.html", visit=form.visit, form=form, retry_at=at)
        return page, 429, {"Retry-After": str(refusal.retry_after)}
    except AlreadyBooked as refusal:
        return redirect(url_for("public.booking.show", token=refusal.token), code=303)
    except (NoWaitingList, BookingClosed, EventCancelled):
        return render_template("public/waiting_list/none.html", slug=form.visit.slug), 409
    return redirect(url_for("public.booking.show", token=receipt.token), code=303)


@bp.route("/buchung/<token>/platz-nehmen", methods=["GET", "POST"])
def accept(token: str) -> ResponseReturnValue:
    """On POST take the offered seats; whoever only opens the address sees the offer."""
    own(token)
    if request.method == "POST":
        try:
            accept_offer(token)
        except (OfferOver, BookingClosed, EventCancelled) as refusal:
            return over(token, refusal)
    return redirect(url_for("public.booking.show", token=token), code=303)


@bp.route("/buchung/<token>/weitergeben", methods=["GET", "POST"])
def pass_on(token: str) -> ResponseReturnValue:
    """Ask once; on POST let the next in line have the seats; who took them meanwhile sees the booking."""
    booking = own(token)
    if request.method == "POST":
        if not pass_offer_on(token) and own(token).wait:
            return over(token, OfferOver())
        return redirect(url_for("public.booking.show", token=token), code=303)
    if booking.state is not BookingState.OFFERED:
        return redirect(url_for("public.booking.show", token=token), code=303)
    return render_template("public/waiting_list/pass_on.html", booking=booking, token=token)


@bp.route("/buchung/<token>/warteliste-verlassen", methods=["GET", "POST"])
def leave(token: str) -> ResponseReturnValue:
    """Ask once; on POST delete the entry from the line."""
    booking = own(token)
    if request.method == "POST":
        try:
            cancel_booking(token)
        except BookingClosed as refusal:
            return over(token, refusal)
        return redirect(url_for("public.booking.show", token=token), code=303)
    if booking.state is not BookingState.WAITING:
        return redirect(url_for("public.booking.show", token=token), code=303)
    return render_template("public/waiting_list/leave.html", booking=booking, token=token)


def over(token: str, refusal: Refusal) -> ResponseReturnValue:
    """Say that nothing was changed, and where the entry stands now."""
    return render_template("public/waiting_list/over.html", booking=own(token), token=token, refusal=refusal), 409

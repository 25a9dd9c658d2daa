"""A visit by politics or press, from its own page: promised, a time picked, other days named, somebody else sent."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from openday.errors import BookingClosed, EventCancelled, SlotFull
from openday.forms.politics_time import proposal_answers, proposal_form
from openday.forms.visit import GuestForm, PickForm
from openday.services.guest_change import replace_guest
from openday.services.own_booking import OwnBooking
from openday.services.own_visit import OwnVisit, own_visit
from openday.services.talk_offer import talk_offer
from openday.services.visit_answer import make_certain, pick_time
from openday.services.visit_request import change_proposals
from openday.web.public.booking import own
from openday.web.public.change import closed, saved, spend_change

bp = Blueprint("visit", __name__)


@bp.post("/buchung/<token>/zusagen")
def promise(token: str) -> ResponseReturnValue:
    """Make a provisional visit certain."""
    booking = own(token)
    try:
        spend_change(booking)
        make_certain(token)
    except (BookingClosed, EventCancelled):
        return closed(own(token), token)
    return saved(token)


@bp.route("/buchung/<token>/zeit", methods=["GET", "POST"])
def pick(token: str) -> ResponseReturnValue:
    """Offer the host's times; on POST take one, or say that somebody was faster and offer what is left."""
    booking, visit = own_with_visit(token)
    if not visit.offered:
        return redirect(url_for("public.booking.show", token=token), code=303)
    form = PickForm(visit)
    if not form.validate_on_submit() or form.picked is None:
        return pick_page(booking, visit, token, form), 422 if form.errors else 200
    try:
        spend_change(booking)
        pick_time(token, form.picked.position)
    except SlotFull:
        return pick_page(*own_with_visit(token), token, form, is_lost=True), 409
    except (BookingClosed, EventCancelled):
        return closed(own(token), token)
    return saved(token)


def pick_page(booking: OwnBooking, visit: OwnVisit, token: str, form: PickForm, *, is_lost: bool = False) -> str:
    """Return the page with the host's times."""
    return render_template(
        "public/visit/pick.html", booking=booking, visit=visit, token=token, form=form, is_lost=is_lost
    )


@bp.route("/buchung/<token>/gast", methods=["GET", "POST"])
def guest(token: str) -> ResponseReturnValue:
    """Ask who comes instead; on POST the house is told, and the booking stays."""
    booking, visit = own_with_visit(token)
    if not booking.can_replace_guest:
        return closed(booking, token)
    form = GuestForm(data={"guest": booking.guest_name, "role": visit.guest_role})
    if form.validate_on_submit():
        try:
            spend_change(booking)
            replace_guest(token, form.guest.data, form.role.data or None)
        except (BookingClosed, EventCancelled):
            return closed(own(token), token)
        return saved(token)
    page = render_template("public/visit/guest.html", booking=booking, token=token, form=form)
    return page, 422 if form.errors else 200


@bp.route("/buchung/<token>/vorschlag", methods=["GET", "POST"])
def propose(token: str) -> ResponseReturnValue:
    """Show the days that were proposed; on POST others take their place, and the house is told."""
    booking, visit = own_with_visit(token)
    offer = talk_offer(booking.event.slug) if booking.can_propose else None
    if offer is None or offer.days is None:
        return closed(booking, token)
    form = proposal_form(offer, request.form if request.method == "POST" else proposal_answers(visit.proposed))
    is_wrong = request.method == "POST" and not form.validate()
    if request.method == "GET" or is_wrong:
        page = render_template("public/visit/propose.html", booking=booking, token=token, form=form, days=offer.days)
        return page, 422 if is_wrong else 200
    try:
        spend_change(booking)
        change_proposals(token, form.proposals())
    except BookingClosed:
        return closed(own(token), token)
    return saved(token)


def own_with_visit(token: str) -> tuple[OwnBooking, OwnVisit]:
    """Return the booking of a link with its visit, or answer 404 where it is none."""
    booking = own(token)
    return booking, own_visit(booking) or abort(404)

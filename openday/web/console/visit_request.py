"""A request that waits for the house's answer: one tap away from the mail, after sign-in."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from openday.errors import BookingClosed, EventCancelled, Refusal, SlotFull
from openday.exports.words import proposal_in_words
from openday.forms.visit_answer import (
    AcceptForm,
    DeclineForm,
    OfferForm,
    facts_in_words,
    state_in_words,
    time_in_words,
)
from openday.services.scope import booking_in_scope
from openday.services.slot_plan import NoSuchTime
from openday.services.visit_answer import accept_proposal, accept_visit, decline_visit, offer_times
from openday.services.visit_request_page import RequestPage, request_page
from openday.web.guard import current_scope

bp = Blueprint("visit_request", __name__)

ADDRESS = "/konto/termine/<id:event_id>/anfragen/<id:booking_id>"
REFUSALS = (SlotFull, BookingClosed, EventCancelled)


@bp.get(ADDRESS)
def show(event_id: int, booking_id: int) -> ResponseReturnValue:
    """Show who wants to come and what for, with the ways to answer."""
    return shown(request_page(current_scope(), event_id, booking_id))


@bp.post(f"{ADDRESS}/bestaetigen")
def accept(event_id: int, booking_id: int) -> ResponseReturnValue:
    """Say yes to the time that was asked for, or to one of the proposals."""
    page = answerable(event_id, booking_id)
    actor = current_scope().user_id
    try:
        if page.visit is not None:
            return answered(page, accept_visit(booking_id, actor), _("Der Besuch ist bestätigt."))
        form = AcceptForm(page)
        if not form.validate():
            return shown(page, accept=form)
        is_first = accept_proposal(
            booking_id, actor, int(form.position.data), form.start_time.data, form.minutes.number or 0
        )
    except NoSuchTime as refusal:
        form.start_time.errors = [str(refusal)]
        return shown(page, accept=form)
    except REFUSALS as refusal:
        return refused(event_id, booking_id, refusal)
    return answered(page, is_first, _("Der Besuch ist bestätigt."))


@bp.post(f"{ADDRESS}/andere-zeit")
def offer(event_id: int, booking_id: int) -> ResponseReturnValue:
    """Offer up to three other times; the office picks one."""
    page = answerable(event_id, booking_id)
    form = OfferForm(page)
    if not form.validate():
        return shown(page, offer=form)
    is_first = offer_times(booking_id, current_scope().user_id, [int(slot_id) for slot_id in form.slots.data])
    return answered(page, is_first, _("Die anderen Zeiten sind angeboten."))


@bp.post(f"{ADDRESS}/absagen")
def decline(event_id: int, booking_id: int) -> ResponseReturnValue:
    """Say no, with a reason for the mail."""
    page = answerable(event_id, booking_id)
    form = DeclineForm()
    if not form.validate():
        return shown(page, decline=form)
    is_first = decline_visit(booking_id, current_scope().user_id, form.reason.data)
    return answered(page, is_first, _("Die Anfrage ist abgesagt."))


def answerable(event_id: int, booking_id: int) -> RequestPage:
    """Return the request if the person may answer it."""
    booking_in_scope(current_scope(), event_id, booking_id)
    return request_page(current_scope(), event_id, booking_id)


def answered(page: RequestPage, is_first: bool, words: str) -> ResponseReturnValue:
    """Go back to the request and say what happened; who answers second is told so."""
    flash(words if is_first else _("Diese Anfrage war schon beantwortet."))
    booking = page.booking
    return redirect(url_for(".show", event_id=booking.event_id, booking_id=booking.id), code=303)


def refused(event_id: int, booking_id: int, refusal: Refusal) -> ResponseReturnValue:
    """Say why a yes is not possible; the other answers still are."""
    return shown(request_page(current_scope(), event_id, booking_id), status=409, refusal=refusal)


def shown(
    page: RequestPage, *, status: int = 200, refusal: Refusal | None = None, **faulty: FlaskForm
) -> ResponseReturnValue:
    """Return the page; a faulty form is shown with what is wrong with it."""
    fresh: dict[str, FlaskForm] = {"accept": AcceptForm(page), "offer": OfferForm(page), "decline": DeclineForm()}
    answer = render_template(
        "console/visit_request/show.html",
        page=page,
        forms={**fresh, **faulty},
        form=next(iter(faulty.values()), None),
        refusal=refusal,
        facts=facts_in_words(page),
        state=state_in_words(page),
        proposals=[proposal_in_words(one) for one in page.proposals],
        offered=[time_in_words(one) for one in page.offered],
    )
    return answer, 422 if faulty else status

"""A background talk, for whoever has its link."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from openday.forms.booking import BookingForm
from openday.forms.press import PressForm
from openday.mailing.visit import Visit
from openday.models.words import GuestKind
from openday.services.invitation import invited_visit, open_invitation
from openday.services.seats import audience_of
from openday.web.public.booking import answer_form, chosen_slot

bp = Blueprint("invitation", __name__)


@bp.get("/einladung/<token>")
def show(token: str) -> ResponseReturnValue:
    """Show what it is about, its terms and its times."""
    invitation = open_invitation(token)
    return render_template(
        "public/invitation/show.html",
        token=token,
        event=invitation.page,
        terms=invitation.terms,
        visits=invitation.offers(audience_of(form_of(invitation.page.audiences).guest_kind)),
    )


@bp.route("/einladung/<token>/anmelden", methods=["GET", "POST"])
def register(token: str) -> ResponseReturnValue:
    """Show the form for a time; on POST book with it."""
    slot_id = chosen_slot()
    if slot_id is None:
        return redirect(url_for(".show", token=token), code=303)
    visit = invited_visit(token, slot_id)
    return answer_form(invited_form(visit, token), "public/invitation/register.html")


def form_of(audiences: tuple[str, ...]) -> type[BookingForm]:
    """Return the form for whom the talk is for: journalists say more than others."""
    return PressForm if GuestKind.PRESS in audiences else BookingForm


def invited_form(visit: Visit, token: str) -> BookingForm:
    """Return the form for a time, reached by the link alone."""
    form = form_of(visit.audiences)(visit)
    form.endpoint, form.event_endpoint = "public.invitation.register", "public.invitation.show"
    form.address = {"token": token}
    return form

"""The people of a Träger: invited by mail, taken out by its owners, or leaving by themselves."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf import FlaskForm

from openday import wording
from openday.errors import NotFound, TooManyRequests
from openday.exports.words import TEAM_ROLES
from openday.forms.team import ROLE_HINTS, InvitationForm
from openday.models.words import Role
from openday.services.rate_limit import INVITATIONS, Caller, spend
from openday.services.scope import owned_traeger, traeger_of_team
from openday.services.team import LastOwner, TooManyInvited, invite, remove_member, team_of, withdraw
from openday.web.account.sessions import current_session
from openday.web.guard import current_scope

bp = Blueprint("team", __name__)

ADDRESS = "/konto/traeger/<id:traeger_id>/team"


@bp.route(ADDRESS, methods=["GET", "POST"])
def show(traeger_id: int) -> ResponseReturnValue:
    """Show the team; on POST invite somebody."""
    form, status, later = InvitationForm(), 200, ""
    traeger_of_team(current_scope(), traeger_id)
    if form.is_submitted():
        owned_traeger(current_scope(), traeger_id)
    if form.validate_on_submit():
        try:
            spend(INVITATIONS, Caller.known_as(f"inviting {current_user.id}"))
            invite(current_scope(), traeger_id, form.email.data, Role(form.role.data))
        except TooManyInvited as refusal:
            form.form_errors.append(str(refusal))
            status = 409
        except TooManyRequests as refusal:
            later, status = wording.moment_from_now(refusal.retry_after), 429
        else:
            flash(_("Die Einladung an %(address)s ist unterwegs.", address=form.email.data))
            return redirect(url_for(".show", traeger_id=traeger_id), code=303)
    elif form.errors:
        status = 422
    return shown(traeger_id, form, later), status


@bp.route(f"{ADDRESS}/einladungen/<id:invitation_id>/zurueckziehen", methods=["POST"])
def take_back(traeger_id: int, invitation_id: int) -> ResponseReturnValue:
    """Make an invitation void."""
    withdraw(current_scope(), traeger_id, invitation_id)
    flash(_("Die Einladung ist zurückgezogen."))
    return redirect(url_for(".show", traeger_id=traeger_id), code=303)


@bp.route(f"{ADDRESS}/<id:user_id>/entfernen", methods=["GET", "POST"])
def remove(traeger_id: int, user_id: int) -> ResponseReturnValue:
    """Ask once; on POST take somebody out of the team, or leave it oneself."""
    is_own = user_id == current_user.id
    traeger = traeger_of_team(current_scope(), traeger_id) if is_own else owned_traeger(current_scope(), traeger_id)
    people = {one.user_id: one.user for one in team_of(current_scope(), traeger_id).members}
    if user_id not in people:
        raise NotFound
    refusal = None
    if FlaskForm().validate_on_submit():
        try:
            remove_member(current_scope(), traeger_id, user_id)
        except LastOwner as error:
            refusal = error
        else:
            return gone(traeger_id, is_own=is_own)
    page = render_template(
        "console/team/remove.html", traeger=traeger, member=people[user_id], is_own=is_own, refusal=refusal
    )
    return page, 409 if refusal else 200


def gone(traeger_id: int, *, is_own: bool) -> ResponseReturnValue:
    """Go back to the team, or, without it, to the door."""
    if is_own:
        current_session().end()
        return redirect(url_for("account.sign_in.start"), code=303)
    flash(_("Die Person gehört nicht mehr zum Team und ist überall abgemeldet."))
    return redirect(url_for(".show", traeger_id=traeger_id), code=303)


def shown(traeger_id: int, form: InvitationForm, later: str = "") -> str:
    """Return the page of the team."""
    return render_template(
        "console/team/show.html",
        traeger=traeger_of_team(current_scope(), traeger_id),
        team=team_of(current_scope(), traeger_id),
        may_manage=current_scope().roles[traeger_id] is Role.OWNER,
        form=form,
        roles=TEAM_ROLES,
        hints=ROLE_HINTS,
        try_again_at=later,
    )

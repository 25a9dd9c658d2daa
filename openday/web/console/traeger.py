"""A Träger: signed up in three short pages, looked at, changed, sent to its Verband once more."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf import FlaskForm

from openday.errors import Refusal
from openday.forms.traeger import AboutForm, PublicContactForm, ResponsibleForm, TraegerForm, request_from
from openday.services.agreement import LAWS, current_version, is_due
from openday.services.event import programmes
from openday.services.join import NameTaken, TooManyWaiting, is_name_taken, join, verbaende
from openday.services.logo import digest_of
from openday.services.review_request import NotReturned, resubmit_traeger
from openday.services.scope import owned_traeger, traeger_of_team
from openday.services.team import member_count
from openday.services.traeger import change_traeger, own_traeger, standing_of
from openday.web.guard import current_scope

bp = Blueprint("traeger", __name__)

ADDRESS = "/konto/traeger/<id:traeger_id>"
JOINING_KEY = "joining"
PAGES = ("about", "contact")


@bp.route("/konto/traeger")
def show_all() -> ResponseReturnValue:
    """Show the Träger of one's teams."""
    return render_template("console/traeger/show_all.html", traeger=own_traeger(current_scope()))


@bp.route("/konto/traeger/neu", methods=["GET", "POST"])
def begin() -> ResponseReturnValue:
    """Page 1 of 3: who we are."""
    form = AboutForm(verbaende(), programmes(), data=kept("about"))
    if form.validate_on_submit():
        if is_name_taken(form.name.data):
            form.name.errors = [str(NameTaken.message)]
        else:
            keep("about", form)
            return redirect(url_for(".contact"), code=303)
    return render_template("console/traeger/begin.html", form=form), 422 if form.errors else 200


@bp.route("/konto/traeger/neu/kontakt", methods=["GET", "POST"])
def contact() -> ResponseReturnValue:
    """Page 2 of 3: how people reach us."""
    if kept("about") is None:
        return redirect(url_for(".begin"), code=303)
    form = PublicContactForm(data=kept("contact") or {"contact_email": current_user.email})
    if form.validate_on_submit():
        keep("contact", form)
        return redirect(url_for(".responsible"), code=303)
    return render_template("console/traeger/contact.html", form=form), 422 if form.errors else 200


@bp.route("/konto/traeger/neu/verantwortung", methods=["GET", "POST"])
def responsible() -> ResponseReturnValue:
    """Page 3 of 3: who answers for the data; on POST the Träger is there."""
    if any(kept(page) is None for page in PAGES):
        return redirect(url_for(".begin"), code=303)
    form = ResponsibleForm(data={"person": current_user.name})
    status = 422 if form.is_submitted() else 200
    if form.validate_on_submit():
        try:
            traeger_id = join(current_user.id, request_from({**session[JOINING_KEY]["about"], **everything(form)}))
        except (NameTaken, TooManyWaiting) as refusal:
            form.form_errors.append(str(refusal))
            status = 409
        else:
            session.pop(JOINING_KEY)
            flash(_("Ihr Träger ist eingetragen."))
            return redirect(url_for(".show", traeger_id=traeger_id), code=303)
    texts = [(current_version(regime), law) for regime, law in LAWS.items()]
    return render_template("console/traeger/responsible.html", form=form, texts=texts), status


@bp.route(ADDRESS)
def show(traeger_id: int) -> ResponseReturnValue:
    """Show what is known of a Träger, where it stands, and what its people can do next."""
    return shown(traeger_id)


@bp.route(f"{ADDRESS}/bearbeiten", methods=["GET", "POST"])
def edit(traeger_id: int) -> ResponseReturnValue:
    """Change what a Träger says about itself."""
    traeger = owned_traeger(current_scope(), traeger_id)
    form = TraegerForm(traeger, verbaende(), programmes())
    if form.validate_on_submit():
        try:
            change_traeger(current_scope(), traeger_id, form.to_request())
        except NameTaken as refusal:
            form.name.errors = [str(refusal)]
        else:
            flash(_("Gespeichert."))
            return redirect(url_for(".show", traeger_id=traeger_id), code=303)
    return render_template("console/traeger/edit.html", form=form, traeger=traeger), 422 if form.errors else 200


@bp.route(f"{ADDRESS}/erneut", methods=["POST"])
def resubmit(traeger_id: int) -> ResponseReturnValue:
    """Ask the Verband once more."""
    try:
        resubmit_traeger(current_scope(), traeger_id)
    except NotReturned as refusal:
        return shown(traeger_id, refusal)
    flash(_("Ist wieder zur Freigabe gesendet."))
    return redirect(url_for(".show", traeger_id=traeger_id), code=303)


def shown(traeger_id: int, refusal: Refusal | None = None) -> ResponseReturnValue:
    """Return the page of a Träger, with the reason where something was refused."""
    traeger = traeger_of_team(current_scope(), traeger_id)
    page = render_template(
        "console/traeger/show.html",
        standing=standing_of(traeger),
        traeger=traeger,
        logo=digest_of(traeger_id),
        is_due=is_due(traeger),
        law=LAWS[traeger.legal_regime],
        members=member_count(traeger_id),
        refusal=refusal,
    )
    return page, 409 if refusal else 200


def kept(page: str) -> dict[str, Any] | None:
    """Return what was said on a page before, None when it was not filled in."""
    found = session.get(JOINING_KEY, {}).get(page)
    return found if isinstance(found, dict) else None


def keep(page: str, form: FlaskForm) -> None:
    """Remember a page until the last one is sent."""
    values = {name: value for name, value in form.data.items() if name in request.form}
    lists = {field.name: field.data for field in form if isinstance(field.data, list)}
    session[JOINING_KEY] = {**session.get(JOINING_KEY, {}), page: {**values, **lists}}


def everything(form: ResponsibleForm) -> dict[str, Any]:
    """Return the values of the second and the last page."""
    return {**session[JOINING_KEY]["contact"], **form.data}

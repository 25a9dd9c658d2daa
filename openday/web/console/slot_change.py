"""Moving times: first who gets which mail, then it is done."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from openday.forms.slot_change import MoveForm, reach_of
from openday.services.mail_plan import rehearse
from openday.services.scope import slot_in_scope
from openday.services.slot_change import MovedIntoPast, NothingMoves, TimeOver, clashes_of, move_times
from openday.services.slot_plan import NoSuchTime
from openday.web.guard import current_scope

bp = Blueprint("slot_change", __name__)


@bp.route("/konto/termine/<id:event_id>/uhrzeiten/<id:slot_id>/verschieben", methods=["GET", "POST"])
def move(event_id: int, slot_id: int) -> ResponseReturnValue:
    """Ask where a time goes; on POST show whom that concerns, and on the second one do it."""
    slot = slot_in_scope(current_scope(), event_id, slot_id)
    form = MoveForm(slot, reach_of(request.args.get("umfang")))
    plan = None
    clashes: list[str] = []
    if form.validate_on_submit():
        try:
            if form.is_to_be_done:
                told = move_times(current_scope(), event_id, form.to_request())
                flash(moved_words(told))
                return redirect(url_for("console.seat_table.show", event_id=event_id), code=303)
            plan = rehearse(move_times, current_scope(), event_id, form.to_request())
            clashes = clashes_of(current_scope(), event_id, form.to_request())
            form.remember()
        except (NothingMoves, MovedIntoPast, NoSuchTime) as refusal:
            form.start.errors = [refusal.message]
        except TimeOver as refusal:
            flash(str(refusal))
            return redirect(url_for("console.seat_table.show", event_id=event_id), code=303)
    slot = slot_in_scope(current_scope(), event_id, slot_id)
    page = render_template(
        "console/slot_change/move.html", form=form, event=slot.event, slot=slot, plan=plan, clashes=clashes
    )
    return page, 422 if form.errors else 200


def moved_words(told: int) -> str:
    """Return the news that it is done."""
    words = ngettext("%(num)s E-Mail ist unterwegs.", "%(num)s E-Mails sind unterwegs.", told) if told else ""
    return f"{_('Verschoben.')} {words}".strip()

"""Reading a planning list: the file is looked at row by row, then what was shown is stored."""

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from openday.exports.plain_table import as_csv
from openday.forms.planning_list import BLANK, PlanningListForm
from openday.models.words import EventKind
from openday.services.activities.table import UnreadableFile
from openday.services.planning_list import ListChanged, NotSealed, Preview, campaign_years, preview_list, store_list
from openday.web.guard import current_scope
from openday.web.verband.queue import refuse_others

bp = Blueprint("planning_list", __name__)
bp.before_request(refuse_others)


@bp.route("/konto/verband/einlesen", methods=["GET", "POST"])
def read() -> ResponseReturnValue:
    """Ask for the file; on POST show what would become of each row."""
    form, preview = PlanningListForm(campaign_years()), None
    if form.validate_on_submit():
        try:
            preview = preview_list(current_scope(), form.content, form.year_of_others)
        except UnreadableFile as refusal:
            form.file.errors = [refusal.message]
    return show(form, preview), 422 if form.errors else 200


@bp.post("/konto/verband/einlesen/speichern")
def store() -> ResponseReturnValue:
    """Store what the preview showed."""
    form = PlanningListForm(campaign_years(), formdata=None)
    try:
        new = store_list(current_scope(), request.form.get("rows", ""))
    except (NotSealed, ListChanged) as refusal:
        form.file.errors = [refusal.message]
        return show(form, None), 422 if isinstance(refusal, NotSealed) else 409
    flash(
        ngettext("%(num)s Termin eingelesen.", "%(num)s Termine eingelesen.", new) if new else _("Alles war schon da.")
    )
    return redirect(url_for("verband.overview.show"), code=303)


@bp.get("/konto/verband/einlesen/vorlage.csv")
def blank() -> ResponseReturnValue:
    """Hand out an empty list with the columns it needs."""
    response = make_response(as_csv(BLANK))
    response.headers["Content-Type"] = "text/csv; charset=utf-8"
    response.headers["Content-Disposition"] = 'attachment; filename="planung.csv"'
    return response


def show(form: PlanningListForm, preview: Preview | None) -> str:
    """Return the page."""
    return render_template("verband/planning_list/read.html", form=form, preview=preview, kinds=", ".join(EventKind))

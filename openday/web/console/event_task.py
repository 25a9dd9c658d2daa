"""The six pages of the event editor, each saved by itself."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from openday import wording
from openday.forms.event import AccessForm, ContactForm, ProtectionForm, WhatForm, WhereForm
from openday.forms.event_when import WhenForm
from openday.models import Event
from openday.models.words import Admission
from openday.services.event import programmes, save_task
from openday.services.event_check import Task
from openday.services.lost_way import WayTaken
from openday.services.place_news import GuestsToTell
from openday.services.scope import editable_event
from openday.web.console.place_news import ask_first, given_reason
from openday.web.guard import current_scope

bp = Blueprint("event_task", __name__)

FORMS: Mapping[Task, Callable[[Event], FlaskForm]] = {
    Task.WHAT: lambda event: WhatForm(programmes(), event),
    Task.WHERE: WhereForm,
    Task.WHEN: WhenForm,
    Task.ACCESS: AccessForm,
    Task.PROTECTION: ProtectionForm,
    Task.CONTACT: ContactForm,
}
WITH_TIMES = (Admission.WELCOME, Admission.REQUIRED)


@bp.route("/konto/termine/<id:event_id>/<any(was, ort, zeiten, zugang, schutz, kontakt):task>", methods=["GET", "POST"])
def edit(event_id: int, task: str) -> ResponseReturnValue:
    """Show one page of the editor; on POST save it and go back to the list of tasks."""
    event = editable_event(current_scope(), event_id)
    form: Any = FORMS[Task(task)](event)
    if form.validate_on_submit():
        try:
            save_task(current_scope(), event_id, form.to_request(), given_reason())
        except GuestsToTell as refusal:
            return ask_first(event, refusal.plan)
        except WayTaken as refusal:
            form.form_errors.append(str(refusal))
            return shown(form, event, task)
        saved = editable_event(current_scope(), event_id)
        flash(saved_words(saved, Task(task)))
        needs_times = task == Task.WHEN and saved.admission in WITH_TIMES and not saved.slots
        next_page = "console.slot.plan" if needs_times else "console.event.show"
        return redirect(url_for(next_page, event_id=event_id), code=303)
    return shown(form, event, task)


def shown(form: FlaskForm, event: Event, task: str) -> ResponseReturnValue:
    """Show the page with what was typed and what is wrong with it."""
    page = render_template("console/event_task/edit.html", form=form, event=event, task=Task(task))
    return page, 422 if form.errors else 200


def saved_words(event: Event, task: Task) -> str:
    """Return the news that it is saved; days are said back with their weekday, because typing errors hide in dates."""
    if task is not Task.WHEN:
        return str(_("Gespeichert."))
    day = wording.days_in_words(event.starts_on, event.ends_on) if event.starts_on else event.date_words
    if day is None:
        return str(_("Gespeichert. Der Tag steht noch nicht fest."))
    times = wording.times_in_words(event.start_time, event.end_time) if event.start_time else event.time_words
    when = ", ".join(part for part in (day, times) if part)
    return str(_("Gespeichert: %(when)s.", when=when))

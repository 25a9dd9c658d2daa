"""The own questions of an event."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from openday.errors import Refusal
from openday.forms.question import KINDS, RISKS, QuestionForm
from openday.models import Event, Question
from openday.services.question import (
    MOST_QUESTIONS,
    AlreadyAnswered,
    StillNeeded,
    TooManyQuestions,
    add_question,
    answers_to,
    change_question,
    move_question,
    question_in_scope,
    questions_of,
    remove_question,
    shown_words,
)
from openday.services.question_risk import risks_in
from openday.services.scope import editable_event
from openday.web.guard import current_scope

bp = Blueprint("question", __name__)

ADDRESS = "/konto/termine/<id:event_id>/fragen"
STEPS = {"hoch": -1, "runter": 1}


@bp.route(ADDRESS)
def show(event_id: int) -> ResponseReturnValue:
    """Show the questions in their order, each with what can be done with it."""
    return shown(editable_event(current_scope(), event_id))


@bp.route(f"{ADDRESS}/neu", methods=["GET", "POST"])
def add(event_id: int) -> ResponseReturnValue:
    """Ask one thing more; a question for special data is stored only after a second yes."""
    event = editable_event(current_scope(), event_id)
    form = QuestionForm(questions_of(event_id))
    if is_to_be_stored(form):
        try:
            add_question(current_scope(), event_id, form.to_request())
        except TooManyQuestions as refusal:
            return shown(event, refusal)
        return saved(event_id)
    return edited(event, form)


@bp.route(f"{ADDRESS}/<id:question_id>", methods=["GET", "POST"])
def edit(event_id: int, question_id: int) -> ResponseReturnValue:
    """Ask it differently."""
    question = question_in_scope(current_scope(), event_id, question_id)
    event = editable_event(current_scope(), event_id)
    form = QuestionForm([one for one in questions_of(event_id) if one.position < question.position], question)
    if is_to_be_stored(form):
        try:
            change_question(current_scope(), event_id, question_id, form.to_request())
        except AlreadyAnswered as refusal:
            form.kind.errors = [str(refusal)]
        except StillNeeded as refusal:
            form.options.errors = [str(refusal)]
        else:
            return saved(event_id)
    return edited(event, form, question)


@bp.route(f"{ADDRESS}/<id:question_id>/verschieben/<any(hoch, runter):way>", methods=["POST"])
def move(event_id: int, question_id: int, way: str) -> ResponseReturnValue:
    """Ask it one place earlier or later."""
    try:
        move_question(current_scope(), event_id, question_id, STEPS[way])
    except StillNeeded as refusal:
        return shown(editable_event(current_scope(), event_id), refusal)
    return redirect(url_for(".show", event_id=event_id), code=303)


@bp.route(f"{ADDRESS}/<id:question_id>/loeschen", methods=["GET", "POST"])
def remove(event_id: int, question_id: int) -> ResponseReturnValue:
    """Ask once; on POST delete the question with all its answers."""
    question = question_in_scope(current_scope(), event_id, question_id)
    if request.method == "GET":
        event = editable_event(current_scope(), event_id)
        return render_template(
            "console/question/remove.html", event=event, question=question, answers=answers_to(question_id)
        )
    try:
        remove_question(current_scope(), event_id, question_id)
    except StillNeeded as refusal:
        return shown(editable_event(current_scope(), event_id), refusal)
    flash(_("Die Frage ist gelöscht."))
    return redirect(url_for(".show", event_id=event_id), code=303)


def is_to_be_stored(form: QuestionForm) -> bool:
    """Whether the form was sent without a fault, and where it warns, in spite of that."""
    return bool(form.validate_on_submit()) and (not form.risks or "trotzdem" in request.form)


def saved(event_id: int) -> ResponseReturnValue:
    """Go back to the list."""
    flash(_("Gespeichert."))
    return redirect(url_for(".show", event_id=event_id), code=303)


def shown(event: Event, refusal: Refusal | None = None) -> ResponseReturnValue:
    """Return the list, with the reason where something was refused."""
    questions = questions_of(event.id)
    page = render_template(
        "console/question/show.html",
        event=event,
        questions=questions,
        labels={one.id: one.label for one in questions},
        warnings={one.id: [RISKS[risk] for risk in risks_in(one.label, one.hint, one.options)] for one in questions},
        kinds=KINDS,
        most=MOST_QUESTIONS,
        shown_words=shown_words,
        by_id={one.id: one for one in questions},
        refusal=refusal,
    )
    return page, 409 if refusal else 200


def edited(event: Event, form: QuestionForm, question: Question | None = None) -> ResponseReturnValue:
    """Return the editor; what it warns of is said once the form is complete."""
    is_warned = form.is_submitted() and not form.errors
    page = render_template(
        "console/question/edit.html",
        event=event,
        form=form,
        question=question,
        warnings=[RISKS[risk] for risk in form.risks] if is_warned else [],
    )
    return page, 422 if form.is_submitted() else 200

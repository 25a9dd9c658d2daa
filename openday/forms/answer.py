"""The organiser's own questions inside every form that books."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_ngettext as _ln
from markupsafe import Markup, escape
from wtforms import Field, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.form import BaseForm
from wtforms.validators import InputRequired, Optional

from openday.exports.words import YES_NO
from openday.forms.fields import ChecksField, NumberField, chosen, line, lines
from openday.forms.validators import strip
from openday.mailing.visit import EventFacts
from openday.models import Question
from openday.models.words import QuestionKind
from openday.services.booking_request import GivenAnswer
from openday.services.question import LARGEST_NUMBER, LONG_ANSWER, SHORT_ANSWER, questions_of, shown_words
from openday.wording import as_german

USUAL_DAYS = 30


class AsksQuestions:
    """Adds the event's questions behind the form's own fields, each under the name ``frage_<id>``.

    One that depends on an earlier answer means nothing without it: whatever was sent for it is left out. ``visit`` has
    to be known before the fields are filled, and ``answered_before`` where there are answers by question id.
    """

    visit: EventFacts
    answered_before: Mapping[int, str] = MappingProxyType({})

    def process(self, *args: Any, data: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        """Add the questions, then fill all fields."""
        self.questions = questions_of(self.visit.event_id) if self.visit.may_ask else []
        for one in self.questions:
            BaseForm.__setitem__(self, field_name(one), question_field(one, self.questions))
        before = {field_name(one): self.answered_before.get(one.id) for one in self.questions}
        shown = {name: field_data(self[name], text) for name, text in before.items() if text}  # type: ignore[index]
        super().process(*args, data={**(data or {}), **shown}, **kwargs)  # type: ignore[misc]
        given: dict[int, str] = {}
        for one in self.questions:
            field = self[field_name(one)]  # type: ignore[index]
            field.shown_if = condition(one)
            if one.is_asked(given):
                given[one.id] = answer_in(field)
            else:
                forget(field)
        self.answers = tuple(
            GivenAnswer(one.id, given[one.id], one.keep_days) for one in self.questions if given.get(one.id)
        )

    @property
    def question_fields(self) -> list[Field]:
        """The fields of the questions in their order."""
        return [self[field_name(one)] for one in self.questions]  # type: ignore[index]

    @property
    def answered(self) -> list[tuple[str, str]]:
        """What was asked and answered, in words."""
        given = {one.question_id: one.text for one in self.answers}
        return [(one.label, shown_words(one.kind, given[one.id])) for one in self.questions if one.id in given]


def condition(question: Question) -> tuple[str, str] | None:
    """Return the name of the field a question depends on and the answer it wants there."""
    return (f"frage_{question.shown_if_id}", question.shown_if_answer or "") if question.shown_if_id else None


def field_name(question: Question) -> str:
    """Return the name of a question's field."""
    return f"frage_{question.id}"


def question_field(question: Question, questions: list[Question]) -> Any:
    """Return the field in which a question is answered."""
    required = _l("Beantworten Sie die Frage „%(question)s“", question=question.label) if question.is_required else None
    label, hint = as_german(question.label), hint_words(question, questions)
    if question.kind is QuestionKind.SHORT_TEXT:
        return line(label, SHORT_ANSWER, required=required, hint=hint, autocomplete="off")
    if question.kind is QuestionKind.LONG_TEXT:
        return lines(label, LONG_ANSWER, required=required, hint=hint)
    if question.kind is QuestionKind.NUMBER:
        return NumberField(label, least=0, most=LARGEST_NUMBER, required=required, description=hint)
    kind = ChecksField if question.kind is QuestionKind.SEVERAL_OF else RadioField
    is_yes_no = question.kind is QuestionKind.YES_NO
    return kind(
        label,
        [InputRequired(required) if required else Optional()],
        choices=chosen(YES_NO) if is_yes_no else [SelectChoice(one, as_german(one)) for one in question.choices],
        description=hint,
        invalid_choice_message=_l("Wählen Sie aus, was bei „%(question)s“ steht", question=question.label),
    )


def hint_words(question: Question, questions: list[Question]) -> str:
    """Return when the question is meant, the organiser's hint, what it is for, and how long an unusual one is kept.

    The organiser's words are German on every page.
    """
    earlier = next((one for one in questions if one.id == question.shown_if_id), None)
    condition = (
        escape(_l("Nur wenn Sie bei „%(question)s“ „%(answer)s“ antworten."))
        % {"question": as_german(earlier.label), "answer": answer_words(earlier, question.shown_if_answer or "")}
        if earlier
        else ""
    )
    kept = (
        _ln(
            "Die Antwort löschen wir %(num)s Tag nach dem Termin.",
            "Die Antwort löschen wir %(num)s Tage nach dem Termin.",
            question.keep_days,
        )
        if question.keep_days != USUAL_DAYS
        else ""
    )
    purpose = escape(_l("Wofür: %(purpose)s.")) % {"purpose": as_german(question.purpose.rstrip("."))}
    return Markup(" ").join(part for part in (condition, as_german(question.hint), purpose, kept) if part)


def answer_words(question: Question, answer: str) -> str:
    """Return an answer as the question's own choices word it."""
    words = shown_words(question.kind, answer)
    return words if question.kind is QuestionKind.YES_NO else as_german(words)


def answer_in(field: Field) -> Any:
    """Return what was answered as it is stored: several choices one per line."""
    return "\n".join(field.data or ()) if isinstance(field, ChecksField) else strip(field.data or "")


def field_data(field: Field, answer: str) -> Any:
    """Return a stored answer as its field holds it."""
    return answer.split("\n") if isinstance(field, ChecksField) else answer


def forget(field: Field) -> None:
    """Take out what was sent for a question that was not asked."""
    field.process(None)
    field.raw_data = []
    field.validators = (Optional(),)

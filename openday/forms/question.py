"""The editor of one own question: what is asked, how it is answered, what for, and how long the answer is kept."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, StopValidation

from openday.forms.fields import NumberField, chosen, line, lines
from openday.models import Question
from openday.models.words import QuestionKind
from openday.services.question import CHOOSING, SHORT_ANSWER, QuestionRequest, shown_words
from openday.services.question_risk import Risk, risks_in

MOST_CHOICES = 20
KINDS: dict[str, Any] = {
    QuestionKind.SHORT_TEXT: _l("Kurzer Text"),
    QuestionKind.LONG_TEXT: _l("Langer Text"),
    QuestionKind.YES_NO: _l("Ja oder Nein"),
    QuestionKind.ONE_OF: _l("Eine von mehreren Antworten"),
    QuestionKind.SEVERAL_OF: _l("Mehrere Antworten möglich"),
    QuestionKind.NUMBER: _l("Zahl"),
}
RISKS: dict[Risk, Any] = {
    Risk.HEALTH: _l("Die Frage klingt nach Gesundheit. Fragen Sie, was jemand braucht, nicht warum."),
    Risk.ORIGIN: _l("Die Frage klingt nach Herkunft. Fragen Sie zum Beispiel, in welcher Sprache geführt werden soll."),
    Risk.RELIGION: _l("Die Frage klingt nach Religion. Fragen Sie zum Beispiel, welches Essen passt."),
    Risk.STATUS: _l("Die Frage klingt nach Aufenthalt oder Flucht. Wer das liest, kann Menschen damit schaden."),
    Risk.PARTY: _l("Die Frage klingt nach Partei oder politischer Meinung. Ebene und Amt stehen schon im Formular."),
}


class QuestionForm(FlaskForm):  # type: ignore[misc]
    """A question in plain words; ``question`` is the one being changed, ``earlier`` those it can depend on."""

    label = line(_l("Frage"), 200, required=_l("Geben Sie die Frage ein"))
    kind = RadioField(
        _l("Wie wird geantwortet?"),
        [InputRequired(_l("Wählen Sie aus, wie geantwortet wird"))],
        choices=chosen(KINDS),
        invalid_choice_message=_l("Wählen Sie aus, wie geantwortet wird"),
    )
    options = lines(
        _l("Antworten zur Auswahl"), 4000, hint=_l("Eine je Zeile. Nur wenn aus mehreren Antworten gewählt wird")
    )
    hint = line(_l("Hinweis unter der Frage"), 300)
    is_required = BooleanField(_l("Ohne Antwort geht es nicht weiter"))
    condition = SelectField(_l("Wann wird gefragt?"))
    purpose = line(
        _l("Wofür brauchen Sie die Antwort?"),
        200,
        required=_l("Geben Sie an, wofür Sie die Antwort brauchen. Gäste sehen das"),
        hint=_l("Gäste sehen das. Zum Beispiel: damit genug Stühle da sind"),
    )
    keep_days = NumberField(
        _l("Wann werden die Antworten gelöscht?"),
        least=0,
        most=365,
        required=_l("Geben Sie die Tage ein. 30 ist üblich"),
        description=_l("30 ist üblich. Kürzer ist besser"),
    )

    def __init__(self, earlier: Sequence[Question], question: Question | None = None, **kwargs: Any) -> None:
        stored = {"keep_days": 30} if question is None else None
        super().__init__(obj=question, data=stored, **kwargs)
        choices = [
            SelectChoice(
                f"{one.id}:{number}",
                _l("Nur bei „%(question)s“: %(answer)s", question=one.label, answer=shown_words(one.kind, answer)),
            )
            for one in earlier
            for number, answer in enumerate(one.answers_to_choose)
        ]
        self.answers = {
            f"{one.id}:{n}": (one.id, text) for one in earlier for n, text in enumerate(one.answers_to_choose)
        }
        self.condition.choices = [SelectChoice("", _l("Immer")), *choices]
        if self.condition.data is None:
            depends = question and (question.shown_if_id, question.shown_if_answer)
            self.condition.data = next((key for key, value in self.answers.items() if value == depends), "")

    def validate_options(self, field: Any) -> None:
        """Want two different answers where there is a choice, and none where there is not."""
        found = choices_in(field.data)
        if self.kind.data not in CHOOSING:
            return
        if len(set(found)) < 2 or len(set(found)) != len(found):
            raise StopValidation(_l("Geben Sie mindestens zwei verschiedene Antworten ein, eine je Zeile"))
        if len(found) > MOST_CHOICES:
            raise StopValidation(_l("Höchstens %(most)s Antworten gehen", most=MOST_CHOICES))
        if any(len(one) > SHORT_ANSWER for one in found):
            raise StopValidation(_l("Eine Antwort hat höchstens %(limit)s Zeichen", limit=SHORT_ANSWER))

    @property
    def risks(self) -> tuple[Risk, ...]:
        """What the texts ask for that a guest list should not hold."""
        return risks_in(self.label.data, self.hint.data, self.options.data if self.kind.data in CHOOSING else "")

    def to_request(self) -> QuestionRequest:
        """Return the question; call it on a valid form only."""
        kind = QuestionKind(self.kind.data)
        shown_if_id, shown_if_answer = self.answers.get(self.condition.data, (None, None))
        return QuestionRequest(
            kind=kind,
            label=self.label.data,
            purpose=self.purpose.data,
            hint=self.hint.data or None,
            options="\n".join(choices_in(self.options.data)) if kind in CHOOSING else "",
            is_required=self.is_required.data,
            keep_days=self.keep_days.number or 0,
            shown_if_id=shown_if_id,
            shown_if_answer=shown_if_answer,
        )


def choices_in(text: str | None) -> list[str]:
    """Return the answers of a text with one in each line."""
    return [one.strip() for one in (text or "").splitlines() if one.strip()]

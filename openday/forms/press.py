"""The form of the press, on one page: what a house has to know before a camera comes."""

from dataclasses import replace
from typing import Any

from flask_babel import lazy_gettext as _l
from markupsafe import Markup
from wtforms import BooleanField, RadioField
from wtforms.validators import InputRequired, Optional

from openday import clock
from openday.exports.words import PRESS_PARTNERS, PRESS_PLANS, PRESS_PROOFS
from openday.forms.booking import BookingForm
from openday.forms.fields import ChecksField, chosen, line, needs_field
from openday.forms.validators import strip
from openday.forms.words import PHOTO_RULE_MEANINGS, PHOTO_RULES
from openday.mailing.running_order import answer_day
from openday.mailing.visit import Visit
from openday.models.words import GuestKind, PhotoRule, PressProof
from openday.services.booking_request import BookingRequest, PressFacts
from openday.wording import as_german


class PressForm(BookingForm):
    """Who comes from where, with what equipment, for whom; the photo rule is a condition of access, not a consent.

    No number of a press card and no file is asked for: the proof is shown at the door (threat T25).
    ``answer_by`` is the Berlin day by which the Träger answers.
    """

    endpoint = "public.press.register"
    guest_kind = GuestKind.PRESS
    waits_as = "presse"

    organisation = line(
        _l("Medium oder Redaktion"),
        200,
        required=_l("Geben Sie Ihr Medium ein oder „frei“"),
        hint=_l("Arbeiten Sie frei, schreiben Sie „frei“"),
        autocomplete="organization",
    )
    phone = line(
        _l("Telefon mobil"),
        40,
        hint=_l("Für das Treffen am Tag und Änderungen kurz vorher"),
        autocomplete="tel",
        inputmode="tel",
    )
    plans = ChecksField(
        _l("Was planen Sie?"),
        [InputRequired(_l("Wählen Sie aus, was Sie planen"))],
        choices=chosen(PRESS_PLANS),
    )
    proof = RadioField(
        _l("Nachweis"),
        [Optional()],
        choices=chosen(PRESS_PROOFS),
        filters=[strip],
        description=_l("Sie zeigen ihn nur am Eingang. Auch ohne Nachweis können Sie sich anmelden."),
        invalid_choice_message=_l("Wählen Sie eine der Angaben aus"),
    )
    talks_to = ChecksField(_l("Mit wem möchten Sie sprechen?"), choices=chosen(PRESS_PARTNERS))
    deadline = line(_l("Abgabe oder Sendetermin"), 120, hint=_l("Zum Beispiel: heute, 16 Uhr"), autocomplete="off")
    needs = needs_field()
    accepts_photo_rule = BooleanField(
        _l("Ich halte mich an die Foto-Regel dieses Termins"),
        [InputRequired(_l("Bestätigen Sie die Foto-Regel dieses Termins, damit Ratsuchende geschützt sind"))],
    )

    def __init__(self, visit: Visit, *args: Any, **kwargs: Any) -> None:
        super().__init__(visit, *args, **kwargs)
        self.answer_by = answer_day(clock.now(), visit.region, visit.day)
        self.accepts_photo_rule.description = Markup(" ").join(photo_words(visit))

    def to_request(self) -> BookingRequest:
        """Return what was asked for; call it on a valid form only."""
        return replace(
            super().to_request(),
            organisation=self.organisation.data,
            phone=self.phone.data or None,
            needs=self.needs.data or None,
            press=PressFacts(
                plans=tuple(self.plans.data),
                proof=PressProof(self.proof.data) if self.proof.data else None,
                talks_to=tuple(self.talks_to.data or ()),
                deadline=self.deadline.data or None,
            ),
        )


def photo_words(visit: Visit) -> list[str]:
    """Return the rule of a time, what it means for the press, and the Träger's own words."""
    if visit.photo_rule is None:
        rule = [str(PHOTO_RULES[PhotoRule.ON_REQUEST])]
    else:
        rule = [str(PHOTO_RULES[visit.photo_rule]), str(PHOTO_RULE_MEANINGS[visit.photo_rule])]
    return [*rule, as_german(visit.photo_note)] if visit.photo_note else rule

"""The forms of a visitor: three fields to book, one to correct a mistyped address."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from flask import request
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_ngettext as _ln
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, EmailField, Field, HiddenField, IntegerField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, StopValidation

from openday import wording
from openday.forms.answer import AsksQuestions
from openday.forms.fields import lines
from openday.forms.validators import FullEmail, PlainText, check_party_size, strip
from openday.mailing.visit import EventFacts, Visit
from openday.models.words import GuestKind, Mode
from openday.privacy import SOON_AFTER_EVENT
from openday.services.booking_request import BookingRequest
from openday.services.event_host import recipients_of
from openday.settings import current_settings
from openday.tokens import read_nonce, sign_nonce

ACCEPTED = {"accepts_photo_rule": 1, "terms": 2}  # behind all other questions
OPEN_FOR = 86_400  # seconds a form may stay open before it asks to be sent once more
LONGEST_NAME = 120


class PublicForm(FlaskForm):  # type: ignore[misc]
    """A form without a session: what protects it is the browser's origin and its own signed number."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        """Visitors have no session a token could be bound to."""

        csrf = False

        def wrap_formdata(self, form: FlaskForm, formdata: Any) -> Any:
            """Read forms alone: a body of JSON may hold anything where the fields expect text."""
            return super().wrap_formdata(form, MultiDict() if request.is_json else formdata)


class BookingForm(AsksQuestions, PublicForm):
    """Name, address and head-count; the event may want to know more: the way to take part, names, answers to its own
    questions, a yes to its terms.

    ``endpoint`` is where it is sent, ``event_endpoint`` the event's own page; both are found with ``address``.
    ``waits_as`` is what the address of the waiting list says of these guests. ``network`` is the digest of where it was
    sent from.
    """

    endpoint = "public.booking.book"
    event_endpoint = "public.event.show"
    guest_kind = GuestKind.PUBLIC
    waits_as: str | None = None
    network: str | None = None

    mode = RadioField(
        _l("Wie nehmen Sie teil?"),
        [InputRequired(_l("Wählen Sie aus, ob Sie vor Ort oder digital teilnehmen"))],
        choices=[SelectChoice(Mode.ONSITE.value, _l("Vor Ort")), SelectChoice(Mode.ONLINE.value, _l("Digital"))],
        invalid_choice_message=_l("Wählen Sie aus, ob Sie vor Ort oder digital teilnehmen"),
    )
    name = StringField(
        _l("Name"),
        [DataRequired(_l("Geben Sie Ihren Namen ein")), PlainText(limit=120)],
        filters=[strip],
        description=_l("So begrüßen wir Sie"),
        render_kw={"autocomplete": "name", "spellcheck": "false"},
    )
    email = EmailField(
        _l("E-Mail-Adresse"),
        [DataRequired(_l("Geben Sie Ihre E-Mail-Adresse ein")), PlainText(limit=254), FullEmail()],
        filters=[strip],
        description=_l("Für Bestätigung, Änderungen und Ihren Absage-Link"),
        render_kw={"autocomplete": "email", "spellcheck": "false"},
    )
    party_size = IntegerField(
        _l("Wie viele Personen kommen insgesamt?"),
        [InputRequired(_l("Geben Sie an, wie viele Personen kommen"))],
        render_kw={"autocomplete": "off", "maxlength": 3},
    )
    companions = lines(_l("Namen der Begleitpersonen"), 6000)
    terms = BooleanField(_l("Ich nehme die Bedingungen an"))
    nonce = HiddenField("")  # without a label of its own WTForms reads its catalogue for each request
    shown_start = HiddenField("")

    def __init__(self, visit: Visit, *args: Any, **kwargs: Any) -> None:
        self.visit: Visit = visit
        super().__init__(*args, **kwargs)
        self.shown_start.data = self.shown_start.data or start_of(visit)
        self.address = {"slug": visit.slug}
        if len(visit.modes) < 2:
            del self.mode
        if visit.registers_companions:
            ask_companions(self.companions, visit)
        else:
            del self.companions
        ask_for_terms(self)

    def __iter__(self) -> Iterator[Field]:
        """Give the fields in the order of the page, on which what has to be accepted comes last."""
        return iter(sorted(super().__iter__(), key=lambda field: ACCEPTED.get(field.name, 0)))

    @cached_property
    def recipients(self) -> list[str]:
        """The partners of the Träger that get something of what is typed here."""
        return recipients_of(self.visit.event_id) if self.visit.may_share else []

    def validate_party_size(self, field: IntegerField) -> None:
        """Refuse nobody, and more people than the event takes; the phone is the way for larger groups."""
        check_party_size(field, self.visit.party_limit, self.visit.contact.phone)

    def validate_companions(self, field: Field) -> None:
        """Want as many names as people come along."""
        check_companions(field.data, self.party_size.data or 1)

    def validate_terms(self, field: Field) -> None:
        """Want a yes to the very terms that were on the page."""
        if not field.data:
            raise StopValidation(_l("Nehmen Sie die Bedingungen an, wenn Sie teilnehmen möchten"))
        if field.raw_data != [str(self.visit.terms_version)]:
            field.data = False
            raise StopValidation(_l("Die Bedingungen haben sich geändert. Lesen Sie sie noch einmal"))

    def validate_nonce(self, field: HiddenField) -> None:
        """Refuse a form that was open for more than a day, or that never came from here."""
        nonce = read_nonce(current_settings().signing_key(), "booking", field.data or "", OPEN_FOR)
        if nonce is None or nonce.is_stale:
            raise StopValidation(
                _l("Die Seite war lange offen. Ihre Angaben sind noch da. Senden Sie sie noch einmal ab.")
            )
        self.nonce_value = nonce.value

    def validate_shown_start(self, field: HiddenField) -> None:
        """Ask again when the house moved the time while the form was open; sent once more it is for the new time."""
        if field.data == start_of(self.visit):
            return
        field.data = start_of(self.visit)
        when = f"{wording.day_in_words(self.visit.day)}, "
        when += wording.times_in_words(self.visit.starts_at, self.visit.ends_at)
        raise StopValidation(
            _l(
                "Die Uhrzeit hat sich geändert: jetzt %(when)s. Senden Sie die Buchung noch einmal ab, wenn das passt.",
                when=when,
            )
        )

    def renew(self) -> None:
        """Give the form a number of its own, for one booking."""
        self.nonce.data = self.new_number()

    @staticmethod
    def new_number() -> str:
        """Return the signed number of one form."""
        return sign_nonce(current_settings().signing_key(), "booking")

    @property
    def sent(self) -> list[tuple[str, str]]:
        """Everything the browser sent, to be sent once more for another time."""
        return [(one.name, text) for one in self if one is not self.shown_start for text in one.raw_data or ()]

    def to_request(self) -> BookingRequest:
        """Return what was asked for; call it on a valid form only."""
        chosen = self.mode.data if "mode" in self else None
        return BookingRequest(
            slot_id=self.visit.slot_id,
            name=self.name.data,
            email=self.email.data,
            party_size=self.party_size.data,
            nonce=self.nonce_value,
            mode=Mode(chosen) if chosen else None,
            guest_kind=self.guest_kind,
            companions="\n".join(names_in(self.companions.data)) or None if "companions" in self else None,
            answers=self.answers,
            terms_version=self.visit.terms_version if "terms" in self else None,
            language=wording.language(),
            network=self.network,
        )


def start_of(visit: Visit) -> str:
    """Return what tells whether a time was moved."""
    return visit.starts_at.strftime("%Y%m%dT%H%MZ")


def names_in(text: str | None) -> list[str]:
    """Return the names of a text with one in each line."""
    return [name.strip() for name in (text or "").splitlines() if name.strip()]


def ask_for_terms(form: Any) -> None:
    """Let a form's yes to the terms of its visit say which it is about; without terms it asks for none."""
    if form.visit.terms:
        form.terms.render_kw = {"value": str(form.visit.terms_version)}
    else:
        del form.terms


def ask_companions(field: Field, facts: EventFacts) -> None:
    """Say why the names are asked for and how long they are kept."""
    field.description = _l(
        "Einen Namen je Zeile. Die Einrichtung muss ihre Gäste anmelden. Wir löschen die Namen nach 7 Tagen."
    )
    if isinstance(facts, Visit):
        field.description = _l(
            "Einen Namen je Zeile. Die Einrichtung muss ihre Gäste anmelden. Wir löschen die Namen am %(day)s.",
            day=wording.day_in_words(companions_erased_on(facts)),
        )
    field.render_kw = {"rows": "4", "autocomplete": "off", "spellcheck": "false"}


def check_companions(text: str | None, party_size: int) -> None:
    """Raise ``StopValidation`` unless there are as many names as people come along."""
    wanted = max(party_size - 1, 0)
    names = names_in(text)
    if any(len(name) > LONGEST_NAME for name in names):
        raise StopValidation(_l("Geben Sie jeden Namen in einer eigenen Zeile ein"))
    if len(names) == wanted:
        return
    if not wanted:
        raise StopValidation(_l("Sie kommen allein. Lassen Sie das Feld leer oder ändern Sie die Zahl der Personen"))
    raise StopValidation(
        _ln(
            "Geben Sie den Namen der Begleitperson ein. Es sind %(names)s Namen",
            "Geben Sie die Namen der %(num)s Begleitpersonen ein, einen je Zeile. Jetzt sind es %(names)s",
            wanted,
            names=len(names),
        )
    )


def companions_erased_on(visit: Visit) -> date:
    """Return the Berlin day by which the names of companions are gone (``Booking.companions``)."""
    return wording.berlin_day(visit.ends_at or visit.starts_at) + timedelta(days=SOON_AFTER_EVENT.days or 0)


class AddressForm(PublicForm):
    """The right address for a booking whose mail went astray."""

    email = EmailField(
        _l("E-Mail-Adresse"),
        [DataRequired(_l("Geben Sie Ihre E-Mail-Adresse ein")), PlainText(limit=254), FullEmail()],
        filters=[strip],
        description=_l(
            "Ab jetzt schreiben wir an diese Adresse, zuerst mit einem neuen Link. Der alte Link gilt dann nicht mehr."
        ),
        render_kw={"autocomplete": "email", "spellcheck": "false"},
    )

"""The six pages of the event editor. Only the title is required: what is missing is said before publishing."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, EmailField, Field, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional, StopValidation

from openday.forms.fields import ChecksField, chosen, line, lines
from openday.forms.place import PlaceFields
from openday.forms.validators import FullEmail, PlainText, WebAddress, strip
from openday.forms.words import ACCESS_FEATURES, AUDIENCES, KINDS, LANGUAGES
from openday.models import Event, Programme, Traeger
from openday.models.words import AddressVisibility, Attendance, EventKind, PhotoRule
from openday.services.event_kind import Concern, is_asked
from openday.services.event_request import (
    AccessRequest,
    ContactRequest,
    NewEvent,
    ProtectionRequest,
    WhatRequest,
    WhereRequest,
)

SUMMARY_WORDS = 60
ATTENDANCE_CHOICES = [
    SelectChoice(Attendance.ONSITE.value, _l("Vor Ort")),
    SelectChoice(Attendance.HYBRID.value, _l("Vor Ort und digital")),
    SelectChoice(Attendance.ONLINE.value, _l("Nur digital")),
    SelectChoice("", _l("Ohne Gäste, zum Beispiel eine Postkarten-Aktion")),
]
PHOTO_CHOICES = [
    SelectChoice(PhotoRule.NONE.value, _l("Bitte nicht fotografieren")),
    SelectChoice(PhotoRule.ON_REQUEST.value, _l("Nur nach Absprache")),
    SelectChoice(PhotoRule.OPEN.value, _l("Fotos sind erlaubt")),
]
TITLE = _l("Titel")
TITLE_MISSING = _l("Geben Sie einen Titel ein")
TITLE_HINT = _l("Zum Beispiel: Migrationsberatung Leipzig öffnet die Tür")


def check_summary(field: Field) -> None:
    """Raise ``StopValidation`` for a short text that is not short."""
    count = len((field.data or "").split())
    if count > SUMMARY_WORDS:
        raise StopValidation(
            _l("Der Text hat %(count)s Wörter, höchstens %(limit)s gehen", count=count, limit=SUMMARY_WORDS)
        )


class NewEventForm(FlaskForm):  # type: ignore[misc]
    """The two things a draft needs: a title, and whose it is."""

    title = line(TITLE, 200, required=TITLE_MISSING, hint=TITLE_HINT)
    kind = SelectField(_l("Art"), choices=chosen(KINDS), default=EventKind.OPEN_DAY.value)
    traeger_id = SelectField(_l("Träger"), coerce=str)

    def __init__(self, traeger: list[Traeger], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.traeger_id.choices = [SelectChoice(str(one.id), one.name) for one in traeger]

    def to_request(self) -> NewEvent:
        """Return the draft to be made; call it on a valid form only."""
        return NewEvent(self.title.data, EventKind(self.kind.data), int(self.traeger_id.data))


class WhatForm(FlaskForm):  # type: ignore[misc]
    """What happens, in which programme, for whom."""

    title = line(TITLE, 200, required=TITLE_MISSING, hint=TITLE_HINT)
    kind = SelectField(_l("Art"), choices=chosen(KINDS))
    summary = lines(
        _l("Kurzer Text"),
        600,
        hint=_l(
            "Was erleben Gäste? Höchstens 60 Wörter. Zum Beispiel: Wir führen Sie durch das Haus und erzählen, wie "
            "Beratung hilft. Danach ist Zeit für Ihre Fragen"
        ),
        rows=4,
    )
    description = lines(
        _l("Langer Text"),
        6000,
        hint=_l(
            "Ablauf, Hintergrund, wer da ist. Absätze trennt eine leere Zeile. **fett**, - für Listen, "
            "# für eine Zwischenüberschrift, [Worte](https://…) für einen Link"
        ),
        rows=9,
    )
    programme_ids = ChecksField(_l("Programm"), coerce=str)
    audiences = ChecksField(_l("Für wen?"), choices=chosen(AUDIENCES))

    def __init__(self, programmes: list[Programme], event: Event, **kwargs: Any) -> None:
        stored = [str(programme.id) for programme in event.programmes]
        super().__init__(obj=event, data={"programme_ids": stored}, **kwargs)
        self.programme_ids.choices = [SelectChoice(str(one.id), f"{one.code} – {one.name}") for one in programmes]

    def validate_summary(self, field: Field) -> None:
        """Refuse a short text that is not short."""
        check_summary(field)

    def to_request(self) -> WhatRequest:
        """Return what was said; call it on a valid form only."""
        return WhatRequest(
            title=self.title.data,
            kind=EventKind(self.kind.data),
            summary=self.summary.data or "",
            description=self.description.data or "",
            audiences=tuple(self.audiences.data or ("public",)),
            programme_ids=tuple(int(one) for one in self.programme_ids.data or ()),
        )


class WhereForm(PlaceFields):
    """How one takes part, the first place, and the room that stays private."""

    attendance = RadioField(_l("Wie nehmen Gäste teil?"), choices=ATTENDANCE_CHOICES)
    room_url = line(
        _l("Link zum digitalen Raum"),
        500,
        hint=_l("Bleibt geheim: Gäste sehen ihn ab 15 Minuten vor Beginn auf ihrer Buchung. Er kann später folgen"),
        checks=(WebAddress(),),
        inputmode="url",
        spellcheck="false",
    )
    room_dial_in = line(_l("Einwahl per Telefon"), 200, hint=_l("Bleibt geheim wie der Link"))

    def __init__(self, event: Event, **kwargs: Any) -> None:
        place = next(iter(event.places), None)
        super().__init__(
            obj=place,
            data={"room_url": event.room_url, "room_dial_in": event.room_dial_in, "attendance": event.attendance or ""},
            **kwargs,
        )
        if not is_asked(event, Concern.ROOM):
            del self.attendance, self.room_url, self.room_dial_in
        if not is_asked(event, Concern.PLACE):
            del self.name, self.street, self.postcode, self.locality, self.region, self.directions

    def to_request(self) -> WhereRequest:
        """Return what was said; an empty place is no place."""
        place = self.to_place() if self.locality else None
        if not self.attendance:
            return WhereRequest(Attendance.ONSITE, None, None, place if place and place.says_something else None)
        return WhereRequest(
            attendance=Attendance(self.attendance.data) if self.attendance.data else None,
            room_url=self.room_url.data or None,
            room_dial_in=self.room_dial_in.data or None,
            place=place if place and place.says_something else None,
        )


class AccessForm(FlaskForm):  # type: ignore[misc]
    """What makes a visit possible for whom."""

    access_features = ChecksField(_l("Was ist da?"), choices=chosen(ACCESS_FEATURES))
    access_notes = lines(
        _l("Mehr zum Zugang"), 1000, hint=_l("Auch was fehlt, zum Beispiel: drei Stufen am Eingang, wir helfen")
    )
    languages = ChecksField(_l("Welche Sprachen sprechen Sie?"), choices=chosen(LANGUAGES))

    def __init__(self, event: Event, **kwargs: Any) -> None:
        super().__init__(obj=event, **kwargs)

    def to_request(self) -> AccessRequest:
        """Return what was said; call it on a valid form only."""
        return AccessRequest(
            access_features=tuple(self.access_features.data or ()),
            access_notes=self.access_notes.data or None,
            languages=tuple(self.languages.data or ()),
        )


class ProtectionForm(FlaskForm):  # type: ignore[misc]
    """What protects the people on site."""

    photo_rule = RadioField(
        _l("Dürfen Gäste fotografieren?"),
        [InputRequired(_l("Wählen Sie die Foto-Regel, damit Ratsuchende geschützt sind"))],
        choices=PHOTO_CHOICES,
    )
    photo_note = line(_l("Mehr zu Fotos"), 300, hint=_l("Zum Beispiel: Es sind Ratsuchende anwesend"))
    terms = lines(
        _l("Bedingungen der Teilnahme"),
        2000,
        hint=_l(
            "Gäste nehmen sie an, bevor sie sich anmelden. Zum Beispiel bei einem Hintergrundgespräch: "
            "Aus dem Gespräch wird nicht zitiert"
        ),
    )
    hides_address = BooleanField(
        _l("Adresse erst nach der Buchung zeigen"),
        description=_l("Öffentlich steht nur der Ort. Die Adresse sehen Gäste auf ihrer Buchung"),
    )
    wants_listing = BooleanField(
        _l("In der Liste der Termine zeigen"),
        description=_l("Ohne Haken findet den Termin nur, wer den Link hat"),
    )

    def __init__(self, event: Event, **kwargs: Any) -> None:
        super().__init__(obj=event, data={"hides_address": event.is_protected}, **kwargs)
        self.event = event
        if event.is_plan:
            del self.wants_listing

    def to_request(self) -> ProtectionRequest:
        """Return what was said; call it on a valid form only."""
        return ProtectionRequest(
            photo_rule=PhotoRule(self.photo_rule.data),
            photo_note=self.photo_note.data or None,
            terms=self.terms.data or None,
            address_visibility=AddressVisibility.CONFIRMED if self.hides_address.data else AddressVisibility.PUBLIC,
            wants_listing=self.wants_listing.data if self.wants_listing else self.event.wants_listing,
        )


class ContactForm(FlaskForm):  # type: ignore[misc]
    """The named person who can be asked: the other way to register."""

    contact_name = line(
        _l("Ansprechperson"), 120, hint=_l("Steht öffentlich auf der Seite des Termins"), autocomplete="name"
    )
    contact_phone = line(_l("Telefon"), 40, autocomplete="tel", inputmode="tel")
    contact_email = EmailField(
        _l("E-Mail-Adresse"),
        [Optional(), PlainText(limit=254), FullEmail()],
        filters=[strip],
        render_kw={"autocomplete": "email", "spellcheck": "false"},
    )
    day_contact_name = line(
        _l("Ansprechperson am Tag"),
        120,
        hint=_l("Nicht öffentlich: steht in der Bestätigung für Politik und Presse. Leer: die Ansprechperson oben"),
        autocomplete="off",
    )
    day_contact_phone = line(_l("Mobilnummer am Tag"), 40, autocomplete="off", inputmode="tel")

    def __init__(self, event: Event, **kwargs: Any) -> None:
        super().__init__(obj=event, **kwargs)

    def to_request(self) -> ContactRequest:
        """Return what was said; call it on a valid form only."""
        return ContactRequest(
            contact_name=self.contact_name.data or None,
            contact_phone=self.contact_phone.data or None,
            contact_email=self.contact_email.data or None,
            day_contact_name=self.day_contact_name.data or None,
            day_contact_phone=self.day_contact_phone.data or None,
        )

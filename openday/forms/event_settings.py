"""The rules of one event's registration in plain words."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField
from wtforms.fields.choices import SelectChoice

from openday.forms.fields import NumberField
from openday.models import Event
from openday.models.words import Confirmation, EventKind, WaitingList
from openday.services.event_settings import EventSettings

LONGEST = 720  # hours: thirty days
CONFIRMATION_CHOICES = [
    SelectChoice(Confirmation.AUTO.value, _l("Sofort")),
    SelectChoice(Confirmation.ALWAYS.value, _l("Wenn Gäste ihre E-Mail-Adresse bestätigt haben")),
    SelectChoice(Confirmation.APPROVAL.value, _l("Wenn Sie zugestimmt haben")),
]
CONFIRMATION_HINTS = {
    Confirmation.AUTO: _l("Empfohlen. Nur bei großen Gruppen und Auffälligem fragen wir vorher nach"),
    Confirmation.ALWAYS: _l("Ein Schritt mehr für Gäste, dafür gibt es keine erfundenen Adressen"),
    Confirmation.APPROVAL: _l("Sie beantworten jede Buchung. Bis dahin ist der Platz vorgemerkt"),
}
WAITING_CHOICES = [
    SelectChoice(WaitingList.OFFER.value, _l("Freie Plätze anbieten")),
    SelectChoice(WaitingList.AUTOMATIC.value, _l("Automatisch nachrücken")),
    SelectChoice(WaitingList.OFF.value, _l("Keine Warteliste")),
]
WAITING_HINTS = {
    WaitingList.OFFER: _l("Empfohlen. Wer an der Reihe ist, hat bis zu 24 Stunden Zeit, den Platz zu nehmen"),
    WaitingList.AUTOMATIC: _l("Wer an der Reihe ist, hat den Platz sofort und sagt ab, wenn er nicht mehr passt"),
    WaitingList.OFF: _l("Ausgebucht heißt ausgebucht. Wer schon wartet, bleibt auf der Liste"),
}


class EventSettingsForm(FlaskForm):  # type: ignore[misc]
    """When a booking counts, what happens with free seats, until when guests change it, what they are sent."""

    confirmation = RadioField(_l("Wann gilt eine Buchung?"), choices=CONFIRMATION_CHOICES)
    waiting_list = RadioField(_l("Was passiert, wenn alles ausgebucht ist?"), choices=WAITING_CHOICES)
    change_until_hours = NumberField(
        _l("Bis wann ändern Gäste ihre Buchung selbst?"),
        least=0,
        most=LONGEST,
        required=_l("Geben Sie die Stunden ein. 0 heißt: bis zum Beginn"),
        description=_l("0 heißt: bis zum Beginn. Absagen geht immer"),
    )
    reserve_hours = NumberField(
        _l("Wann sind freigehaltene Plätze für alle da?"),
        least=0,
        most=LONGEST,
        description=_l("Gilt für Plätze, die Sie für Politik und Presse freihalten. Leer: nie"),
    )
    sends_reminders = BooleanField(
        _l("Gäste am Tag vorher erinnern"), description=_l("Eine E-Mail um 10 Uhr mit Weg, Zugang und Kontakt")
    )
    registers_companions = BooleanField(
        _l("Nach den Namen der Begleitung fragen"),
        description=_l(
            "Nur wenn Ihr Haus alle Gäste anmelden muss. Jede Gruppe gibt dann alle Namen an. "
            "Wir löschen sie 7 Tage nach dem Termin"
        ),
    )

    def __init__(self, event: Event, **kwargs: Any) -> None:
        super().__init__(obj=event, **kwargs)
        self.stored = event.waiting_list
        if event.kind is EventKind.BACKGROUND_TALK:
            del self.waiting_list  # nobody waits for it: who is invited hears from the house

    def to_request(self) -> EventSettings:
        """Return the rules; call it on a valid form only."""
        return EventSettings(
            confirmation=Confirmation(self.confirmation.data),
            waiting_list=WaitingList(self.waiting_list.data) if self.waiting_list else self.stored,
            change_until_hours=self.change_until_hours.number or 0,
            reserve_hours=self.reserve_hours.number,
            sends_reminders=self.sends_reminders.data,
            registers_companions=self.registers_companions.data,
        )

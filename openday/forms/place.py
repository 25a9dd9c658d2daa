"""One place of an event: the only one, a stop, or a part of the day."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field, SelectField
from wtforms.validators import Optional, StopValidation

from openday.forms.fields import ClockField, DayField, chosen, line, lines
from openday.geo import REGIONS, locate_postcode
from openday.models import Place
from openday.services.place import PlaceRequest


class PlaceFields(FlaskForm):  # type: ignore[misc]
    """Where something is."""

    name = line(_l("Name des Ortes"), 200, hint=_l("Zum Beispiel: Beratungsstelle Mitte, 2. Stock"))
    street = line(_l("Straße und Hausnummer"), 200, autocomplete="street-address")
    postcode = line(_l("Postleitzahl"), 5, autocomplete="postal-code", inputmode="numeric")
    locality = line(_l("Ort"), 120, autocomplete="address-level2")
    region = SelectField(_l("Bundesland"), choices=chosen(dict(REGIONS), empty=_l("Bitte wählen")))
    directions = lines(_l("Anfahrt"), 500, hint=_l("Haltestelle, Eingang, Klingel"), rows=3)

    def validate_postcode(self, field: Field) -> None:
        """Accept postcodes that exist."""
        text = field.data or ""
        if not text:
            return
        if len(text) != 5 or not (text.isascii() and text.isdigit()) or locate_postcode(text) is None:
            raise StopValidation(_l("Diese Postleitzahl kennen wir nicht. Prüfen Sie die fünf Ziffern"))

    def to_place(self) -> PlaceRequest:
        """Return the place without label and time; call it on a valid form only."""
        return PlaceRequest(
            name=self.name.data or None,
            street=self.street.data or None,
            postcode=self.postcode.data or None,
            locality=self.locality.data or None,
            region=self.region.data or None,
            directions=self.directions.data or None,
        )


class PlaceForm(PlaceFields):
    """A place of several, with what happens there and when."""

    label = line(_l("Was ist hier?"), 120, hint=_l("Zum Beispiel: Halt 2, oder: Teil 2, Podium"))
    visits_on = DayField(_l("Tag"), [Optional()], description=_l("Nur wenn er vom Tag des Termins abweicht"))
    start_time = ClockField(_l("Beginn"), [Optional()])
    end_time = ClockField(_l("Ende"), [Optional()])

    def __init__(self, place: Place | None = None, **kwargs: Any) -> None:
        super().__init__(obj=place, **kwargs)

    def validate_locality(self, field: Field) -> None:
        """Insist on a town: a place without one helps nobody."""
        if not field.data:
            raise StopValidation(_l("Geben Sie den Ort an"))

    def validate_end_time(self, field: Field) -> None:
        """Refuse an end without a beginning or before it."""
        if field.data and not self.start_time.data:
            raise StopValidation(_l("Geben Sie auch den Beginn ein"))
        if field.data and field.data <= self.start_time.data:
            raise StopValidation(_l("Das Ende liegt vor dem Beginn"))

    def to_request(self) -> PlaceRequest:
        """Return the place; call it on a valid form only."""
        return PlaceRequest(
            **self.to_place().__dict__
            | {
                "label": self.label.data or None,
                "visits_on": self.visits_on.data,
                "start_time": self.start_time.data,
                "end_time": self.end_time.data,
            }
        )

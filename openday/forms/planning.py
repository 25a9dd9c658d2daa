"""Three fields that tell the Bundesverband what is planned."""

import re
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField
from wtforms.fields.choices import SelectChoice

from openday import clock
from openday.forms.fields import line, read_day
from openday.models import Traeger
from openday.services.planning import Contact, PlanningNote

EMAIL = re.compile(r"[^\s,;<>()]+@[^\s,;<>()]+\.[^\s,;<>()]+")
SHORT_DAY = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{2})", re.ASCII)
YEARS_AHEAD = 3
PHONE = re.compile(r"\+?\d[\d\s/()-]{4,38}\d")


class PlanningForm(FlaskForm):  # type: ignore[misc]
    """What, roughly when, whom to ask; the Träger is asked for only where there are several."""

    title = line(
        _l("Was planen Sie?"),
        200,
        required=_l("Schreiben Sie, was Sie planen"),
        hint=_l("Zum Beispiel: Tag der offenen Tür"),
    )
    when = line(
        _l("Wann ungefähr?"),
        120,
        required=_l("Schreiben Sie, wann es ungefähr sein soll"),
        hint=_l("Ein Datum oder Worte, zum Beispiel: Mitte September, nachmittags"),
    )
    contact = line(
        _l("Wen können wir fragen?"),
        200,
        required=_l("Nennen Sie, wen wir fragen können"),
        hint=_l("Name, Telefon oder E-Mail-Adresse"),
        autocomplete="name",
    )
    traeger_id = SelectField(_l("Träger"), coerce=str)
    is_public = BooleanField(
        _l("Auch öffentlich als „geplant“ zeigen"), description=_l("Ohne Haken sieht es nur Ihr Verband")
    )

    def __init__(self, traeger: list[Traeger], contact: str, **kwargs: Any) -> None:
        super().__init__(data={"contact": contact}, **kwargs)
        self.traeger_id.choices = [SelectChoice(str(one.id), one.name) for one in traeger]
        self.only = traeger[0].id if len(traeger) == 1 else None
        if self.only is not None:
            del self.traeger_id

    def to_note(self) -> PlanningNote:
        """Return the note; call it on a valid form only."""
        return PlanningNote(
            traeger_id=self.only or int(self.traeger_id.data),
            title=self.title.data,
            when=self.when.data,
            day=day_in(self.when.data),
            contact=contact_in(self.contact.data),
            is_public=self.is_public.data,
        )


def day_in(text: str) -> date | None:
    """Return the day of a text that is nothing but a date; two digits are a year only where a plan can mean it."""
    short = SHORT_DAY.fullmatch(text)
    try:
        day = read_day(f"{short[1]}.{short[2]}.20{short[3]}" if short else text)
    except ValueError:
        return None
    this_year = clock.today().year
    return None if short and not this_year <= day.year <= this_year + YEARS_AHEAD else day


def contact_in(text: str) -> Contact:
    """Return name, phone and address out of one line, such as ``Mira Beispiel, 0341 000000``."""
    email, phone = EMAIL.search(text), PHONE.search(EMAIL.sub(" ", text))
    name = EMAIL.sub(" ", text)
    if phone:
        name = name.replace(phone[0], " ")
    name = re.sub(r"\s+", " ", name).strip(" ,;/()<>")
    return Contact(name[:120] or None, phone[0][:40] if phone else None, email[0][:254] if email else None)

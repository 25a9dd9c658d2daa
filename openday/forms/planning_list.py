"""A planning list to be read."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice

from openday.exports.plain_table import PlainTable
from openday.services.activities.table import COLUMNS

BLANK = PlainTable("planung", COLUMNS, [])


class PlanningListForm(FlaskForm):  # type: ignore[misc]
    """One file, and what year rows that name none belong to."""

    file = FileField(
        _l("Datei"),
        [FileRequired(_l("Wählen Sie eine Datei aus"))],
        description=_l("Excel (.xlsx) oder CSV in UTF-8 mit Semikolons, höchstens 1 MB und 500 Zeilen"),
        render_kw={"accept": ".csv,.xlsx"},
    )

    year = RadioField(_l("Zeilen ohne Jahr"), default="")

    def __init__(self, years: list[int], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        named = [SelectChoice(str(year), _l("gehören zur Aktionswoche %(year)s", year=year)) for year in years]
        self.year.choices = [SelectChoice("", _l("ablehnen")), *named]

    @property
    def year_of_others(self) -> int | None:
        """The year of rows that name none; None refuses them."""
        return int(self.year.data) if self.year.data else None

    @property
    def content(self) -> bytes:
        """What is in the file; ask it of a valid form only."""
        return bytes(self.file.data.read())

"""A planning list to be read."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired

from openday.exports.plain_table import PlainTable
from openday.services.activities.table import COLUMNS

BLANK = PlainTable("planung", COLUMNS, [])


class PlanningListForm(FlaskForm):  # type: ignore[misc]
    """One file."""

    file = FileField(
        _l("Datei"),
        [FileRequired(_l("Wählen Sie eine Datei aus"))],
        description=_l("Excel (.xlsx) oder CSV in UTF-8 mit Semikolons, höchstens 1 MB und 500 Zeilen"),
        render_kw={"accept": ".csv,.xlsx"},
    )

    @property
    def content(self) -> bytes:
        """What is in the file; ask it of a valid form only."""
        return bytes(self.file.data.read())

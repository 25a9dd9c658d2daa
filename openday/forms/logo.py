"""The picture of a Träger."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired


class LogoForm(FlaskForm):  # type: ignore[misc]
    """One file."""

    file = FileField(
        _l("Bilddatei"),
        [FileRequired(_l("Wählen Sie eine Datei aus"))],
        description=_l("PNG, JPEG oder WebP, höchstens 1 MB. Ränder schneiden wir ab"),
        render_kw={"accept": ".png,.jpg,.jpeg,.webp"},
    )

    @property
    def content(self) -> bytes:
        """What is in the file; ask it of a valid form only."""
        return bytes(self.file.data.read())

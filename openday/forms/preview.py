"""Forms that show first what they will do: nothing is done that was not looked at."""

import hashlib

from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField

DO = "senden"


class PreviewedForm(FlaskForm):  # type: ignore[misc]
    """``previewed`` is the digest of what was shown before, ``action`` the button that was pressed."""

    previewed = HiddenField()
    action = StringField()

    def to_request(self) -> object:
        """Return what is to be done, its ``repr`` with every word of it; call it on a valid form only."""
        raise NotImplementedError

    @property
    def digest(self) -> str:
        """What tells one request from another."""
        return hashlib.sha256(repr(self.to_request()).encode()).hexdigest()[:16]

    @property
    def is_as_previewed(self) -> bool:
        """Whether it is what was shown."""
        return bool(self.previewed.data == self.digest)

    @property
    def is_to_be_done(self) -> bool:
        """Whether it is to be done, not only looked at, and is what was shown."""
        return self.action.data == DO and self.is_as_previewed

    def remember(self) -> None:
        """Note what the preview on the page belongs to."""
        self.previewed.data = self.digest

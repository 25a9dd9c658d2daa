"""What a list calls who comes, how, and where the booking stands."""

from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from openday import wording
from openday.models import VisitProposal
from openday.models.words import (
    BookingState,
    DayPart,
    FieldOfWork,
    GuestKind,
    MayAnnounce,
    Mode,
    PoliticalLevel,
    PressProof,
    ReturnReason,
    Role,
    SharedColumn,
    YesNoOpen,
)

GUEST_KINDS: dict[GuestKind, LazyString] = {
    GuestKind.PUBLIC: _l("Gäste"),
    GuestKind.PROFESSIONAL: _l("Fachleute"),
    GuestKind.POLITICS: _l("Politik"),
    GuestKind.PRESS: _l("Presse"),
}
MODES: dict[Mode, LazyString] = {
    Mode.ONSITE: _l("Vor Ort"),
    Mode.ONLINE: _l("Digital"),
}
STATES: dict[BookingState, LazyString] = {
    BookingState.CONFIRMED: _l("gebucht"),
    BookingState.HELD: _l("vorgemerkt"),
    BookingState.OFFERED: _l("angeboten"),
    BookingState.REQUESTED: _l("angefragt"),
    BookingState.WAITING: _l("auf der Warteliste"),
    BookingState.CANCELLED: _l("abgesagt"),
    BookingState.DECLINED: _l("abgelehnt"),
    BookingState.EXPIRED: _l("verfallen"),
}
POLITICAL_LEVELS: dict[str, LazyString] = {
    PoliticalLevel.BUNDESTAG: _l("Bundestag"),
    PoliticalLevel.LANDTAG: _l("Landtag"),
    PoliticalLevel.EUROPE: _l("Europaparlament"),
    PoliticalLevel.MUNICIPAL: _l("Kommune"),
    PoliticalLevel.AUTHORITY: _l("Ministerium oder Behörde"),
}
YES_NO_OPEN: dict[str, LazyString] = {
    YesNoOpen.YES: _l("Ja"),
    YesNoOpen.NO: _l("Nein"),
    YesNoOpen.OPEN: _l("Noch offen"),
}
YES_NO: dict[str, LazyString] = {word: YES_NO_OPEN[word] for word in (YesNoOpen.YES, YesNoOpen.NO)}
MAY_ANNOUNCE: dict[str, LazyString] = {
    MayAnnounce.YES: _l("Ja"),
    MayAnnounce.ASK: _l("Erst nach Rücksprache"),
    MayAnnounce.NO: _l("Nein"),
}
FIELDS_OF_WORK: dict[str, LazyString] = {
    FieldOfWork.COUNSELLING: _l("Beratung"),
    FieldOfWork.SCHOOL: _l("Schule"),
    FieldOfWork.ADMINISTRATION: _l("Verwaltung"),
    FieldOfWork.VOLUNTEERING: _l("Ehrenamt"),
    FieldOfWork.OTHER: _l("Anderes"),
}
PRESS_PLANS: dict[str, LazyString] = {
    "text": _l("Text"),
    "photo": _l("Foto"),
    "audio": _l("Ton"),
    "video": _l("Video oder TV"),
    "live": _l("Live-Übertragung"),
}
PRESS_PROOFS: dict[str, LazyString] = {
    PressProof.CARD: _l("Presseausweis bringe ich mit"),
    PressProof.ASSIGNMENT: _l("Auftrag der Redaktion"),
    PressProof.NEITHER: _l("Beides nicht"),
}
PRESS_PARTNERS: dict[str, LazyString] = {
    "management": _l("Leitung"),
    "professional": _l("Fachkraft"),
    "client": _l("Ratsuchende nach Absprache"),
}
DAY_PARTS: dict[str, LazyString] = {
    DayPart.MORNING: _l("Vormittag"),
    DayPart.AFTERNOON: _l("Nachmittag"),
}
RETURN_REASONS: dict[str, LazyString] = {
    ReturnReason.UNCLEAR: _l("Es ist nicht klar, was Gäste erwartet"),
    ReturnReason.CONTACT: _l("Die Ansprechperson fehlt oder ist nicht erreichbar"),
    ReturnReason.PROTECTION: _l("Adresse oder Fotos schützen Ratsuchende nicht genug"),
    ReturnReason.DUPLICATE: _l("Das gibt es hier schon"),
    ReturnReason.NOT_OURS: _l("Das gehört nicht zu unserem Verband oder zur Aktionswoche"),
    ReturnReason.OTHER: _l("Etwas anderes"),
}
TEAM_ROLES: dict[str, LazyString] = {
    Role.OWNER: _l("Alle Rechte"),
    Role.EDITOR: _l("Termine und Gäste bearbeiten"),
    Role.READER: _l("Termine und Teilnahmeliste lesen"),
    Role.DOOR: _l("Am Eingang abhaken"),
}
SHARED_COLUMNS: dict[str, LazyString] = {
    SharedColumn.NAME: _l("Name"),
    SharedColumn.PERSONS: _l("Personen"),
    SharedColumn.KIND: _l("Gruppe"),
    SharedColumn.ORGANISATION: _l("Organisation"),
    SharedColumn.EMAIL: _l("E-Mail-Adresse"),
}


def terms_in_words(version: int | None, accepted_at: datetime | None) -> str:
    """Return which terms a guest accepted and on which Berlin day, nothing for an event without."""
    if accepted_at is None:
        return ""
    day = wording.day_in_words(wording.berlin_day(accepted_at))
    return str(_("angenommen am %(day)s, Fassung %(version)s", day=day, version=version))


def proposal_in_words(one: VisitProposal) -> str:
    """Return ``Mo., 16. September 2024, Vormittag`` of what an office proposed."""
    assert one.day is not None  # noqa: S101 - only the house suggests slots
    when = wording.times_in_words(one.start_time, None) if one.start_time else str(DAY_PARTS[one.day_part or ""])
    return f"{wording.day_in_words(one.day)}, {when}"

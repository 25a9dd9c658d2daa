"""What a list calls who comes, how, and where the booking stands."""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from openday.models.words import BookingState, GuestKind, MayAnnounce, Mode, PoliticalLevel, YesNoOpen

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
POLITICAL_LEVELS: dict[PoliticalLevel, LazyString] = {
    PoliticalLevel.BUNDESTAG: _l("Bundestag"),
    PoliticalLevel.LANDTAG: _l("Landtag"),
    PoliticalLevel.EUROPE: _l("Europaparlament"),
    PoliticalLevel.MUNICIPAL: _l("Kommune"),
    PoliticalLevel.AUTHORITY: _l("Ministerium oder Behörde"),
}
YES_NO_OPEN: dict[YesNoOpen, LazyString] = {
    YesNoOpen.YES: _l("Ja"),
    YesNoOpen.NO: _l("Nein"),
    YesNoOpen.OPEN: _l("Noch offen"),
}
MAY_ANNOUNCE: dict[MayAnnounce, LazyString] = {
    MayAnnounce.YES: _l("Ja"),
    MayAnnounce.ASK: _l("Erst nach Rücksprache"),
    MayAnnounce.NO: _l("Nein"),
}

"""What the stored words are called on the screen; the order here is the order of every list."""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from openday import geo
from openday.exports import words as shared
from openday.models.words import AccessFeature, Admission, Attendance, EventKind, GuestKind, PhotoRule

KINDS: dict[str, LazyString] = {
    EventKind.OPEN_DAY: _l("Tag der offenen Tür"),
    EventKind.TOUR: _l("Führung"),
    EventKind.INFO_STAND: _l("Infostand"),
    EventKind.PANEL: _l("Podium"),
    EventKind.CONTACT_TALK: _l("Gespräch"),
    EventKind.PRESS_TALK: _l("Pressegespräch"),
    EventKind.WORKSHOP: _l("Workshop"),
    EventKind.SCREENING: _l("Filmvorführung"),
    EventKind.BACKGROUND_TALK: _l("Hintergrundgespräch"),
    EventKind.DIGITAL: _l("Digitale Aktion"),
    EventKind.OTHER: _l("Aktion"),
}
LANGUAGE_WORDS: dict[str, LazyString] = {"de": _l("Deutsch"), "en": _l("Englisch")}
ATTENDANCES: dict[str, LazyString] = {
    Attendance.ONSITE: _l("Vor Ort"),
    Attendance.HYBRID: _l("Vor Ort und digital"),
    Attendance.ONLINE: _l("Digital"),
}
ADMISSIONS: dict[str, LazyString] = {
    Admission.OPEN: _l("Ohne Anmeldung"),
    Admission.WELCOME: _l("Anmeldung erwünscht"),
    Admission.REQUIRED: _l("Mit Anmeldung"),
    Admission.INVITATION: _l("Nur auf Einladung"),
}
ADMISSION_MEANINGS: dict[str, LazyString] = {
    Admission.OPEN: _l("Kommen Sie einfach vorbei, eine Anmeldung ist nicht nötig."),
    Admission.WELCOME: _l("Eine Anmeldung hilft bei der Vorbereitung. Sie können auch ohne kommen."),
    Admission.REQUIRED: _l("Melden Sie sich vorher an, die Plätze sind begrenzt."),
    Admission.INVITATION: _l("Der Termin ist für eingeladene Gäste. Wer kommen möchte, fragt beim Träger nach."),
}
AUDIENCES: dict[str, LazyString] = {
    GuestKind.PUBLIC: _l("Alle Interessierten"),
    GuestKind.PROFESSIONAL: _l("Fachleute"),
    GuestKind.POLITICS: _l("Politik"),
    GuestKind.PRESS: _l("Presse"),
}
ACCESS_FEATURES: dict[str, LazyString] = {
    AccessFeature.STEP_FREE: _l("Stufenloser Zugang"),
    AccessFeature.ACCESSIBLE_TOILET: _l("Barrierefreie Toilette"),
    AccessFeature.HEARING_LOOP: _l("Höranlage"),
    AccessFeature.SIGN_LANGUAGE: _l("Gebärdensprache"),
    AccessFeature.EASY_LANGUAGE: _l("Leichte Sprache"),
    AccessFeature.QUIET_ROOM: _l("Ruheraum"),
}
WEEKDAYS: dict[str, LazyString] = {
    "0": _l("Montag"),
    "1": _l("Dienstag"),
    "2": _l("Mittwoch"),
    "3": _l("Donnerstag"),
    "4": _l("Freitag"),
    "5": _l("Samstag"),
    "6": _l("Sonntag"),
}
PHOTO_RULES: dict[str, LazyString] = {
    PhotoRule.OPEN: _l("Fotos sind erlaubt."),
    PhotoRule.ON_REQUEST: _l("Fotos nur nach Absprache."),
    PhotoRule.NONE: _l("Bitte nicht fotografieren."),
}
PHOTO_RULE_MEANINGS: dict[str, LazyString] = {
    PhotoRule.OPEN: _l("Wer deutlich zu erkennen ist, muss einverstanden sein."),
    PhotoRule.ON_REQUEST: _l("Aufnehmen dürfen Sie nur Personen, die der Träger Ihnen nennt."),
    PhotoRule.NONE: _l("Das gilt für Foto, Film und Ton."),
}
LANGUAGES: dict[str, LazyString] = {
    "de": _l("Deutsch"),
    "en": _l("Englisch"),
    "ar": _l("Arabisch"),
    "fa": _l("Persisch"),
    "ps": _l("Paschtu"),
    "ku": _l("Kurdisch"),
    "tr": _l("Türkisch"),
    "uk": _l("Ukrainisch"),
    "ru": _l("Russisch"),
    "pl": _l("Polnisch"),
    "ro": _l("Rumänisch"),
    "bg": _l("Bulgarisch"),
    "fr": _l("Französisch"),
    "es": _l("Spanisch"),
    "so": _l("Somali"),
    "ti": _l("Tigrinya"),
    "sq": _l("Albanisch"),
    "vi": _l("Vietnamesisch"),
    "dgs": _l("Deutsche Gebärdensprache"),
}
CHANGES: dict[str, LazyString] = {
    "title": _l("%(who)s hat den Titel geändert."),
    "summary": _l("%(who)s hat den kurzen Text geändert."),
    "description": _l("%(who)s hat den langen Text geändert."),
    "access_notes": _l("%(who)s hat den Text zum Zugang geändert."),
    "kind": _l("%(who)s hat die Art geändert."),
    "audiences": _l("%(who)s hat geändert, für wen der Termin ist."),
    "programmes": _l("%(who)s hat die Programme geändert."),
    "attendance": _l("%(who)s hat geändert, wie Gäste teilnehmen."),
    "place": _l("%(who)s hat den Ort geändert."),
    "room": _l("%(who)s hat den digitalen Raum geändert."),
    "day": _l("%(who)s hat den Tag geändert."),
    "time": _l("%(who)s hat die Uhrzeit geändert."),
    "admission": _l("%(who)s hat die Anmeldung geändert."),
    "registration": _l("%(who)s hat geändert, bis wann man sich anmeldet."),
    "access": _l("%(who)s hat die Angaben zum Zugang geändert."),
    "languages": _l("%(who)s hat die Sprachen geändert."),
    "photos": _l("%(who)s hat die Foto-Regel geändert."),
    "terms": _l("%(who)s hat die Bedingungen geändert."),
    "protection": _l("%(who)s hat geändert, wer die Adresse sieht."),
    "listing": _l("%(who)s hat geändert, ob der Termin in der Liste steht."),
    "contact": _l("%(who)s hat die Ansprechperson geändert."),
    "day_contact": _l("%(who)s hat die Ansprechperson am Tag geändert."),
    "times": _l("%(who)s hat die Uhrzeiten zum Buchen geändert."),
    "created": _l("%(who)s hat den Termin angelegt."),
    "published": _l("%(who)s hat den Termin veröffentlicht."),
    "cancelled": _l("%(who)s hat den Termin abgesagt."),
    "imported": _l("%(who)s hat den Termin aus einer Liste eingelesen."),
    "announced": _l("%(who)s hat den Gästen geschrieben."),
    "review_approved": _l("%(who)s hat den Termin freigegeben."),
    "review_returned": _l("%(who)s hat den Termin zurückgegeben."),
    "partner asked": _l("%(who)s hat einen Träger gefragt, ob er mit einlädt."),
    "partner confirmed": _l("Ein Träger hat zugesagt, mit einzuladen."),
    "partner declined": _l("Ein Träger lädt nicht mit ein."),
    "partner removed": _l("%(who)s hat einen mitwirkenden Träger entfernt."),
    "lead chosen": _l("%(who)s hat die Federführung geändert."),
}
REGIONS = geo.REGIONS
RETURN_REASONS = shared.RETURN_REASONS

"""What an event still lacks before it goes online: what blocks, and what is only good advice."""

from dataclasses import dataclass
from enum import StrEnum

from flask_babel import gettext as _

from openday import wording
from openday.models import Event
from openday.models.words import Admission, Attendance, EventKind, Mode, SlotState


class Task(StrEnum):
    """The six pages of the editor, by the last part of their address."""

    WHAT = "was"
    WHERE = "ort"
    WHEN = "zeiten"
    ACCESS = "zugang"
    PROTECTION = "schutz"
    CONTACT = "kontakt"


@dataclass(frozen=True)
class Finding:
    """One missing thing, in words, with the page and the very field where it is mended."""

    task: Task
    field: str
    words: str
    is_blocking: bool


def findings(event: Event) -> list[Finding]:
    """Return everything missing, in the order of the tasks; pure, so the same list stands on every page."""
    return [*_what(event), *_where(event), *_when(event), *_access(event), *_protection(event), *_contact(event)]


def blocking(event: Event) -> list[Finding]:
    """Return what keeps the event from going online."""
    return [finding for finding in findings(event) if finding.is_blocking]


def open_tasks(event: Event) -> frozenset[Task]:
    """Return the pages of the editor that still want something; good advice about access counts as open."""
    return frozenset(finding.task for finding in findings(event) if finding.is_blocking or finding.task is Task.ACCESS)


def _what(event: Event) -> list[Finding]:
    found = []
    if not event.summary:
        found.append(Finding(Task.WHAT, "summary", _("Sagen Sie in zwei Sätzen, was Gäste erleben"), False))
    if not event.programmes:
        found.append(Finding(Task.WHAT, "programmes-0", _("Wählen Sie das Programm, zum Beispiel MBE"), False))
    return found


def _where(event: Event) -> list[Finding]:
    place = next(iter(event.places), None)
    found = []
    if event.attendance in (Attendance.ONSITE, Attendance.HYBRID):
        if place is None or not place.locality:
            found.append(Finding(Task.WHERE, "locality", _("Geben Sie den Ort an"), True))
        elif not place.street:
            found.append(Finding(Task.WHERE, "street", _("Geben Sie Straße und Hausnummer an"), False))
        if place is not None and not place.region:
            found.append(
                Finding(Task.WHERE, "region", _("Wählen Sie das Bundesland, sonst fehlt der Termin im Filter"), False)
            )
    if event.attendance in (Attendance.ONLINE, Attendance.HYBRID) and not event.room_url:
        found.append(
            Finding(Task.WHERE, "room_url", _("Der Link zum digitalen Raum fehlt noch. Er kann später folgen"), False)
        )
    return found


def _when(event: Event) -> list[Finding]:
    found = []
    if event.starts_on is None and not event.date_words:
        words = _("Geben Sie einen Tag an, oder in Worten, wann es sein wird")
        found.append(Finding(Task.WHEN, "starts_on", words, True))
    if event.admission is None:
        found.append(Finding(Task.WHEN, "admission-0", _("Wählen Sie, ob man sich anmelden muss"), True))
    has_times = any(slot.state is SlotState.OPEN for slot in event.slots)
    if stray_modes(event):
        words = _("Einige Uhrzeiten haben Plätze, die nicht dazu passen, wie Gäste teilnehmen. Prüfen Sie sie")
        found.append(Finding(Task.WHEN, "slots", words, False))
    is_for_invited = event.kind is EventKind.BACKGROUND_TALK
    if event.admission in (Admission.OPEN, Admission.INVITATION) and has_times and not is_for_invited:
        words = _("Es gibt Uhrzeiten, aber der Termin ist nicht zum Buchen: Gäste sehen sie nicht")
        found.append(Finding(Task.WHEN, "admission-0", words, False))
    if event.admission is Admission.REQUIRED and not has_times:
        words = _("Legen Sie Uhrzeiten an, sonst kann man sich nur bei Ihnen anmelden")
        found.append(Finding(Task.WHEN, "slots", words, False))
    if has_times_outside(event):
        words = _(
            "Einige Uhrzeiten liegen außerhalb der Tage des Termins. Nach dem letzten Tag kann niemand mehr buchen"
        )
        found.append(Finding(Task.WHEN, "slots", words, False))
    if is_outside_campaign(event):
        week = (
            wording.days_in_words(event.campaign.starts_on, event.campaign.ends_on) if event.campaign.starts_on else ""
        )
        words = _("Der Tag liegt außerhalb der Aktionswoche (%(week)s). Das geht, wenn es so gemeint ist", week=week)
        found.append(Finding(Task.WHEN, "starts_on", words, False))
    return found


def stray_modes(event: Event) -> bool:
    """Whether a time offers seats in a way the event no longer has."""
    ways = {
        Attendance.ONSITE: {Mode.ONSITE},
        Attendance.ONLINE: {Mode.ONLINE},
        Attendance.HYBRID: {Mode.ONSITE, Mode.ONLINE},
    }.get(event.attendance or Attendance.HYBRID, set())
    return any(pool.mode not in ways for slot in event.slots if slot.state is SlotState.OPEN for pool in slot.pools)


def has_times_outside(event: Event) -> bool:
    """Whether a time is on a day the event does not say it takes place on."""
    first, last = event.starts_on, event.last_day
    if first is None or last is None:
        return False
    return any(not first <= slot.berlin_day <= last for slot in event.slots if slot.state is SlotState.OPEN)


def is_outside_campaign(event: Event) -> bool:
    """Whether a fixed day lies outside the official week: a hint, never a refusal."""
    first, last = event.campaign.starts_on, event.campaign.ends_on
    if event.starts_on is None or event.last_day is None or first is None or last is None:
        return False
    return event.last_day < first or event.starts_on > last


def _access(event: Event) -> list[Finding]:
    if event.access_features or event.access_notes:
        return []
    return [
        Finding(
            Task.ACCESS,
            "access_features-0",
            _("Sagen Sie, wie zugänglich der Ort ist, auch wenn er es nicht ist"),
            False,
        )
    ]


def _protection(event: Event) -> list[Finding]:
    found = []
    if event.photo_rule is None:
        words = _("Wählen Sie die Foto-Regel, damit Ratsuchende geschützt sind")
        found.append(Finding(Task.PROTECTION, "photo_rule-0", words, True))
    if event.kind is EventKind.BACKGROUND_TALK and not event.terms:
        words = _("Schreiben Sie die Bedingungen auf, unter denen das Hintergrundgespräch stattfindet")
        found.append(Finding(Task.PROTECTION, "terms", words, True))
    return found


def _contact(event: Event) -> list[Finding]:
    found = []
    if not event.contact_name:
        found.append(Finding(Task.CONTACT, "contact_name", _("Nennen Sie eine Ansprechperson"), True))
    if not event.contact_phone and not event.contact_email:
        found.append(Finding(Task.CONTACT, "contact_phone", _("Geben Sie Telefon oder E-Mail an"), True))
    return found

"""What search engines are told of an event (schema.org/Event); only what the page itself shows."""

from datetime import date, datetime, time
from typing import Any

from openday.clock import BERLIN
from openday.mailing.links import link_to
from openday.models.words import Attendance, EventState
from openday.services.event_page import EventPage

MODES = {
    Attendance.ONSITE: "https://schema.org/OfflineEventAttendanceMode",
    Attendance.HYBRID: "https://schema.org/MixedEventAttendanceMode",
    Attendance.ONLINE: "https://schema.org/OnlineEventAttendanceMode",
}


def structured_data(event: EventPage) -> dict[str, Any] | None:
    """Return the data of an event with a fixed day, None for one that search engines should not show."""
    if event.starts_on is None or not event.is_listed:
        return None
    url = link_to("public.event.show", slug=event.slug)
    is_cancelled = event.state is EventState.CANCELLED
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": event.title,
        "description": event.summary,
        "url": url,
        "startDate": moment(event.starts_on, event.start_time),
        "eventStatus": f"https://schema.org/Event{'Cancelled' if is_cancelled else 'Scheduled'}",
        "isAccessibleForFree": True,
        "inLanguage": [language for language in event.languages if len(language) == 2],
        "organizer": [{"@type": "Organization", "name": host.name} for host in event.hosts],
        "location": locations(event, url),
    }
    if event.ends_on or event.end_time:
        found["endDate"] = moment(event.ends_on or event.starts_on, event.end_time)
    if event.attendance:
        found["eventAttendanceMode"] = MODES[event.attendance]
    return {name: value for name, value in found.items() if value}


def moment(day: date, at: time | None) -> str:
    """Return a day, or an instant with its offset."""
    return day.isoformat() if at is None else datetime.combine(day, at, tzinfo=BERLIN).isoformat()


def locations(event: EventPage, url: str) -> list[dict[str, Any]]:
    """Return the places as far as everybody may know them; taking part online leads to the event's own page."""
    found: list[dict[str, Any]] = []
    for place in event.places:
        address = {
            "@type": "PostalAddress",
            "streetAddress": place.street,
            "postalCode": place.postcode,
            "addressLocality": place.locality,
            "addressRegion": place.region,
            "addressCountry": "DE",
        }
        known = {name: value for name, value in address.items() if value}
        found.append({"@type": "Place", "name": place.label or place.locality or "", "address": known})
    if event.attendance in (Attendance.ONLINE, Attendance.HYBRID):
        found.append({"@type": "VirtualLocation", "url": url})
    return found

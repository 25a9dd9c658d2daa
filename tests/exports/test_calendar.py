from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from openday.exports import calendar
from openday.exports.calendar import CalendarEntry, EntryStatus, Method, as_ics

PROPERTIES = {
    "UID", "SEQUENCE", "DTSTAMP", "LAST-MODIFIED", "DTSTART", "DTEND", "STATUS", "TRANSP", "SUMMARY", "DESCRIPTION",
    "LOCATION", "URL", "ORGANIZER", "ATTENDEE",
}  # fmt: skip
HOSTILE = 'Führung\r\nATTENDEE:mailto:x@example.org\r\n\r\nEND:VEVENT\rX-EVIL:1\nX:2\x00\x0b\x0c\x85\u2028;,\\"=:'


def make_entry(**overrides: Any) -> CalendarEntry:
    facts: dict[str, Any] = {
        "uid": "buchung-17@openday.example.org",
        "sequence": 0,
        "status": EntryStatus.CONFIRMED,
        "starts_at": datetime(2024, 9, 16, 8, 30, tzinfo=UTC),
        "ends_at": datetime(2024, 9, 16, 9, 0, tzinfo=UTC),
        "summary": "Führung durch die Beratungsstelle",
        "description": "Buchungsnummer K7QX2M\nZwei Personen",
        "location": "Beispielstr. 12, 04109 Leipzig",
        "url": "https://openday.example.org/t/tag-der-offenen-tuer",
        "organiser_name": "MBE Leipzig",
        "last_modified": datetime(2024, 9, 1, 12, 0, 0, 123, tzinfo=UTC),
    }
    return CalendarEntry(**facts | overrides)


def first_reading(content: bytes) -> Any:
    [event] = Calendar.from_ical(content).walk("VEVENT")
    return event


def second_reading(content: bytes) -> Any:
    [event] = vobject.readOne(content.decode()).components()
    return event


def names(content: bytes) -> list[str]:
    """Return the names of the properties as any parser unfolds them (RFC 5545 §3.1)."""
    lines = content.decode().replace("\r\n ", "").split("\r\n")
    return [line.replace(";", ":").partition(":")[0] for line in lines if line]


def test_both_readers_find_the_same_entry():
    content = as_ics(make_entry())

    first, second = first_reading(content), second_reading(content)
    assert first["summary"] == second.summary.value == "Führung durch die Beratungsstelle"
    assert first["description"] == second.description.value == "Buchungsnummer K7QX2M\nZwei Personen"
    assert first["location"] == second.location.value == "Beispielstr. 12, 04109 Leipzig"
    assert first["uid"] == second.uid.value == "buchung-17@openday.example.org"
    assert first.decoded("dtstart") == second.dtstart.value == datetime(2024, 9, 16, 8, 30, tzinfo=UTC)
    assert first.decoded("dtend") == second.dtend.value == datetime(2024, 9, 16, 9, 0, tzinfo=UTC)
    assert first["url"] == second.url.value == "https://openday.example.org/t/tag-der-offenen-tuer"
    assert first["organizer"].params["CN"] == second.organizer.params["CN"][0] == "MBE Leipzig"


def test_times_are_utc_whatever_zone_they_came_in():
    berlin = datetime(2024, 9, 16, 10, 30, tzinfo=timezone(timedelta(hours=2)))

    content = as_ics(make_entry(starts_at=berlin, ends_at=berlin))

    assert b"\r\nDTSTART:20240916T083000Z\r\n" in content
    assert b"\r\nDTEND:20240916T083000Z\r\n" in content


def test_unknown_end_is_left_out():
    event = first_reading(as_ics(make_entry(ends_at=None)))

    assert "dtend" not in event
    assert "duration" not in event


def test_whole_days_end_on_the_day_after_the_last():
    content = as_ics(make_entry(starts_at=date(2024, 9, 16), ends_at=date(2024, 9, 20)))

    assert b"\r\nDTSTART;VALUE=DATE:20240916\r\n" in content
    assert b"\r\nDTEND;VALUE=DATE:20240921\r\n" in content
    assert second_reading(content).dtend.value == date(2024, 9, 21)


def test_change_keeps_the_identity_and_raises_the_number():
    before, after = make_entry(), make_entry(sequence=1, location="Anderswo 3, 04109 Leipzig")

    assert first_reading(as_ics(before))["uid"] == first_reading(as_ics(after))["uid"]
    assert first_reading(as_ics(after))["sequence"] == 1


def test_cancellation_says_so_twice():
    content = as_ics(make_entry(sequence=2), method="CANCEL")

    assert b"\r\nMETHOD:CANCEL\r\n" in content
    assert first_reading(content)["status"] == "CANCELLED"


def test_invitation_names_both_sides():
    content = as_ics(
        make_entry(organiser_email="mbe@example.org", attendee_email="a.kaya@example.org"), method="REQUEST"
    )

    event = second_reading(content)
    assert event.organizer.value == "mailto:mbe@example.org"
    assert event.attendee.value == "mailto:a.kaya@example.org"


@pytest.mark.parametrize(
    "address", ["a@b.example\r\nX-EVIL:1", "a b@example.org", "a@example.org,b@example.org", "kein"]
)
def test_unusable_address_is_left_out(address: str):
    assert "attendee" not in first_reading(as_ics(make_entry(attendee_email=address), method="REQUEST"))


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "", "//example.org"])
def test_link_is_a_web_address_or_none(address: str):
    assert "url" not in first_reading(as_ics(make_entry(url=address)))


@pytest.mark.parametrize("field", ["uid", "summary", "description", "location", "organiser_name", "url"])
def test_line_breaks_smuggle_nothing_in(field: str):
    content = as_ics(make_entry(**{field: ("https://example.org/" if field == "url" else "") + HOSTILE}))

    assert set(names(content)) <= PROPERTIES | {"BEGIN", "END", "VERSION", "PRODID", "CALSCALE", "METHOD"}
    assert names(content).count("BEGIN") == names(content).count("END") == 2
    assert b"\x00" not in content
    assert second_reading(content).name == first_reading(content).name == "VEVENT"


def test_every_line_is_short_and_no_character_is_cut():
    content = as_ics(make_entry(description="ä😀" * 200, summary="ü" * 300))

    lines = content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert first_reading(content)["description"] == second_reading(content).description.value == "ä😀" * 200
    for line in lines:
        line.decode()


def test_a_secret_has_no_field_to_be_in():
    fields = set(CalendarEntry.__dataclass_fields__)

    assert not {name for name in fields if any(word in name for word in ("token", "room", "secret", "link", "nonce"))}


def test_naive_time_is_a_mistake_of_ours():
    with pytest.raises(ValueError, match="aware"):
        as_ics(make_entry(starts_at=datetime(2024, 9, 16, 10, 30)))  # noqa: DTZ001


def test_day_and_instant_do_not_mix():
    with pytest.raises(ValueError, match="whole days"):
        as_ics(make_entry(starts_at=date(2024, 9, 16)))


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
def test_no_text_at_all_breaks_the_file(summary: str, description: str, location: str, name: str):
    content = as_ics(make_entry(summary=summary, description=description, location=location, organiser_name=name))

    assert set(names(content)) <= PROPERTIES | {"BEGIN", "END", "VERSION", "PRODID", "CALSCALE", "METHOD"}
    assert second_reading(content).uid.value == first_reading(content)["uid"] == "buchung-17@openday.example.org"


ADDRESSES = st.one_of(
    st.just(""),
    st.emails(),
    st.from_regex(r"[a-z.+_-]{1,70}@[a-z.-]{1,70}", fullmatch=True),
    st.sampled_from(["own@email.invalid", "own@uid.invalid", "ä@example.org", "a;b@example.org", "a@b\n@c"]),
)


@given(ADDRESSES, ADDRESSES, st.datetimes(timezones=st.just(UTC)), st.sampled_from(["PUBLISH", "REQUEST", "CANCEL"]))
def test_a_guests_own_lines_are_put_where_the_library_would_write_them(
    uid: str, email: str, last_modified: datetime, method: Method
):
    entry = make_entry(uid=uid, attendee_email=email, last_modified=last_modified)

    assert as_ics(entry, method) == calendar._written(entry, method)


def test_nothing_of_a_guest_is_kept():
    calendar._kept.cache_clear()

    for number in range(3):
        at = datetime(2024, 9, number + 1, tzinfo=UTC)
        as_ics(make_entry(uid=f"{number}@x.de", attendee_email=f"gast-{number}@x.de", last_modified=at), "REQUEST")

    assert calendar._kept.cache_info().currsize == 1

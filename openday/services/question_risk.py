"""What a question of an organiser asks for that it better didn't: special data, which a guest list must not hold."""

import re
import unicodedata
from enum import StrEnum


class Risk(StrEnum):
    """Data about people that harms them most (Art. 9 DSGVO), and the status that decides where they may live."""

    HEALTH = "health"
    ORIGIN = "origin"
    RELIGION = "religion"
    STATUS = "status"
    PARTY = "party"


SIGNS: dict[Risk, re.Pattern[str]] = {
    Risk.HEALTH: re.compile(
        r"gesundheit|krank|behinder|diagnos|therap|medika|allerg|unverträglich|schwanger|geimpft|impf(status|ung)"
        r"|psychisch|trauma|pflegegrad|rollstuhl|\bhealth|illness|disab|medic|pregnan"
    ),
    Risk.ORIGIN: re.compile(
        r"herkunft|herkommen|woher(?! (kennen|wissen|haben) )|staatsangehör|staatsbürger|nationalit|geburtsort"
        r"|geburtsland|ethni|hautfarbe"
        r"|muttersprache|migrationshintergrund|heimatland|\borigin\b|citizenship|country of birth|mother tongue"
    ),
    Risk.RELIGION: re.compile(
        r"religi|konfession|glaube|gläubig|kirche|moschee|synagoge|muslim|christ(lich|en\b|in\b)|jüdisch|church|mosque|faith"
    ),
    Risk.STATUS: re.compile(
        r"aufenthalts?(status|titel|erlaubnis|recht|gestattung)|asyl|duldung|geduldet|geflüchtet|flüchtling|fluchtgrund"
        r"|\bvisum|\bvisa\b|einreise|abschieb|residence|asylum|refugee|immigration status"
    ),
    Risk.PARTY: re.compile(
        r"partei(?!verkehr)|wahlverhalten|gewählt|wählen sie|politische (meinung|haltung|einstellung|überzeugung)"
        r"|gewerkschaft|political|\bparty membership|trade union"
    ),
}


def risks_in(*texts: str | None) -> tuple[Risk, ...]:
    """Return what the texts of a question ask for; a word that only looks alike costs the organiser one more click."""
    words = " ".join(text for text in texts if text)
    plain = unicodedata.normalize("NFKC", words).casefold().replace("\u00ad", "")
    return tuple(risk for risk, signs in SIGNS.items() if signs.search(plain))

"""Hints that a Träger may be here twice: the same name in the same place, or people with the same mail domain."""

import re
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import or_, select

from openday.extensions import db
from openday.models import Membership, Traeger, User
from openday.models.words import Role

FREEMAIL = frozenset({
    "aol.com", "arcor.de", "freenet.de", "gmail.com", "gmx.at", "gmx.ch", "gmx.de", "gmx.net", "googlemail.com",
    "hotmail.com", "hotmail.de", "icloud.com", "mail.de", "mailbox.org", "me.com", "online.de", "outlook.com",
    "outlook.de", "posteo.de", "proton.me", "protonmail.com", "t-online.de", "web.de", "yahoo.com", "yahoo.de",
})  # fmt: skip
LEGAL_FORMS = re.compile(r"\b(e\.?\s*v\.?|gg?mbh|ev|stiftung)(?!\w)", re.IGNORECASE)
MOST = 5


class Likeness(StrEnum):
    """What two Träger have in common."""

    NAME = "name"
    DOMAIN = "domain"


@dataclass(frozen=True)
class Twin:
    """Another Träger and why it is shown."""

    name: str
    locality: str | None
    likeness: Likeness


def twins_of(traeger: Traeger) -> list[Twin]:
    """Return up to five Träger that may be the same one."""
    own = domains_of(traeger)
    found = []
    for other in candidates(traeger, own):
        if plain_name(other.name) == plain_name(traeger.name):
            found.append(Twin(other.name, other.locality, Likeness.NAME))
        elif own & domains_of(other):
            found.append(Twin(other.name, other.locality, Likeness.DOMAIN))
    return sorted(found, key=lambda twin: (twin.likeness != Likeness.NAME, twin.name))[:MOST]


def candidates(traeger: Traeger, domains: set[str]) -> list[Traeger]:
    """Return the Träger of the same postcode or locality, and those that use one of the domains."""
    near = [Traeger.postcode == traeger.postcode] if traeger.postcode else []
    near += [Traeger.locality == traeger.locality] if traeger.locality else []
    same = [Traeger.contact_email.iendswith(f"@{domain}", autoescape=True) for domain in domains]
    team = [
        Traeger.id.in_(
            select(Membership.traeger_id).join(User).where(User.email.iendswith(f"@{domain}", autoescape=True))
        )
        for domain in domains
    ]
    conditions = [*near, *same, *team]
    if not conditions:
        return []
    statement = select(Traeger).where(Traeger.id != traeger.id, or_(*conditions)).order_by(Traeger.name)
    return list(db.session.scalars(statement))


def plain_name(name: str) -> str:
    """Return a name without its legal form, its signs and its case."""
    return re.sub(r"[\W_]+", "", LEGAL_FORMS.sub("", name)).casefold()


def domains_of(traeger: Traeger) -> set[str]:
    """Return the mail domains of a Träger and its owners that are nobody else's."""
    owners = select(User.email).join(Membership).where(Membership.role == Role.OWNER)
    addresses = [*db.session.scalars(owners.where(Membership.traeger_id == traeger.id)), traeger.contact_email or ""]
    return {address.rpartition("@")[2].lower() for address in addresses if "@" in address} - FREEMAIL

"""What every installation starts with: the federal programmes and the umbrella associations. Data, not code."""

from collections.abc import Iterable

from sqlalchemy import select

from openday.extensions import db
from openday.models import Programme, Verband
from openday.models.words import VerbandKind
from openday.transaction import transaction

PROGRAMMES = {
    "MBE": "Migrationsberatung für erwachsene Zugewanderte",
    "JMD": "Jugendmigrationsdienste",
    "AVB": "Unabhängige Asylverfahrensberatung",
    "PSZ": "Psychosoziale Zentren für geflüchtete Menschen",
}
SPITZENVERBAENDE = ("AWO", "Caritas", "Diakonie", "DRK", "Paritätischer", "ZWST")
TRAEGERGRUPPEN = ("BAG EJSA", "BAG KJS", "IB")


@transaction
def ensure_reference_data() -> None:
    """Add programmes and Verbände to a database that has none; what people made of them is left alone."""
    if db.session.execute(select(Programme.id).limit(1)).first() is None:
        programmes_named(PROGRAMMES)
    if db.session.execute(select(Verband.id).limit(1)).first() is None:
        verbaende_named((*SPITZENVERBAENDE, *TRAEGERGRUPPEN))


def programmes_named(codes: Iterable[str]) -> dict[str, Programme]:
    """Return the programmes by their codes, new ones added to the session; inside a transaction."""
    found = {programme.code: programme for programme in db.session.scalars(select(Programme))}
    for code in codes:
        if code not in found:
            found[code] = Programme(code=code, name=PROGRAMMES.get(code, code), position=len(found))
            db.session.add(found[code])
    return found


def verbaende_named(names: Iterable[str]) -> dict[str, Verband]:
    """Return the Verbände by their names, new ones added to the session; inside a transaction."""
    found = {verband.name: verband for verband in db.session.scalars(select(Verband))}
    for name in names:
        if name not in found:
            kind = VerbandKind.VERBAND if name in SPITZENVERBAENDE else VerbandKind.TRAEGERGRUPPE
            found[name] = Verband(name=name, kind=kind)
            db.session.add(found[name])
    return found

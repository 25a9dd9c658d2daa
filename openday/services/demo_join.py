"""A Träger of the demo that has signed itself up yesterday: its first event is online and waits for the Verband."""

from datetime import time, timedelta

from sqlalchemy import select

from openday import clock
from openday.extensions import db
from openday.geo import locate_postcode
from openday.models import Event, Place, Traeger, User, Verband
from openday.models.words import Admission, EventKind, LegalRegime, PhotoRule, VerbandKind
from openday.services.event import create_event, programmes
from openday.services.event_request import NewEvent
from openday.services.join import TraegerRequest, join
from openday.services.publication import publish_event
from openday.services.scope import scope_of

NEWCOMER = "nora@haus-am-ufer.example.org"
NAME = "Haus am Ufer Chemnitz e. V."
POSTCODE = "09111"


def sign_up_newcomer() -> None:
    """Let Nora sign her Träger up and publish an event, inside the transaction of the demo."""
    user = User(email=NEWCOMER, name="Nora Ahlers", verified_at=clock.now())
    db.session.add(user)
    db.session.flush()  # the membership needs user.id
    awo = db.session.scalars(select(Verband.id).where(Verband.name == "AWO", Verband.kind == VerbandKind.VERBAND)).one()
    mbe = [one for one in programmes() if one.code == "MBE"]
    traeger_id = join(
        user.id,
        TraegerRequest(
            name=NAME,
            postcode=POSTCODE,
            locality="Chemnitz",
            region="SN",
            verband_ids=(awo,),
            programme_ids=tuple(one.id for one in mbe),
            contact_email="post@haus-am-ufer.example.org",
            contact_phone="030 23125 017",
            website="https://haus-am-ufer.example.org",
            person=user.name,
            responsible_name="Henrike Vogt",
            legal_regime=LegalRegime.DSGVO,
        ),
    )
    db.session.get_one(Traeger, traeger_id).submitted_at = clock.now() - timedelta(days=1)
    scope = scope_of(user.id)
    event_id = create_event(scope, NewEvent("Haus am Ufer öffnet die Tür", EventKind.OPEN_DAY, traeger_id))
    describe(db.session.get_one(Event, event_id))
    publish_event(scope, event_id)


def describe(event: Event) -> None:
    """Write what guests need to know."""
    latitude, longitude = locate_postcode(POSTCODE) or (None, None)
    event.summary = "Kommen Sie vorbei: Wir zeigen, wie Beratung beim Ankommen hilft."
    event.starts_on = event.campaign.starts_on
    event.start_time, event.end_time = time(10), time(14)
    event.admission = Admission.OPEN
    event.photo_rule = PhotoRule.ON_REQUEST
    event.contact_name, event.contact_phone = "Nora Ahlers", "030 23125 017"
    event.programmes = [one for one in programmes() if one.code == "MBE"]
    event.places = [
        Place(
            name="Haus am Ufer",
            street="Beispielufer 3",
            postcode=POSTCODE,
            locality="Chemnitz",
            region="SN",
            latitude=latitude,
            longitude=longitude,
        )
    ]

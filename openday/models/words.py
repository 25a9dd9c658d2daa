"""The words states and kinds are stored as. Their German names are in the forms and templates."""

from enum import StrEnum


class EventKind(StrEnum):
    """What visitors will meet."""

    OPEN_DAY = "open_day"
    TOUR = "tour"
    INFO_STAND = "info_stand"
    PANEL = "panel"
    CONTACT_TALK = "contact_talk"
    PRESS_TALK = "press_talk"
    WORKSHOP = "workshop"
    SCREENING = "screening"
    DIGITAL = "digital"
    OTHER = "other"


class EventState(StrEnum):
    """Where an event stands; ``published`` and ``cancelled`` ones have a public page, ``planned`` ones if listed."""

    DRAFT = "draft"
    PLANNED = "planned"
    PUBLISHED = "published"
    CANCELLED = "cancelled"
    WITHDRAWN = "withdrawn"


class Attendance(StrEnum):
    """schema.org eventAttendanceMode; NULL on an event without guests (postcards, a video)."""

    ONSITE = "onsite"
    HYBRID = "hybrid"
    ONLINE = "online"


class Mode(StrEnum):
    """How one party takes part."""

    ONSITE = "onsite"
    ONLINE = "online"


class Admission(StrEnum):
    """Whether one registers: no; asked for; required; only who was invited. NULL: the Träger has not said."""

    OPEN = "open"
    WELCOME = "welcome"
    REQUIRED = "required"
    INVITATION = "invitation"


class GuestKind(StrEnum):
    """Who an event is for and who books."""

    PUBLIC = "public"
    PROFESSIONAL = "professional"
    POLITICS = "politics"
    PRESS = "press"


class PoolAudience(StrEnum):
    """Whom the seats of a pool are kept for."""

    EVERYONE = "everyone"
    POLITICS = "politics"
    PRESS = "press"
    WALK_IN = "walk_in"


class AddressVisibility(StrEnum):
    """Who sees the address of a place: everybody, or only who has a confirmed booking."""

    PUBLIC = "public"
    CONFIRMED = "confirmed"


class PhotoRule(StrEnum):
    """What visitors may photograph."""

    OPEN = "open"
    ON_REQUEST = "on_request"
    NONE = "none"


class AccessFeature(StrEnum):
    """What makes a visit possible for whom."""

    STEP_FREE = "step_free"
    ACCESSIBLE_TOILET = "accessible_toilet"
    HEARING_LOOP = "hearing_loop"
    SIGN_LANGUAGE = "sign_language"
    EASY_LANGUAGE = "easy_language"
    QUIET_ROOM = "quiet_room"


class SlotState(StrEnum):
    """Whether a time takes place."""

    OPEN = "open"
    CANCELLED = "cancelled"


class BookingState(StrEnum):
    """``held`` and ``confirmed`` take seats, the others have given them back."""

    HELD = "held"
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"


SEATED_STATES = (BookingState.HELD, BookingState.CONFIRMED)


class CancelledBy(StrEnum):
    """Who gave a booking up."""

    VISITOR = "visitor"
    ORGANISER = "organiser"


class OutboxState(StrEnum):
    """``withheld`` was stopped before anybody tried; ``failed`` was refused for good or tried in vain to the end."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    WITHHELD = "withheld"


class Role(StrEnum):
    """What a membership allows at its Träger, its Verband or the whole platform."""

    OWNER = "owner"
    EDITOR = "editor"
    READER = "reader"
    COORDINATOR = "coordinator"
    ADMIN = "admin"


class VerbandKind(StrEnum):
    """An umbrella association, or a Trägergruppe beside it (BAG EJSA, BAG KJS, IB)."""

    VERBAND = "verband"
    TRAEGERGRUPPE = "traegergruppe"


class LegalRegime(StrEnum):
    """Which data protection law a Träger stands under."""

    DSGVO = "dsgvo"
    KDG = "kdg"
    DSG_EKD = "dsg_ekd"

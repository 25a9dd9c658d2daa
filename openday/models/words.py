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
    BACKGROUND_TALK = "background_talk"
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
    """``held``, ``offered`` and ``confirmed`` take seats, ``requested`` and ``waiting`` want some, the rest is over."""

    REQUESTED = "requested"
    WAITING = "waiting"
    OFFERED = "offered"
    HELD = "held"
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    DECLINED = "declined"


SEATED_STATES = (BookingState.HELD, BookingState.OFFERED, BookingState.CONFIRMED)
OPEN_STATES = (*SEATED_STATES, BookingState.REQUESTED, BookingState.WAITING)


class Awaits(StrEnum):
    """Whose turn it is before a held or requested booking is confirmed.

    ``mailbox``: the booker proves the address; ``host``: the Träger answers; ``booker``: a provisional visit is made
    certain, or one of the host's times is picked.
    """

    MAILBOX = "mailbox"
    HOST = "host"
    BOOKER = "booker"


class Confirmation(StrEnum):
    """What a booking of the public needs: nothing unless something is odd; the mailbox always; the host's yes."""

    AUTO = "auto"
    ALWAYS = "always"
    APPROVAL = "approval"


class WaitingList(StrEnum):
    """What happens with a seat that becomes free: offered for a while; booked at once; nobody waits."""

    OFFER = "offer"
    AUTOMATIC = "automatic"
    OFF = "off"


class PoliticalLevel(StrEnum):
    """Where the guest of a political visit works; never the party."""

    BUNDESTAG = "bundestag"
    LANDTAG = "landtag"
    EUROPE = "europe"
    MUNICIPAL = "municipal"
    AUTHORITY = "authority"


class YesNoOpen(StrEnum):
    """Yes, no, or not decided yet."""

    YES = "yes"
    NO = "no"
    OPEN = "open"


class MayAnnounce(StrEnum):
    """Whether a visit may be made public."""

    YES = "yes"
    ASK = "ask"
    NO = "no"


class PressProof(StrEnum):
    """What a journalist shows at the door; no number, no upload."""

    CARD = "card"
    ASSIGNMENT = "assignment"
    NEITHER = "neither"


class FieldOfWork(StrEnum):
    """Where a professional guest works."""

    COUNSELLING = "counselling"
    SCHOOL = "school"
    ADMINISTRATION = "administration"
    VOLUNTEERING = "volunteering"
    OTHER = "other"


class DayPart(StrEnum):
    """A proposed time that has no clock time."""

    MORNING = "morning"
    AFTERNOON = "afternoon"


class QuestionKind(StrEnum):
    """How an organiser's own question is answered."""

    SHORT_TEXT = "short_text"
    LONG_TEXT = "long_text"
    YES_NO = "yes_no"
    ONE_OF = "one_of"
    SEVERAL_OF = "several_of"
    NUMBER = "number"


class CancelledBy(StrEnum):
    """Who gave a booking up or turned it down."""

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
    """What a membership allows at its Träger, its Verband or Land, or the whole platform; ``door``: check-in only."""

    OWNER = "owner"
    EDITOR = "editor"
    READER = "reader"
    DOOR = "door"
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


class Review(StrEnum):
    """Where a Träger or an event stands with its Verband; the events of a ``trusted`` Träger are never asked about."""

    WAITING = "waiting"
    APPROVED = "approved"
    TRUSTED = "trusted"
    RETURNED = "returned"


class ReturnReason(StrEnum):
    """Why something was returned; words for the person go with it."""

    UNCLEAR = "unclear"
    CONTACT = "contact"
    PROTECTION = "protection"
    NOT_OURS = "not_ours"
    DUPLICATE = "duplicate"
    OTHER = "other"


class ChangedFact(StrEnum):
    """What of a public event was changed last: its days and hours, or its place."""

    DAYS = "days"
    PLACE = "place"


class TextLanguage(StrEnum):
    """The languages an event's texts are written in beside German."""

    ENGLISH = "en"
    EASY = "easy"


class SharedColumn(StrEnum):
    """What of a guest a partner of the event may get, as agreed with it; never a need, a phone number or a note."""

    NAME = "name"
    PERSONS = "persons"
    KIND = "kind"
    ORGANISATION = "organisation"
    EMAIL = "email"

"""What a person may meet. A programmer's mistake is a plain exception and becomes a 500."""

from flask_babel import lazy_gettext as _l


class OpendayWarning(UserWarning):
    """Something the tests must not let pass."""


class Refusal(Exception):
    """A request that is understood and not granted; ``code`` is stable, ``message`` is for people."""

    code = "refused"
    message = _l("Das geht leider nicht.")

    def __init__(self, message: object | None = None) -> None:
        super().__init__(self.code)
        if message is not None:
            self.message = message

    def __str__(self) -> str:
        return str(self.message)


class SlotFull(Refusal):
    """Fewer seats are free than the party needs."""

    code = "slot_full"
    message = _l("Diese Uhrzeit ist inzwischen ausgebucht.")

    def __init__(self, seats_left: int = 0) -> None:
        super().__init__()
        self.seats_left = seats_left


class BookingClosed(Refusal):
    """The registration is not open yet, closed, or the time has passed."""

    code = "booking_closed"
    message = _l("Die Anmeldung ist geschlossen.")


class EventCancelled(Refusal):
    """The event or this time of it does not take place."""

    code = "event_cancelled"
    message = _l("Dieser Termin ist abgesagt. Wir haben Ihre Angaben nicht gespeichert.")


class PartyTooLarge(Refusal):
    """More people than the event takes in one booking."""

    code = "party_too_large"

    def __init__(self, limit: int) -> None:
        super().__init__(_l("Geben Sie höchstens %(limit)s Personen ein.", limit=limit))
        self.limit = limit


class TermsNotAccepted(Refusal):
    """The event has terms that the form did not accept, or accepted as they were before."""

    code = "terms_not_accepted"
    message = _l("Die Bedingungen haben sich geändert. Lesen Sie sie noch einmal.")


class AlreadyBooked(Refusal):
    """The same form was sent before, with other content; ``token`` opens the booking it made."""

    code = "already_booked"
    message = _l("Mit diesem Formular haben Sie schon gebucht.")

    def __init__(self, token: str) -> None:
        super().__init__()
        self.token = token


class TooManyRequests(Refusal):
    """A limit was reached; ``retry_after`` is in seconds."""

    code = "too_many_requests"
    message = _l("Von Ihrem Anschluss kamen sehr viele Anfragen.")

    def __init__(self, retry_after: int) -> None:
        super().__init__()
        self.retry_after = retry_after


class NotFound(Refusal):
    """The thing does not exist, or not for this person: both look the same."""

    code = "not_found"
    message = _l("Das haben wir nicht gefunden.")


class NotAllowed(Refusal):
    """The thing may be seen, but this role may not do that with it."""

    code = "not_allowed"
    message = _l("Dafür fehlt Ihnen die Berechtigung. Fragen Sie die Person, die Ihren Träger hier verwaltet.")


class Busy(Refusal):
    """The database could not take the request in time; nothing was stored."""

    code = "busy"
    message = _l("Das hat nicht geklappt. Versuchen Sie es gleich noch einmal.")

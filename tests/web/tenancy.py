"""The table of who gets what answer from which staff route: document and test data in one."""

from collections.abc import Mapping

ROLES = (
    "anonymous", "owner", "editor", "reader", "door", "cohost", "stranger", "newcomer", "coordinator",
    "other_coordinator", "liga", "admin",
)  # fmt: skip


def row(
    own: int, *, reader: int = 403, door: int = 403, others: int = 403, stranger: int = 404, anonymous: int = 303
) -> Mapping[str, int]:
    """``own``: owner and editor. ``others``: who sees the event but does not work on it; ``liga`` by its Land."""
    return {
        "anonymous": anonymous,
        "owner": own,
        "editor": own,
        "reader": reader,
        "door": door,
        "cohost": others,
        "coordinator": others,
        "liga": others,
        "admin": others,
        "stranger": stranger,
        "newcomer": stranger,
        "other_coordinator": stranger,
    }


def team_row(owner: int, *, lesser: int = 403, anonymous: int = 303) -> Mapping[str, int]:
    """About the Träger itself: its ``owner``, the ``lesser`` roles of its team; for everybody else it is not there."""
    return {
        **everybody(404, anonymous=anonymous),
        "owner": owner,
        "editor": lesser,
        "reader": lesser,
        "door": lesser,
    }


def desk_row(own: int, *, other: int = 404, anonymous: int = 303) -> Mapping[str, int]:
    """For who may answer the Träger; ``other``: who answers other ones. For everybody else there is no such desk."""
    mine = dict.fromkeys(("coordinator", "liga", "admin"), own)
    return {**everybody(404, anonymous=anonymous), **mine, "other_coordinator": other}


def everybody(status: int, *, anonymous: int) -> Mapping[str, int]:
    return {role: anonymous if role == "anonymous" else status for role in ROLES}


SEEN = row(200, reader=200, door=200, others=200)
WORKED_ON = row(200)
GUESTS = row(200, reader=200)
DOOR = row(200, reader=200, door=200)
GUESTS_TAKEN = row(200, reader=200, anonymous=401)
SENT_EMPTY = row(422, anonymous=401)
DONE = row(303, anonymous=401)
OF_OWN_TRAEGER = {
    **everybody(422, anonymous=401),
    **dict.fromkeys(("reader", "door", "newcomer", "coordinator", "other_coordinator", "liga", "admin"), 200),
}
ASKED_FIRST = row(200, anonymous=401)

MATRIX: Mapping[tuple[str, str], Mapping[str, int]] = {
    ("account.sign_in.start", "GET"): everybody(303, anonymous=200),
    ("account.sign_in.start", "POST"): everybody(303, anonymous=400),
    ("account.sign_in.code", "GET"): everybody(303, anonymous=303),
    ("account.sign_in.code", "POST"): everybody(303, anonymous=400),
    ("account.sign_in.again", "POST"): everybody(303, anonymous=400),
    ("account.sign_in.link", "GET"): everybody(410, anonymous=410),
    ("account.sign_in.link", "POST"): everybody(410, anonymous=400),
    ("account.sign_out.end", "POST"): everybody(303, anonymous=400),
    ("account.join.start", "GET"): everybody(303, anonymous=200),
    ("account.join.start", "POST"): everybody(303, anonymous=400),
    ("account.team_invitation.show", "GET"): everybody(404, anonymous=404),
    ("account.team_invitation.show", "POST"): everybody(404, anonymous=400),
    ("console.account.edit", "GET"): everybody(200, anonymous=303),
    ("console.account.edit", "POST"): everybody(422, anonymous=401),
    ("console.traeger.show_all", "GET"): everybody(200, anonymous=303),
    ("console.traeger.begin", "GET"): everybody(200, anonymous=303),
    ("console.traeger.begin", "POST"): everybody(422, anonymous=401),
    ("console.traeger.contact", "GET"): everybody(303, anonymous=303),
    ("console.traeger.contact", "POST"): everybody(303, anonymous=401),
    ("console.traeger.responsible", "GET"): everybody(303, anonymous=303),
    ("console.traeger.responsible", "POST"): everybody(303, anonymous=401),
    ("console.traeger.show", "GET"): team_row(200, lesser=200),
    ("console.traeger.edit", "GET"): team_row(200),
    ("console.traeger.edit", "POST"): team_row(422, anonymous=401),
    ("console.traeger.resubmit", "POST"): team_row(409, anonymous=401),
    ("console.agreement.show", "GET"): team_row(200),
    ("console.agreement.show", "POST"): team_row(422, anonymous=401),
    ("console.logo.edit", "GET"): team_row(200),
    ("console.logo.edit", "POST"): team_row(422, anonymous=401),
    ("console.logo.remove", "POST"): team_row(303, anonymous=401),
    ("console.team.show", "GET"): team_row(200, lesser=200),
    ("console.team.show", "POST"): team_row(422, anonymous=401),
    ("console.team.take_back", "POST"): team_row(303, anonymous=401),
    ("console.team.remove", "GET"): team_row(200),
    ("console.team.remove", "POST"): team_row(303, anonymous=401),
    ("verband.overview.show", "GET"): desk_row(200, other=200),
    ("verband.overview.events", "GET"): desk_row(200, other=200),
    ("verband.overview.download", "GET"): desk_row(200, other=200),
    ("verband.overview.download_events", "GET"): desk_row(200, other=200),
    ("verband.broadcast.write", "GET"): desk_row(200, other=200),
    ("verband.broadcast.write", "POST"): desk_row(422, other=422, anonymous=401),
    ("verband.planning_list.read", "GET"): desk_row(200, other=200),
    ("verband.planning_list.read", "POST"): desk_row(422, other=422, anonymous=401),
    ("verband.planning_list.store", "POST"): desk_row(422, other=422, anonymous=401),
    ("verband.planning_list.blank", "GET"): desk_row(200, other=200),
    ("verband.queue.show", "GET"): desk_row(200, other=200),
    ("verband.queue.traeger", "GET"): desk_row(200),
    ("verband.queue.traeger", "POST"): desk_row(422, anonymous=401),
    ("verband.queue.withdraw", "POST"): desk_row(422, anonymous=401),
    ("verband.queue.event", "GET"): desk_row(200),
    ("verband.queue.event", "POST"): desk_row(422, anonymous=401),
    ("console.dashboard.show", "GET"): everybody(200, anonymous=303),
    ("console.event.show_all", "GET"): everybody(200, anonymous=303),
    ("console.event.create", "GET"): everybody(200, anonymous=303),
    ("console.event.create", "POST"): OF_OWN_TRAEGER,
    ("console.planning.tell", "GET"): everybody(200, anonymous=303),
    ("console.planning.tell", "POST"): OF_OWN_TRAEGER,
    ("console.event.show", "GET"): SEEN,
    ("console.event.remove", "GET"): WORKED_ON,
    ("console.event.remove", "POST"): row(409, anonymous=401),
    ("console.event_task.edit", "GET"): WORKED_ON,
    ("console.event_task.edit", "POST"): DONE,
    ("console.event_text.edit", "GET"): WORKED_ON,
    ("console.event_text.edit", "POST"): DONE,
    ("console.event_history.show", "GET"): SEEN,
    ("console.event_history.undo", "POST"): row(409, anonymous=401),
    ("console.event_host.show", "GET"): WORKED_ON,
    ("console.event_host.show", "POST"): SENT_EMPTY,
    ("console.event_host.lead", "POST"): DONE,
    ("console.event_host.remove", "POST"): row(404, anonymous=401),
    ("console.shared_list.show", "GET"): row(403),
    ("console.shared_list.export", "POST"): row(403, anonymous=401),
    ("console.event_copy.ask", "GET"): WORKED_ON,
    ("console.event_copy.ask", "POST"): DONE,
    ("console.place.add", "GET"): WORKED_ON,
    ("console.place.add", "POST"): SENT_EMPTY,
    ("console.place.edit", "GET"): WORKED_ON,
    ("console.place.edit", "POST"): DONE,
    ("console.place.remove", "POST"): ASKED_FIRST,
    ("console.slot.plan", "GET"): WORKED_ON,
    ("console.slot.plan", "POST"): SENT_EMPTY,
    ("console.slot.copy", "POST"): SENT_EMPTY,
    ("console.slot.remove", "POST"): DONE,
    ("console.seat_table.show", "GET"): WORKED_ON,
    ("console.seat_table.edit", "GET"): WORKED_ON,
    ("console.seat_table.edit", "POST"): DONE,
    ("console.event_settings.edit", "GET"): WORKED_ON,
    ("console.event_settings.edit", "POST"): DONE,
    ("console.room.edit", "GET"): WORKED_ON,
    ("console.room.edit", "POST"): DONE,
    ("console.question.show", "GET"): WORKED_ON,
    ("console.question.add", "GET"): WORKED_ON,
    ("console.question.add", "POST"): SENT_EMPTY,
    ("console.question.edit", "GET"): WORKED_ON,
    ("console.question.edit", "POST"): SENT_EMPTY,
    ("console.question.move", "POST"): DONE,
    ("console.question.remove", "GET"): WORKED_ON,
    ("console.question.remove", "POST"): DONE,
    ("console.publication.check", "GET"): WORKED_ON,
    ("console.publication.check", "POST"): DONE,
    ("console.publication.preview", "GET"): SEEN,
    ("console.publication.resubmit", "POST"): DONE,
    ("console.event_cancellation.ask", "GET"): WORKED_ON,
    ("console.event_cancellation.ask", "POST"): SENT_EMPTY,
    ("console.event_cancellation.ask_time", "GET"): WORKED_ON,
    ("console.event_cancellation.ask_time", "POST"): SENT_EMPTY,
    ("console.slot_change.move", "GET"): WORKED_ON,
    ("console.slot_change.move", "POST"): SENT_EMPTY,
    ("console.announcement.write", "GET"): row(200),
    ("console.announcement.write", "POST"): SENT_EMPTY,
    ("console.attendee_list.show", "GET"): GUESTS,
    ("console.attendee_list.export", "POST"): GUESTS_TAKEN,
    ("console.door_link.show", "GET"): DOOR,
    ("console.door_link.create", "POST"): SENT_EMPTY,
    ("console.door_link.revoke", "POST"): DONE,
    ("console.check_in.show", "GET"): DOOR,
    ("console.check_in.show", "POST"): row(422, door=422, anonymous=401),
    ("console.check_in.open_here", "POST"): row(409, door=409, anonymous=401),
    ("console.check_in.pack", "POST"): GUESTS_TAKEN,
    ("console.code.show", "GET"): row(303, reader=303, door=303, others=404),
    ("console.invitation.show", "GET"): WORKED_ON,
    ("console.invitation.show", "POST"): row(409, anonymous=401),
    ("console.visit_request.show", "GET"): GUESTS,
    ("console.visit_request.accept", "POST"): DONE,
    ("console.visit_request.offer", "POST"): SENT_EMPTY,
    ("console.visit_request.decline", "POST"): SENT_EMPTY,
    ("console.booking.cancel", "GET"): row(200),
    ("console.booking.cancel", "POST"): DONE,
}
"""What an owner, a reader, … gets for an event of Träger A; ``stranger`` is an owner at Träger B."""

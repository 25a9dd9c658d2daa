"""The mail that invites a colleague into the team of a Träger."""

from openday import wording
from openday.exports.words import TEAM_ROLES
from openday.mailing.links import link_to
from openday.mailing.phrases import greeting_name
from openday.mailing.staff_mail import Addressee, to_staff
from openday.models import OutboxMessage, TeamInvitation


def team_invited(traeger: str, inviter: str, invitation: TeamInvitation, token: str, to: Addressee) -> OutboxMessage:
    """Return the invitation; a name that looks like a link is left out, because anybody can be written to."""
    return to_staff(
        "team_invited",
        to,
        f"invitation {invitation.token_digest}",
        lambda: {
            "traeger": greeting_name(traeger),
            "traeger_in_subject": greeting_name(traeger),
            "inviter": greeting_name(inviter),
            "role": str(TEAM_ROLES[invitation.role]),
            "until": wording.moment_in_words(invitation.expires_at),
            "link": link_to("account.team_invitation.show", token=token),
        },
        expires_at=invitation.expires_at,
    )

"""Accounts of staff."""

import click

from openday.cli.application import application, quiet_logs, require_tables
from openday.cli.german import GermanGroup, Refused, Words
from openday.models.words import Role
from openday.services.account import TRAEGER_ROLES, AccountRequest, BadAccount, add_user


@click.group(cls=GermanGroup)
def user() -> None:
    """Zugänge von Trägern und Verbänden."""


@user.command()
@click.argument("email")
@click.option("--role", required=True, type=Words([role.value for role in Role]), help="owner, editor, reader …")
@click.option("--traeger", help="Name des Trägers (für owner, editor, reader); mit owner wird ein neuer angelegt.")
@click.option("--verband", help="Name des Verbands (für coordinator).")
@click.option("--name", default="", help="Name der Person.")
def add(email: str, role: str, traeger: str | None, verband: str | None, name: str) -> None:
    """Gibt einer Person eine Rolle; sie meldet sich dann mit einem Code an, der ihr gemailt wird."""
    wanted = Role(role)
    refuse_wrong_scope(wanted, traeger, verband)
    with application().app_context():
        quiet_logs()
        require_tables()
        try:
            added = add_user(AccountRequest(email, wanted, traeger or verband, name))
        except BadAccount as refusal:
            raise Refused(str(refusal)) from refusal
    if added.is_new_traeger:
        click.echo(f"Der Träger „{traeger}“ ist neu angelegt.")
    if added.is_new_user:
        click.echo("Der Zugang ist angelegt.")
    elif added.is_new_role:
        click.echo("Der Zugang bestand schon und hat die Rolle dazubekommen.")
    else:
        click.echo("Zugang und Rolle bestehen schon. Es hat sich nichts geändert.")


def refuse_wrong_scope(role: Role, traeger: str | None, verband: str | None) -> None:
    """Refuse a Träger or Verband that does not go with the role."""
    if role in TRAEGER_ROLES and verband:
        raise Refused(f"Die Rolle {role} gilt bei einem Träger: Nehmen Sie --traeger statt --verband.")
    if role is Role.COORDINATOR and traeger:
        raise Refused("Die Rolle coordinator gilt bei einem Verband: Nehmen Sie --verband statt --traeger.")
    if role is Role.ADMIN and (traeger or verband):
        raise Refused("Die Rolle admin gilt für alle: Lassen Sie --traeger und --verband weg.")

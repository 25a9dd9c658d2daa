"""Accounts of staff."""

import click

from openday.cli.application import application, quiet_logs, require_tables
from openday.cli.german import GermanGroup, Refused, Words
from openday.geo import REGIONS
from openday.models.words import Role
from openday.services.account import TRAEGER_ROLES, AccountRequest, BadAccount, add_user


@click.group(cls=GermanGroup)
def user() -> None:
    """Zugänge von Trägern und Verbänden."""


@user.command()
@click.argument("email")
@click.option("--role", required=True, type=Words([role.value for role in Role]), help="owner, editor, reader …")
@click.option("--traeger", help="Name des Trägers (owner, editor, reader, door); mit owner wird ein neuer angelegt.")
@click.option("--verband", help="Name des Verbands (für coordinator).")
@click.option("--land", type=Words(REGIONS.values()), help="Name des Landes statt eines Verbands (für coordinator).")
@click.option("--name", default="", help="Name der Person.")
def add(email: str, role: str, name: str, **scope: str | None) -> None:
    """Gibt einer Person eine Rolle; sie meldet sich dann mit einem Code an, der ihr gemailt wird."""
    wanted, named = Role(role), next(filter(None, scope.values()), None)
    refuse_wrong_scope(wanted, **scope)
    with application().app_context():
        quiet_logs()
        require_tables()
        try:
            added = add_user(AccountRequest(email, wanted, named, name))
        except BadAccount as refusal:
            raise Refused(str(refusal)) from refusal
    if added.is_new_traeger:
        click.echo(f"Der Träger „{named}“ ist neu angelegt.")
    if added.is_new_user:
        click.echo("Der Zugang ist angelegt.")
    elif added.is_new_role:
        click.echo("Der Zugang bestand schon und hat die Rolle dazubekommen.")
    else:
        click.echo("Zugang und Rolle bestehen schon. Es hat sich nichts geändert.")


def refuse_wrong_scope(role: Role, traeger: str | None, verband: str | None, land: str | None) -> None:
    """Refuse a Träger, Verband or Land that does not go with the role."""
    if verband and land:
        raise Refused("Die Rolle gilt für einen Verband oder für ein Land: Lassen Sie eines weg.")
    if role in TRAEGER_ROLES and (verband or land):
        raise Refused(f"Die Rolle {role} gilt bei einem Träger: Nehmen Sie --traeger statt --verband.")
    if role is Role.COORDINATOR and traeger:
        raise Refused("Die Rolle coordinator gilt bei einem Verband: Nehmen Sie --verband statt --traeger.")
    if role is Role.ADMIN and (traeger or verband or land):
        raise Refused("Die Rolle admin gilt für alle: Lassen Sie --traeger, --verband und --land weg.")

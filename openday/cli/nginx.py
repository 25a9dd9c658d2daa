"""The web server in front: its configuration, written for this installation."""

from urllib.parse import urlsplit

import click

from openday.cli.address import Address
from openday.cli.application import application, read_settings
from openday.cli.german import GermanCommand, Number, Refused
from openday.web.headers import CONTRACT

PORTS = {"http": 80, "https": 443}


@click.command(cls=GermanCommand)
@click.option("--host", default="127.0.0.1", help="Adresse, an der openday hört (sonst 127.0.0.1).")
@click.option("--port", default=8000, type=Number(1, 65535), help="Port, an dem openday hört (sonst 8000).")
@click.option("--certificate", help="Ordner mit fullchain.pem und privkey.pem (sonst der von certbot).")
@click.option("--cache", default="/var/cache/nginx-openday", help="Ordner für behaltene Seiten.")
@click.option("--logs", default="/var/log/nginx", help="Ordner für Protokolle.")
def nginx(host: str, port: int, certificate: str | None, cache: str, logs: str) -> None:
    """Zeigt die Konfiguration für nginx vor openday, passend zu OPENDAY_PUBLIC_URL."""
    settings = read_settings()
    url = urlsplit(settings.public_url)
    if url.hostname is None or url.scheme not in PORTS:
        raise Refused("OPENDAY_PUBLIC_URL fehlt, zum Beispiel https://offene-tuer.beispiel.de")
    page = application(settings).jinja_env.get_template("server/nginx.conf")
    click.echo(
        page.render(
            public_url=settings.public_url,
            is_secure=url.scheme == "https",
            host=url.hostname,
            port=url.port or PORTS[url.scheme],
            upstream=Address(host, port).bind,
            certificate=certificate or f"/etc/letsencrypt/live/{url.hostname}",
            cache=cache,
            logs=logs,
            contract=CONTRACT,
        )
    )

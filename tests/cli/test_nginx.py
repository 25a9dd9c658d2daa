"""What stands in front: it may keep what everybody may see, and nothing else."""

import re
import subprocess

import pytest
from click.testing import CliRunner

from openday.cli import cli
from openday.web.headers import CONTRACT
from tests.fronted import MISSING, NGINX, configuration, prepare

needs_nginx = pytest.mark.skipif(NGINX is None, reason=MISSING)
SELF_SIGNED = (
    *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"),
    *("-days", "2", "-subj", "/CN=offene-tuer.example.org", "-keyout"),
)
KEPT = re.compile(r"location ~ (\^\(/en\)\?\S+) \{")


@needs_nginx
@pytest.mark.parametrize("url", ["http://127.0.0.1:8043", "https://offene-tuer.example.org"])
def test_nginx_takes_the_configuration(tmp_path, url):
    certificate = tmp_path / "certificate"
    certificate.mkdir()
    subprocess.run([*SELF_SIGNED, certificate / "privkey.pem", "-out", certificate / "fullchain.pem"], check=True)
    places = ("--certificate", str(certificate), "--cache", str(tmp_path / "cache"), "--logs", str(tmp_path))
    command = prepare(tmp_path / "nginx", configuration(url, *places))

    checked = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)

    assert "syntax is ok" in checked.stderr, checked.stderr  # whether its ports are free is another matter
    assert "[warn]" not in checked.stderr


def test_only_paths_without_a_secret_are_ever_kept(migrated_app):
    kept = re.compile(KEPT.search(configuration("https://offene-tuer.example.org"))[1])
    paths = {re.sub(r"<[^>]+>", "abc-1", rule.rule) for rule in migrated_app.url_map.iter_rules()}

    found = {path for path in paths if kept.search(path)}

    assert found == {"/", "/termine", "/t/abc-1", "/en/", "/en/termine", "/en/t/abc-1"}


def test_what_nginx_says_itself_carries_the_headers_of_the_house():
    busy = configuration("https://offene-tuer.example.org").partition("location @busy")[2]

    assert [name for name, value in CONTRACT.items() if f'add_header {name} "{value}" always;' not in busy] == []


def test_without_a_public_url_nothing_is_printed():
    refused = CliRunner().invoke(cli, ["nginx"], env={"OPENDAY_PUBLIC_URL": ""})

    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "OPENDAY_PUBLIC_URL" in refused.stderr

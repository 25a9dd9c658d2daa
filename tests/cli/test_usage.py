"""A wrong call gets a German sentence and exit code 2; help is German."""

import os
from pathlib import Path

import pytest

from openday.cli import cli, main
from tests.conftest import TEST_KEY


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[object, str, str]:
    with pytest.raises(SystemExit) as end:
        main(list(arguments))
    captured = capsys.readouterr()
    return end.value.code, captured.out, captured.err


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (["fliegen"], "Den Befehl „fliegen“ gibt es nicht."),
        (["demo", "--prot", "1"], "Die Option „--prot“ gibt es nicht."),
        (["demo", "--port", "viele"], "--port: „viele“ ist keine Zahl von 0 bis 65535."),
        (["demo", "--port", "65536"], "--port: „65536“ ist keine Zahl von 0 bis 65535."),
        (["demo", "--port"], "Die Option „--port“ ist nicht richtig angegeben."),
        (["demo", "--fresh=ja"], "Die Option „--fresh“ ist nicht richtig angegeben."),
        (["demo", "bitte"], "Der Aufruf hat mehr Angaben als erwartet."),
        (["serve", "--workers", "0"], "--workers: „0“ ist keine Zahl von 1 bis 64."),
        (["user", "add"], "Es fehlt: EMAIL."),
        (["user", "add", "a@example.org"], "Es fehlt: --role."),
        (["user", "add", "a@example.org", "--role", "king"], "--role: „king“ gibt es nicht. Möglich: owner, editor"),
        (["user", "add", "a@example.org", "--role", "owner", "--verband", "AWO"], "Nehmen Sie --traeger"),
        (["user", "add", "a@example.org", "--role", "coordinator", "--traeger", "X"], "Nehmen Sie --verband"),
        (["user", "add", "a@example.org", "--role", "admin", "--verband", "AWO"], "Lassen Sie --traeger"),
        (["user", "add", "a@example.org", "--role", "door", "--land", "Sachsen"], "Nehmen Sie --traeger"),
        (["user", "add", "a@example.org", "--role", "coordinator", "--land", "Atlantis"], "Möglich: Baden-Württemberg"),
        (
            ["user", "add", "a@example.org", "--role", "coordinator", "--land", "Sachsen", "--verband", "AWO"],
            "Lassen Sie eines weg",
        ),
        (["import", "activities"], "Es fehlt: DATEI."),
        (["import", "activities", "x.csv", "--year", "24"], "--year: „24“ ist keine Zahl von 2000 bis 2999."),
    ],
)
def test_a_wrong_call_is_answered_in_german_with_code_2(capsys, call, sentence):
    code, out, err = said(capsys, *call)

    assert (code, out) == (2, "")
    assert sentence in err
    assert "Error" not in err


@pytest.mark.parametrize("call", [[], *([name] for name in cli.commands), ["user", "add"], ["import", "activities"]])
def test_help_is_german(capsys, call):
    code, out, _err = said(capsys, *call, "--help")

    assert code == 0
    assert out.startswith("Aufruf: openday")
    for word in ("Usage", "Options", "Commands", "Show this message", "Error"):
        assert word not in out


def test_no_command_shows_the_help(capsys):
    code, _out, err = said(capsys)

    assert code == 2
    assert "demo" in err


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    """An environment in which nothing of openday's is set but its folder."""
    for name in [*os.environ]:
        if name.startswith("OPENDAY_") or name == "FLASK_DEBUG":
            monkeypatch.delenv(name)
    monkeypatch.setenv("OPENDAY_INSTANCE_PATH", str(tmp_path / "instance"))
    return monkeypatch


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({}, "OPENDAY_SECRET_KEY"),
        ({"OPENDAY_SECRET_KEY": "change-me-change-me-change-me-change-me"}, "OPENDAY_SECRET_KEY"),
        ({"OPENDAY_SECRET_KEY": TEST_KEY}, "OPENDAY_PUBLIC_URL"),
        ({"OPENDAY_SECRET_KEY": TEST_KEY, "OPENDAY_PUBLIC_URL": "http://beispiel.de"}, "https://"),
        ({"OPENDAY_SECRET_KEY": TEST_KEY, "OPENDAY_PUBLIC_URL": "https://beispiel.de", "FLASK_DEBUG": "1"}, "Debug"),
        ({"OPENDAY_MAIL_PORT": "viele"}, "OPENDAY_MAIL_PORT"),
        ({"OPENDAY_MODE": "spielen"}, "OPENDAY_MODE"),
    ],
)
@pytest.mark.parametrize("command", ["serve", "worker", "doctor"])
def test_unsafe_settings_are_refused_with_what_to_do(bare, capsys, command, variables, words):
    for name, value in variables.items():
        bare.setenv(name, value)

    code, out, err = said(capsys, command)

    assert code == 2 or (code, command) == (1, "doctor")
    assert words in out + err


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("keine-adresse", "OPENDAY_DATABASE_URL"),
        ("mysql://localhost/x", "OPENDAY_DATABASE_URL"),
        ("postgresql://127.0.0.1:9/nichts", "antwortet nicht"),
        ("sqlite:////gibt/es/nicht/openday.sqlite", "antwortet nicht"),
    ],
)
@pytest.mark.parametrize(
    "call", [("check",), ("db", "upgrade"), ("doctor",), ("user", "add", "a@b.de", "--role", "admin")]
)
def test_a_database_that_is_not_there_is_named(bare, capsys, call, url, words):
    bare.setenv("OPENDAY_DATABASE_URL", url)

    code, out, err = said(capsys, *call)

    assert code == (1 if call == ("doctor",) else 2)
    assert words in out + err


def test_doctor_is_content_with_a_complete_installation_and_changes_nothing(bare, capsys, tmp_path):
    for name, value in {
        "SECRET_KEY": TEST_KEY,
        "PUBLIC_URL": "https://offene-tuer.example.org",
        "MAIL_SERVER": "mail.example.org",
        "MAIL_SENDER": "openday@example.org",
    }.items():
        bare.setenv(f"OPENDAY_{name}", value)

    code, out, _err = said(capsys, "doctor")

    assert code == 0
    assert "Nächster Schritt: openday serve" in out
    assert TEST_KEY not in out
    assert list(tmp_path.rglob("*.sqlite*")) == []

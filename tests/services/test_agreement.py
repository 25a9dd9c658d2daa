"""The processing agreement: a text for each law, its version stored, asked for anew when it no longer holds."""

import pytest
from flask import Flask

from openday.errors import NotAllowed, NotFound
from openday.extensions import db
from openday.models import Traeger
from openday.models.words import LegalRegime, Role
from openday.services import agreement
from openday.services.agreement import FOR_ALL_LAWS, NewerVersion, accept_agreement, due_for, is_due
from openday.services.scope import scope_of
from tests.factories import make_traeger, make_user


def fresh(traeger: Traeger) -> Traeger:
    return db.session.get_one(Traeger, traeger.id, populate_existing=True)


@pytest.mark.parametrize("regime", LegalRegime)
def test_the_owner_accepts_the_text_of_the_law_the_traeger_stands_under(app: Flask, regime) -> None:
    traeger = make_traeger(legal_regime=regime)
    owner = make_user(traeger)
    assert due_for(scope_of(owner.id)) == [traeger]

    accept_agreement(scope_of(owner.id), traeger.id, agreement.current_version(regime))

    assert due_for(scope_of(owner.id)) == []
    stored = fresh(traeger)
    assert stored.agreement_version.startswith(regime.replace("_", "-"))
    assert stored.agreement_accepted_by == owner.id


def test_a_text_that_was_not_the_one_read_is_not_accepted(app: Flask) -> None:
    traeger = make_traeger(legal_regime=LegalRegime.KDG)
    owner = make_user(traeger)

    for version in ("dsgvo-2026-1", FOR_ALL_LAWS, ""):
        with pytest.raises(NewerVersion):
            accept_agreement(scope_of(owner.id), traeger.id, version)

    assert fresh(traeger).agreement_version is None


def test_only_owners_are_asked_and_answer(app: Flask) -> None:
    traeger = make_traeger()
    editor, stranger = make_user(traeger, role=Role.EDITOR), make_user(make_traeger())

    assert due_for(scope_of(editor.id)) == []
    with pytest.raises(NotAllowed):
        accept_agreement(scope_of(editor.id), traeger.id, "dsgvo-2026-1")
    with pytest.raises(NotFound):
        accept_agreement(scope_of(stranger.id), traeger.id, "dsgvo-2026-1")


def test_what_was_accepted_holds_until_its_version_is_taken_out_or_the_law_changes(app: Flask, monkeypatch) -> None:
    early = make_traeger(agreement_version=FOR_ALL_LAWS, legal_regime=LegalRegime.KDG)
    now = make_traeger(agreement_version="dsgvo-2026-1")
    moved = make_traeger(agreement_version="dsgvo-2026-1", legal_regime=LegalRegime.DSG_EKD)

    assert [is_due(one) for one in (early, now, moved)] == [False, False, True]
    monkeypatch.setattr(agreement, "ACCEPTED", dict.fromkeys(LegalRegime, ("neu-2027-1",)))
    assert [is_due(one) for one in (early, now, moved)] == [True, True, True]

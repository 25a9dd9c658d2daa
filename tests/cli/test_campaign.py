"""The operator sets the frame of an Aktionswoche."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from openday.cli.campaign import Day
from openday.extensions import db
from openday.models import Campaign
from openday.services.campaign import BadWeek, CampaignFrame, set_campaign
from tests.cli.commands import openday


def test_the_week_is_made_and_then_changed(app):
    set_campaign(CampaignFrame(2027, starts_on=date(2027, 9, 13), ends_on=date(2027, 9, 17)))
    set_campaign(CampaignFrame(2027, name="Aktionswoche der Migrationsfachdienste"))

    campaign = db.session.scalars(select(Campaign)).one()
    assert (campaign.name, campaign.starts_on) == ("Aktionswoche der Migrationsfachdienste", date(2027, 9, 13))
    assert campaign.version > 1


def test_days_out_of_order_change_nothing(app):
    with pytest.raises(BadWeek):
        set_campaign(CampaignFrame(2027, starts_on=date(2027, 9, 17), ends_on=date(2027, 9, 13)))

    assert db.session.scalars(select(Campaign)).all() == []


def test_the_command_says_the_week_in_words(tmp_path: Path) -> None:
    here = {"OPENDAY_INSTANCE_PATH": str(tmp_path)}
    openday("db", "upgrade", **here)

    done = openday("campaign", "2027", "--from", "13.09.2027", "--to", "2027-09-17", **here)
    wrong = openday("campaign", "2027", "--from", "morgen", **here)

    assert done.stdout.replace("\u00a0", " ") == "Aktionswoche 2027: 13. bis 17. September 2027\n"
    assert wrong.returncode == 2
    assert "„morgen“ ist kein Tag" in wrong.stderr


def test_both_ways_to_write_a_day() -> None:
    assert Day().convert("16.09.2027", None, None) == Day().convert("2027-09-16", None, None) == date(2027, 9, 16)

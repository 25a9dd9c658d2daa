"""What a Träger reads before it takes part."""

import pytest

ARTICLES = {
    "dsgvo-2026-1": ("Art.\xa028 DSGVO", "Aufsicht Ihres Bundeslands"),
    "kdg-2026-1": ("§\xa029 KDG", "Aufsicht Ihres Bistums"),
    "dsg-ekd-2026-1": ("§\xa030 DSG-EKD", "Aufsicht der Evangelischen Kirche"),
}


@pytest.mark.parametrize("version", ARTICLES)
def test_each_law_has_its_own_text_with_its_articles_and_its_supervision(client, version):
    assert f"/mitmachen/vereinbarung/{version}" in client.get("/mitmachen/vereinbarung").text

    page = client.get(f"/mitmachen/vereinbarung/{version}").text

    basis, supervision = ARTICLES[version]
    assert f"Grundlage ist {basis}." in page
    assert supervision.removeprefix("Aufsicht") in page
    others = {law for other, (law, _words) in ARTICLES.items() if other != version}
    assert [law for law in others if law in page] == []


def test_the_first_text_stays_readable_and_no_other_is_made_up(client):
    assert "Art. 28 DSGVO, für katholische Träger § 29 KDG" in client.get("/mitmachen/vereinbarung/2026-11").text
    assert client.get("/mitmachen/vereinbarung/kdg-2031-1").status_code == 404

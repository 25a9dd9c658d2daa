"""The templates' links are those Flask builds."""

import pytest
from werkzeug.routing import BuildError

from openday.web.kept_links import kept_links

WORDS = ["termin-1", "xY_-09", "de", "en", "a/b", "ä ?", "K7M-4PXQ", "0-stand-in-0", ""]


def built(url_for, endpoint, values):
    """Return a link, or what is wrong with it."""
    try:
        return url_for(endpoint, **values)
    except (BuildError, ValueError) as error:
        return type(error)


@pytest.mark.parametrize("path", ["/termine", "/en/termine"])
@pytest.mark.parametrize("root", ["", "/unter"])
def test_every_link_is_the_one_flask_builds(app, path, root):
    url_for = kept_links(app)
    names = ["language", "_anchor", "seite"]
    cases = [{}] + [{name: word} for name in names for word in WORDS]
    compared = 0

    with app.test_request_context(path, environ_overrides={"SCRIPT_NAME": root}):
        app.preprocess_request()
        for rule in app.url_map.iter_rules():
            own = [{name: word} for name in rule.arguments for word in (*WORDS, 7)]
            for values in (*cases, *own, {"slug": "a", "seite": "b"}):
                expected = built(app.url_for, rule.endpoint, values)
                assert built(url_for, rule.endpoint, values) == expected, (rule.endpoint, values)
                assert built(url_for, rule.endpoint, values) == expected  # the kept one
                compared += isinstance(expected, str)

    assert compared > 1_000


def test_a_link_stays_in_the_language_of_the_page(app):
    url_for = kept_links(app)
    found = []
    for path in ("/termine", "/en/termine", "/termine"):
        with app.test_request_context(path):
            app.preprocess_request()
            found.append((url_for("public.event.show", slug="eins"), url_for("public.home.show")))

    assert found == [("/t/eins", "/"), ("/en/t/eins", "/en/"), ("/t/eins", "/")]


def test_what_leads_nowhere_says_so_each_time(app):
    url_for = kept_links(app)
    with app.test_request_context("/termine"):
        for _time in range(2):
            with pytest.raises(KeyError):
                url_for("public.nowhere", token="abc")

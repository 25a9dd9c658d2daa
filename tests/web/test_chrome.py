"""What the frame of every page does to its words."""

from flask import Flask, render_template_string
from flask_babel import force_locale

PEOPLE = "{{ ngettext('%(num)s Person', '%(num)s Personen', count) }}"


def test_thousands_are_set_apart_as_the_language_does(app: Flask) -> None:
    with app.test_request_context():
        assert render_template_string(PEOPLE, count=1) == "1 Person"
        assert render_template_string(PEOPLE, count=1250) == "1.250 Personen"
        with force_locale("en"):
            assert render_template_string(PEOPLE, count=1250) == "1,250 people"

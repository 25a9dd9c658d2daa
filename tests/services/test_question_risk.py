"""A question that asks for what a guest list must not hold is noticed; one that only begins alike is not."""

import pytest

from openday.services.question_risk import Risk, risks_in


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Welche Allergien haben Sie?", (Risk.HEALTH,)),
        ("Woher kommen Sie?", (Risk.ORIGIN,)),
        ("Woher?", (Risk.ORIGIN,)),
        ("Welche Staats\u00adangehörigkeit haben Sie?", (Risk.ORIGIN,)),
        ("Welche Religion haben Sie?", (Risk.RELIGION,)),
        ("Haben Sie eine Duldung?", (Risk.STATUS,)),
        ("In welcher Partei sind Sie?", (Risk.PARTY,)),
        ("Woher kennen Sie uns?", ()),
        ("Woher wissen Sie von diesem Termin?", ()),
        ("Kommen Sie mit dem Rad, und wie viele sind Sie?", ()),
    ],
)
def test_what_a_question_asks_for(question: str, expected: tuple[Risk, ...]) -> None:
    assert risks_in(question) == expected

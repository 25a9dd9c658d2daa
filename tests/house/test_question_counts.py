"""Own questions fit into the budget of a booking, however many they are."""

from tests.factories import make_question
from tests.house.test_statement_counts import LIMITS, NONCE, asked, crowded_event


def counts_with(client, questions: int) -> dict[str, int]:
    event, slot = crowded_event(others=3, slots=3, bookings=3)
    names = [f"frage_{make_question(event, label=f'Frage {number}').id}" for number in range(questions)]
    path = f"/t/{event.slug}/buchen?slot={slot.id}"
    form, of_form = asked(client, "GET", path)
    fields = {"name": "Ayşe Kaya", "email": "a@example.org", "party_size": "2", "nonce": NONCE.search(form.text)[1]}
    booked, of_booking = asked(client, "POST", path, data=fields | dict.fromkeys(names, "Antwort"))
    own, of_own_page = asked(client, "GET", booked.headers["Location"])
    assert own.text.count("Antwort") >= questions
    return {"form": of_form, "booking": of_booking, "own page": of_own_page}


def test_twelve_questions_cost_no_more_than_one(client):
    one, twelve = counts_with(client, 1), counts_with(client, 12)

    assert one == twelve
    assert {step: count for step, count in twelve.items() if count > LIMITS[step]} == {}

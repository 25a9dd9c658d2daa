"""Own questions in the demo: one that decides about the next, one of several answers, a number."""

from openday.extensions import db
from openday.models import Question
from openday.models.words import QuestionKind, YesNoOpen
from openday.services.demo_visits import event_with
from openday.transaction import transaction

TOUR = "morgen-schon-fuehrung-in-leipzig"


@transaction
def ask_questions() -> None:
    """Ask what a house asks before it cooks."""
    event = event_with(TOUR)
    eats = Question(
        event_id=event.id,
        position=0,
        kind=QuestionKind.YES_NO,
        label="Bleiben Sie nach der Führung zum Essen?",
        purpose="damit es für alle reicht",
    )
    db.session.add(eats)
    db.session.flush()  # the next question depends on its id
    db.session.add_all(
        [
            Question(
                event_id=event.id,
                position=1,
                kind=QuestionKind.SEVERAL_OF,
                label="Was essen Sie gern?",
                options="Linsensuppe\nSalat\nKuchen",
                purpose="für den Einkauf",
                keep_days=3,
                shown_if_id=eats.id,
                shown_if_answer=YesNoOpen.YES.value,
            ),
            Question(
                event_id=event.id,
                position=2,
                kind=QuestionKind.NUMBER,
                label="Wie viele Kinder kommen mit?",
                hint="Für sie gibt es eine eigene Ecke.",
                purpose="damit jemand mit ihnen spielt",
            ),
        ]
    )

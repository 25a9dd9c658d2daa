"""What an event says in English and in Leichte Sprache, beside its German texts."""

from dataclasses import dataclass

import structlog
from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select

from openday import clock
from openday.errors import Refusal
from openday.extensions import db
from openday.models import AuditEntry, Event, EventChange, EventText
from openday.models.words import TextLanguage
from openday.services.event import note_change, told_facts
from openday.services.event_history import TEXTS, last_text_change, note_texts, texts_of
from openday.services.scope import Scope, editable_event
from openday.transaction import transaction

log = structlog.get_logger()


class NothingToUndo(Refusal):
    """Somebody changed the text again, or took the change back already."""

    code = "nothing_to_undo"
    message = _l("Der Text wurde inzwischen wieder geändert. Es gibt nichts zurückzunehmen.")


@dataclass(frozen=True)
class TextRequest:
    """The texts in one language; an empty one is none."""

    title: str
    summary: str
    description: str


@transaction
def save_text(scope: Scope, event_id: int, language: TextLanguage, request: TextRequest) -> None:
    """Store the texts of one language, or take them away when nothing is left of them.

    Raises ``NotFound``, ``NotAllowed``, ``EventCancelled``.
    """
    event = editable_event(scope, event_id)
    before, told = texts_of(event, language), told_facts(event)
    db.session.execute(delete(EventText).where(EventText.event_id == event.id, EventText.language == language))
    db.session.expire(event, ["texts"])
    if request.title or request.summary or request.description:
        db.session.add(
            EventText(
                event_id=event.id,
                language=language,
                title=request.title,
                summary=request.summary,
                description=request.description,
            )
        )
    db.session.flush()  # the history compares what is stored now
    note_texts(event, language, before, scope.user_id)
    note_change(event, told)
    db.session.add(
        AuditEntry(
            action="edited", actor_id=scope.user_id, object_type="event", object_id=event.id, detail=f"text {language}"
        )
    )
    log.info("event text changed", event_id=event.id, language=language)


def text_in(event: Event, language: TextLanguage) -> EventText | None:
    """Return the texts of an event in a language, None where nobody has written any."""
    return next((text for text in event.texts if text.language is language), None)


@transaction
def undo_text(scope: Scope, event_id: int, change_id: int) -> None:
    """Put the words back that the last change of a text replaced; raises ``NothingToUndo`` when it is not the last."""
    event = editable_event(scope, event_id)
    change = last_text_change(
        db.session.scalars(
            select(EventChange)
            .where(EventChange.event_id == event.id, EventChange.fact.in_(TEXTS))
            .order_by(EventChange.changed_at.desc(), EventChange.id.desc())
        ).all()
    )
    if change is None or change.id != change_id:
        raise NothingToUndo
    told = told_facts(event)
    if change.language is None:
        setattr(event, change.fact, change.before)
    else:
        put_back(event, change.language, change.fact, change.before or "")
    change.undone_at = clock.now()
    note_change(event, told)
    log.info("event text put back", event_id=event.id)


def put_back(event: Event, language: TextLanguage, fact: str, words: str) -> None:
    """Set one text of another language to what it was, also where all of them are gone by now."""
    text = text_in(event, language)
    if text is None:
        text = EventText(language=language, title="")
        event.texts.append(text)
    setattr(text, fact, words)
    if not (text.title or text.summary or text.description):
        event.texts.remove(text)

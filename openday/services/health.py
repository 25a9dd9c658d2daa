"""Whether this installation can take a booking right now."""

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from openday.extensions import db
from openday.models import Campaign


def is_ready() -> bool:
    """Whether the database answers and has its tables."""
    try:
        db.session.execute(select(Campaign.id).limit(1)).first()
    except SQLAlchemyError:
        db.session.rollback()
        return False
    return True

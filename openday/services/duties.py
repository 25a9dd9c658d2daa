"""What the worker does again and again beside sending mail: whatever happens because time goes by."""

from collections.abc import Callable
from datetime import datetime

import structlog

from openday import clock
from openday.services.availability import recount_due
from openday.services.escalation import escalate_due
from openday.services.expiry import expire_holds
from openday.services.house_news import send_digests, send_numbers
from openday.services.join import close_unused_accounts
from openday.services.listing_change import forget_changes
from openday.services.lost_link import answer_lost_links
from openday.services.reminder import remind_guests
from openday.services.visit_reminder import remind_offices, remind_provisional
from openday.services.waiting_list import serve_due
from openday.services.waiting_offer import end_waits, lapse_offers

log = structlog.get_logger()

Duty = Callable[[datetime], int]
"""Does what is due at an instant, in transactions of its own, and returns how much it did; again changes nothing."""

DUTIES: tuple[Duty, ...] = (
    expire_holds,
    lapse_offers,
    end_waits,
    serve_due,
    recount_due,
    answer_lost_links,
    remind_guests,
    remind_offices,
    remind_provisional,
    send_digests,
    send_numbers,
    escalate_due,
    close_unused_accounts,
    forget_changes,
)


def do_duties() -> int:
    """Do every duty; one that fails is logged and keeps none of the others from being done."""
    done = 0
    for duty in DUTIES:
        try:
            done += duty(clock.now())
        except Exception:
            log.exception("duty failed", duty=duty.__name__)
    return done

"""How often one network may ask; counted in the database, so that every worker counts the same."""

import hashlib
import hmac
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from ipaddress import ip_network
from typing import Any

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import Storage
from sqlalchemy import Float, Integer, bindparam, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql import case

from openday import clock
from openday.errors import Busy, TooManyRequests
from openday.extensions import db
from openday.models import RateCounter
from openday.settings import current_settings
from openday.transaction import connection, transaction

BOOKINGS = RateLimitItemPerMinute(200, 10, namespace="booking")
CORRECTIONS = RateLimitItemPerMinute(10, 60, namespace="correction")
DOOR_TAPS = RateLimitItemPerMinute(1200, 10, namespace="door_taps")
CHANGES = RateLimitItemPerMinute(20, 60, namespace="change")
LOST_LINKS = RateLimitItemPerMinute(20, 60, namespace="lost_link")
SIGN_INS = RateLimitItemPerMinute(60, 60, namespace="sign_in")
CODES_PER_ACCOUNT = RateLimitItemPerMinute(20, 60, namespace="sign_in_account")
JOININGS = RateLimitItemPerMinute(10, 60, namespace="joining")
INVITATIONS = RateLimitItemPerMinute(30, 60, namespace="team_invitation")
UPLOADS = RateLimitItemPerMinute(20, 60, namespace="upload")
CODE_CHECKS = RateLimitItemPerMinute(5, 5, namespace="code_check")
CODE_CHECKS_PER_HOUR = RateLimitItemPerMinute(20, 60, namespace="code_check_hour")

SUSPICIOUS = 0.5  # of what one network may do: the next ones prove their mailbox


@dataclass(frozen=True)
class Caller:
    """Whoever is asking, known only by the HMAC of its /24 or /56 network."""

    key: str

    @classmethod
    def at(cls, address: str) -> "Caller":
        """Return the caller behind an IP address; an unreadable one shares a single bucket."""
        try:
            network = str(ip_network(f"{address}/{56 if ':' in address else 24}", strict=False))
        except ValueError:
            network = "unknown"
        return cls.known_as(network)

    @classmethod
    def known_as(cls, text: str) -> "Caller":
        """Return a caller named by any text, a mail address for example, that is not kept."""
        mac = hmac.new(current_settings().signing_key().encode(), f"rate:{text}".encode(), hashlib.sha256)
        return cls(mac.hexdigest()[:32])


def counted(insert: Any) -> Any:
    """Return the statement that counts a hit; a window that is over begins anew."""
    is_over = RateCounter.expires_at <= bindparam("now")
    more, end = bindparam("more", type_=Integer), bindparam("end", type_=Float)
    return (
        insert(RateCounter)
        .values(key=bindparam("name"), hits=more, expires_at=end)
        .on_conflict_do_update(
            index_elements=[RateCounter.key],
            set_={
                "hits": case((is_over, more), else_=RateCounter.hits + more),
                "expires_at": case((is_over, end), else_=RateCounter.expires_at),
            },
        )
        .returning(RateCounter.hits)
    )


HITS = select(RateCounter.hits).where(
    RateCounter.key == bindparam("name"), RateCounter.expires_at > bindparam("now", type_=Float)
)
COUNTED = {"sqlite": counted(sqlite.insert), "postgresql": counted(postgresql.insert)}


class SqlStorage(Storage):
    """Fixed windows in the table ``rate_counters``, one atomic statement a hit."""

    @property
    def base_exceptions(self) -> type[Exception]:
        """Nothing is swallowed: a limit that can't be counted must not pass silently."""
        return Exception

    @transaction
    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count a hit and return the hits of the running window; an expired window starts anew."""
        now = clock.now().timestamp()
        hit = {"name": key, "more": amount, "now": now, "end": now + expiry}
        return int(connection().execute(COUNTED[connection().dialect.name], hit).scalar_one())

    def get(self, key: str) -> int:
        """Return the hits of the running window."""
        return int(db.session.scalar(HITS, {"name": key, "now": clock.now().timestamp()}) or 0)

    def get_expiry(self, key: str) -> float:
        """Return the end of the window in epoch seconds."""
        return float(self._read(select(RateCounter.expires_at).where(RateCounter.key == key)) or 0)

    def check(self) -> bool:
        """Whether the database answers."""
        return bool(self._read(select(1)) == 1)

    @transaction
    def reset(self) -> int | None:
        """Forget every counter."""
        return len(db.session.scalars(delete(RateCounter).returning(RateCounter.key)).all())

    @transaction
    def clear(self, key: str) -> None:
        """Forget one counter."""
        db.session.execute(delete(RateCounter).where(RateCounter.key == key))

    def _read(self, statement: Any) -> Any:
        return db.session.scalar(statement)


def spend(limit: RateLimitItem, caller: Caller) -> float:
    """Count one request and return how much of the window is used, 1.0 for all of it.

    Raises :class:`TooManyRequests` with the seconds to wait when it is used up.
    """
    if not current_settings().has_rate_limits:
        return 0.0
    storage, key = SqlStorage(), limit.key_for(caller.key)
    used = storage.incr(key, limit.get_expiry()) / limit.amount
    if used > 1:
        raise TooManyRequests(max(1, round(storage.get_expiry(key) - clock.now().timestamp())))
    return used


@dataclass
class Hit:
    """A request that counts once, whatever comes of it; ``used`` is the share of the window with it, so far as known.

    ``is_kept``: it was counted for good.
    """

    limit: RateLimitItem
    caller: Caller
    used: float = 0.0
    is_kept: bool = False

    @property
    def key(self) -> str:
        """The name of its counter."""
        return str(self.limit.key_for(self.caller.key))

    @property
    def is_suspicious(self) -> bool:
        """Whether a lot came from there."""
        return self.used > SUSPICIOUS

    def expect(self, hits: int | None) -> None:
        """Learn how many there were before it; raises :class:`TooManyRequests` when they were too many already."""
        self.used = ((hits or 0) + 1) / self.limit.amount
        if self.used > 1:
            self.keep()

    def count(self) -> None:
        """Count it in the running transaction, if that is committed; raises :class:`TooManyRequests`."""
        if not self.is_kept:
            self.used = spend(self.limit, self.caller)

    def keep(self) -> None:
        """Count it in a transaction of its own unless it was with another; raises :class:`TooManyRequests`."""
        try:
            self.count()
        finally:
            self.is_kept = True


@contextmanager
def counting(limit: RateLimitItem, caller: Caller) -> Iterator[Hit]:
    """Count one request with what it stores, or by itself where nothing is stored: two commits take twice as long."""
    hit = Hit(limit, caller)
    try:
        yield hit
    except Busy:
        raise  # nor would there be time to count it
    except Exception:
        hit.keep()
        raise
    hit.keep()

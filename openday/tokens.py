"""Secrets that travel in links and forms. The database keeps only their SHA-256."""

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass

from itsdangerous import BadSignature, SignatureExpired, URLSafeTimedSerializer

REFERENCE_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # no 0/O, 1/I: read out on the phone
LETTER_OF_BYTE = REFERENCE_ALPHABET.encode() * 8  # each of the 32 stands for as many of the 256 as any other


def new_token() -> str:
    """Return 160 random bits as 27 URL-safe characters."""
    return secrets.token_urlsafe(20)


def digest(token: str) -> str:
    """Return the SHA-256 under which a token is stored and looked up (64 hex digits)."""
    return hashlib.sha256(token.encode()).hexdigest()


def derived_token(secret_key: str, purpose: str, seed: str) -> str:
    """Return 160 bits only this server can compute from ``seed``: a repeated form gives the same link again."""
    mac = hmac.new(secret_key.encode(), f"{purpose}:{seed}".encode(), hashlib.sha256).digest()
    return urlsafe_b64encode(mac[:20]).decode().rstrip("=")


def sign_receipt(secret_key: str, seed: str) -> str:
    """Return a token that anybody may see: it proves only that a form with that seed was sent here."""
    value = derived_token(secret_key, "receipt", seed)[:12]
    return value + derived_token(secret_key, "receipt-proof", value)


def is_receipt(secret_key: str, token: str) -> bool:
    """Whether :func:`sign_receipt` made the token."""
    value, proof = token[:12], token[12:]
    return hmac.compare_digest(proof.encode(), derived_token(secret_key, "receipt-proof", value).encode())


def new_reference() -> str:
    """Return a booking number such as ``K7M-4PXQ`` for reading aloud; it authorises nothing."""
    letters = secrets.token_bytes(7).translate(LETTER_OF_BYTE).decode()
    return f"{letters[:3]}-{letters[3:]}"


@dataclass(frozen=True)
class Nonce:
    """A form's own number; ``is_stale`` when the page was open for longer than asked."""

    value: str
    is_stale: bool = False


def sign_nonce(secret_key: str, purpose: str) -> str:
    """Return a fresh signed number for one rendering of a public form."""
    return URLSafeTimedSerializer(secret_key, salt=f"nonce:{purpose}").dumps(secrets.token_urlsafe(12))


def read_nonce(secret_key: str, purpose: str, signed: str, max_age: int = 86_400) -> Nonce | None:
    """Return the number of a form sent back within ``max_age`` seconds, stale after that, None when forged."""
    serializer = URLSafeTimedSerializer(secret_key, salt=f"nonce:{purpose}")
    try:
        return Nonce(serializer.loads(signed, max_age=max_age))
    except SignatureExpired as expired:
        return Nonce(serializer.load_payload(expired.payload), is_stale=True) if expired.payload else None
    except BadSignature:
        return None

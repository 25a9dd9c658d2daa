"""The link „nie wieder“ in mails nobody may have asked for. Nothing about the address can be read from it."""

import hmac

from openday import tokens
from openday.mailing.links import link_to
from openday.settings import current_settings

DIGEST_LENGTH = 27  # characters of a derived token


def address_digest(email: str) -> str:
    """Return the keyed digest under which a wish for silence is kept; capitals make no other address."""
    return tokens.derived_token(current_settings().signing_key(), "suppression", email.casefold())


def suppression_link(email: str) -> str:
    """Return the absolute link to the page that offers silence to this address."""
    digest = address_digest(email)
    return link_to("public.suppression.ask", token=digest + proof_of(digest))


def digest_in(token: str) -> str | None:
    """Return the digest a link carries, None for a link that never came from here."""
    digest, proof = token[:DIGEST_LENGTH], token[DIGEST_LENGTH:]
    return digest if hmac.compare_digest(proof.encode(), proof_of(digest).encode()) else None


def proof_of(digest: str) -> str:
    """Return what only this server can put behind a digest."""
    return tokens.derived_token(current_settings().signing_key(), "suppression-proof", digest)

"""The filter of the press page: what nobody understands is no filter."""

from collections.abc import Mapping

from openday.forms.validators import whole_number
from openday.services.press_page import PressDays, PressWish

PHOTO_MOMENT = "fototermin"
LAST_PAGE = 500


def read_press_filter(query: Mapping[str, str]) -> PressWish:
    """Return the wish of ``?was=fototermin&wann=heute&seite=2``."""
    days = query.get("wann", "")
    page = whole_number(query.get("seite")) or 1
    return PressWish(
        days=PressDays(days) if days in set(PressDays) else PressDays.ALL,
        only_photo_moments=query.get("was") == PHOTO_MOMENT,
        page=min(max(page, 1), LAST_PAGE),
    )


def press_query(wish: PressWish, *, page: int = 1) -> str:
    """Return the query string of a wish; every value is plain ASCII."""
    pairs = (
        ("was", PHOTO_MOMENT if wish.only_photo_moments else ""),
        ("wann", wish.days.value),
        ("seite", str(page) if page > 1 else ""),
    )
    text = "&".join(f"{name}={value}" for name, value in pairs if value)
    return f"?{text}" if text else ""

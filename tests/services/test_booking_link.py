"""The link in later mails: the known one while it can be computed, else a new one that then stays."""

from flask import Flask

from openday.extensions import db
from openday.models import Booking
from openday.services.booking import book_slot
from openday.services.booking_link import link_token
from openday.services.correction import correct_address
from openday.services.own_booking import booking_by_token
from openday.transaction import transaction
from tests.factories import all_bookings, booking_request, make_slot


@transaction
def token_of(booking_id: int) -> str:
    return link_token(db.session.get_one(Booking, booking_id))


def test_the_link_of_the_first_mail_is_found_again(app: Flask) -> None:
    receipt = book_slot(booking_request(make_slot()))

    assert token_of(all_bookings()[0].id) == receipt.token


def test_after_a_corrected_address_there_is_one_new_link_that_stays(app: Flask) -> None:
    first = book_slot(booking_request(make_slot())).token
    corrected = correct_address(first, "ayse@example.org")
    booking_id = all_bookings()[0].id

    token = token_of(booking_id)

    assert token not in (first, corrected)
    assert booking_by_token(token) is not None
    assert booking_by_token(first) is None
    assert booking_by_token(corrected) is None
    assert token_of(booking_id) == token


def test_the_address_corrected_once_more_ends_that_link_too(app: Flask) -> None:
    token = correct_address(book_slot(booking_request(make_slot())).token, "ayse@example.org")
    booking_id = all_bookings()[0].id
    token = token_of(booking_id)
    correct_address(token, "kaya@example.org")

    assert token_of(booking_id) != token
    assert booking_by_token(token) is None

"""The link in later mails is the one its guest has, also after a corrected address."""

from flask import Flask

from openday import tokens
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


def test_after_a_corrected_address_later_mails_carry_the_link_of_the_correction(app: Flask) -> None:
    first = book_slot(booking_request(make_slot())).token
    corrected = correct_address(first, "ayse@example.org")

    assert token_of(all_bookings()[0].id) == corrected != first
    assert booking_by_token(corrected) is not None
    assert booking_by_token(first) is None


def test_the_address_corrected_once_more_ends_that_link_too(app: Flask) -> None:
    token = correct_address(book_slot(booking_request(make_slot())).token, "ayse@example.org")
    again = correct_address(token, "kaya@example.org")

    assert token_of(all_bookings()[0].id) == again
    assert booking_by_token(token) is None


def test_a_link_nobody_can_compute_is_replaced_once_and_then_stays(app: Flask) -> None:
    book_slot(booking_request(make_slot()))
    booking = all_bookings()[0]
    booking.token_digest = tokens.digest(tokens.new_token())
    db.session.commit()

    token = token_of(booking.id)

    assert token_of(booking.id) == token
    assert booking_by_token(token) is not None

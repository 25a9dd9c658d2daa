"""Placeholder until the booking pages stand."""

from flask import Blueprint

bp = Blueprint("booking", __name__)

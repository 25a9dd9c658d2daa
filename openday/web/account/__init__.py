"""The door to the staff side: signing in with a mailed code, signing out."""

from flask import Blueprint
from flask_wtf.csrf import CSRFError

from openday.web.account import join, sign_in, sign_out, team_invitation
from openday.web.guard import answer_expired_form, protect_forms

bp = Blueprint("account", __name__)
for part in (sign_in.bp, sign_out.bp, join.bp, team_invitation.bp):
    bp.register_blueprint(part, url_defaults={"language": "de"})
bp.before_request(protect_forms)
bp.register_error_handler(CSRFError, answer_expired_form)

"""The door for the people of a Verband, a Land and the platform: what waits for their answer. Never a guest."""

from flask import Blueprint
from flask_wtf.csrf import CSRFError

from openday.web.guard import answer_expired_form, protect_forms, require_sign_in
from openday.web.verband import broadcast, overview, planning_list, queue

bp = Blueprint("verband", __name__)
for part in (overview, broadcast, planning_list, queue):
    bp.register_blueprint(part.bp, url_defaults={"language": "de"})
bp.before_request(require_sign_in)
bp.before_request(protect_forms)
bp.register_error_handler(CSRFError, answer_expired_form)

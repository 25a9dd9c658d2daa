"""For professionals, school classes and delegations."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from openday.forms.professional import ProfessionalForm
from openday.web.public.booking import group_form

bp = Blueprint("professional", __name__)


@bp.route("/t/<slug>/gruppe", methods=["GET", "POST"])
def register(slug: str) -> ResponseReturnValue:
    """Show the form for a group; on POST book and redirect to the booking."""
    return group_form(slug, ProfessionalForm, "public/professional/register.html")

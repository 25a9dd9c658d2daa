"""Build hook: a wheel carries templates/ and static/; an editable install reads them from the checkout."""

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CarryPages(BuildHookInterface[Any]):
    """Map the two top-level folders to where ``openday.app`` looks for them when there is no checkout."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the folders to a standard wheel only: a copy beside an editable install would go stale."""
        if version != "editable":
            build_data["force_include"] = {"templates": "openday/templates", "static": "openday/static"}

"""What the random lives need: assertions that say what they saw."""

import pytest

pytest.register_assert_rewrite("tests.model.life", "tests.model.machine", "tests.model.guests", "tests.model.waiting")

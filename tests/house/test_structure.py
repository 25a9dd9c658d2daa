"""The rules of the house that a tool can check: a rule nobody checks is a wish."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINES = 300
FORBIDDEN = {
    r"with_for_update": "claims are conditional updates: SQLite drops the lock silently",
    r"\|\s*safe\b": "one escaper per output",
    r"\bdatetime\.(now|utcnow|today)\(": "time comes from openday.clock only",
    r"\bdate\.today\(": "time comes from openday.clock only",
    r"render_template_string|from_string\(": "templates are files",
    r"\b(pickle|marshal|eval|exec)\(": "nothing stored is run",
}


def sources(*patterns: str) -> list[Path]:
    found = [path for pattern in patterns for path in ROOT.glob(pattern)]
    assert found, patterns
    return sorted(path for path in found if "__pycache__" not in path.parts)


def of_us() -> list[Path]:
    return sources("openday/**/*.py", "templates/**/*.html", "templates/**/*.txt")


def test_files_have_one_subject_and_at_most_300_lines():
    files = sources(
        "openday/**/*.py", "tests/**/*.py", "templates/**/*.html", "static/**/*.css", "static/**/*.js", "*.py", "*.md"
    )
    long = {
        str(path.relative_to(ROOT)): lines
        for path in files
        if "versions" not in path.parts and (lines := path.read_text().count("\n")) > LINES
    }

    assert long == {}


@pytest.mark.parametrize("pattern", FORBIDDEN)
def test_forbidden_words_stay_out(pattern):
    allowed = {"openday/clock.py"}
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in of_us()
        if str(path.relative_to(ROOT)) not in allowed
        for line in path.read_text().splitlines()
        if re.search(pattern, line)
    ]

    assert found == [], FORBIDDEN[pattern]


def test_templates_carry_no_inline_style_or_script():
    found = [
        str(path.relative_to(ROOT))
        for path in sources("templates/**/*.html")
        if "mail" not in path.parts
        and re.search(r"<style|\sstyle=|\son[a-z]+=\"|<script(?![^>]*(src=|ld\+json))", path.read_text())
    ]

    assert found == []


def rendered_by(path: Path) -> set[str]:
    """Return the names of the templates a view module renders."""
    calls = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
    return {
        str(call.args[0].value)
        for call in calls
        if getattr(call.func, "id", "") == "render_template" and call.args and isinstance(call.args[0], ast.Constant)
    }


def test_a_view_module_renders_the_templates_of_its_name():
    strays = {
        f"{path.relative_to(ROOT)} renders {template}"
        for door in ("public", "console", "account", "verband")
        for path in sources(f"openday/web/{door}/*.py")
        for template in rendered_by(path)
        if not template.startswith(f"{door}/" if path.stem == "__init__" else f"{door}/{path.stem}/")
    }

    assert strays == set()


def test_every_template_is_used():
    text = "\n".join(path.read_text() for path in of_us())
    pages = [path for path in sources("templates/**/*.html") if "mail" not in path.parts]
    names = [path.relative_to(ROOT / "templates") for path in pages]
    unused = {str(name) for name in names if f'"{name}"' not in text and f'f"{name.parent}/{{' not in text}

    assert unused == set()


def test_every_endpoint_belongs_to_a_door(app):
    doors = {rule.endpoint.split(".")[0] for rule in app.url_map.iter_rules()}

    assert doors <= {"public", "account", "console", "verband", "assets"}


def test_every_page_exists_in_english_under_the_same_tail(app):
    german = {rule.rule for rule in app.url_map.iter_rules() if (rule.defaults or {}).get("language") == "de"}
    english = {rule.rule for rule in app.url_map.iter_rules() if (rule.defaults or {}).get("language") == "en"}

    assert english == {f"/en{rule}" for rule in german}


def test_imports_go_down_only():
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([str(linter)], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr

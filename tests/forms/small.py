"""Forms of a few rows, as an author would write them."""

from collections.abc import Mapping

import pytest

from forms.compile import Compiled, compile_form
from forms.problems import CODES, Finding, Problem
from forms.source import from_yaml

HEAD = "settings: {form_id: small, number: 1, title: Small, subject: person, audience: medical}\nsurvey:\n"
CHOICES = "choices:\n  - {list_name: yn, name: y, label: Yes}\n"


def small(rows: str, choices: str = "", files: Mapping[str, bytes] | None = None, settings: str = "") -> Compiled:
    head = HEAD.replace("audience: medical", f"audience: medical, {settings}") if settings else HEAD
    return compile_form(from_yaml(head + rows + choices), files=files)


def refused(rows: str, choices: str = "", files: Mapping[str, bytes] | None = None) -> list[Finding]:
    """What stops it; warnings left out."""
    with pytest.raises(Problem) as problem:
        small(rows, choices, files)
    assert all(finding.code in CODES for finding in problem.value.findings)
    assert str(problem.value)
    return [finding for finding in problem.value.findings if not finding.warning]

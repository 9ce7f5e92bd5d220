"""Vectors: `<package>/vectors/<topic>/<sentence>.json` = {about, given, expect | problem}, read by both languages."""

import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


def vectors(package: str, topic: str) -> list[tuple[str, dict[str, Any]]]:
    """(sentence, vector) of every file of a topic; a topic without files is an error, or its test could not fail."""
    found = sorted((ROOT / package / "vectors" / topic).glob("*.json"))
    assert found, f"no vectors in {package}/vectors/{topic}"
    return [(path.stem, json.loads(path.read_text(encoding="utf-8"))) for path in found]

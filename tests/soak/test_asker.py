"""A hundred thousand requests of all kinds, good and bad, leave the engine as it was."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent.parent
KINDS = 14

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")


def asked(count: int) -> dict[str, Any]:
    """Figures of so many requests, in a process of its own."""
    result = subprocess.run(
        [sys.executable, "-m", "tests.soak.asker", str(count)],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, result.stderr
    figures: dict[str, Any] = json.loads(result.stdout)
    answers = figures["answers"]
    assert not [said for said in answers if said.startswith("The model failed")], answers
    assert sum(n for name, n in answers.items() if name.startswith("asked ")) == count
    return figures


def test_a_few_hundred() -> None:
    """Every kind is asked for, answered or refused in a sentence, and memory stays where it was."""
    figures = asked(400)
    kinds = [name for name in figures["answers"] if name.startswith("asked ")]
    assert len(kinds) == KINDS
    assert figures["answers"]["finished"] > 150
    assert figures["answers"]["failed"] > 10
    assert figures["growth"] < 40  # MB; models and maps are made once


@pytest.mark.soak
def test_a_hundred_thousand(capsys: pytest.CaptureFixture[str]) -> None:
    """After the first tenth memory does not grow any more."""
    figures = asked(int(os.environ.get("SOAK_REQUESTS", "100000")))
    with capsys.disabled():
        print(json.dumps(figures))  # noqa: T201 - the figures are the point
    assert figures["growth"] < 0.01 * figures["memory"][0]

"""After any time of work with faults in it, the document is what was done, and memory is flat."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent.parent

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")


def soaked(minutes: float, folder: Path) -> dict[str, Any]:
    """Figures of so many minutes, in a process of its own."""
    result = subprocess.run(
        [sys.executable, "-m", "tests.soak.user", str(minutes), str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


def test_a_few_seconds(tmp_path: Path):
    """Every act agrees with the model of what was done, through faults of disk and engine."""
    figures = soaked(0.02, tmp_path)
    assert figures["errors"] == []
    assert sum(figures["acts"].values()) >= 20


@pytest.mark.soak
def test_an_hour(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """And after its first five minutes memory grows by no more than a twentieth."""
    figures = soaked(float(os.environ.get("SOAK_MINUTES", "60")), tmp_path)
    with capsys.disabled():
        print(json.dumps(figures))  # noqa: T201 - the figures are the point
    assert figures["errors"] == []
    assert figures["growth"] <= 0.05

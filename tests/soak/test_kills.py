"""Whenever the app is killed, its files open and its journal holds what was on the page."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent.parent

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="each app is a fork")


def killed(runs: int, folder: Path) -> dict[str, Any]:
    """Figures of so many kills; out of the test's process, which must not fork with Qt in it."""
    result = subprocess.run(
        [sys.executable, "-m", "tests.soak.kills", str(runs), str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


def test_a_few_kills(tmp_path: Path):
    """No file is broken, and what comes back was there."""
    figures = killed(5, tmp_path)
    assert figures["wrong"] == []
    assert figures["runs"] == 5
    assert figures["left_over"] == 0


@pytest.mark.soak
def test_500_kills(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """And none of them costs more than the last quarter of a second."""
    figures = killed(500, tmp_path)
    with capsys.disabled():
        print(json.dumps(figures))  # noqa: T201 - the figures are the point
    assert figures["wrong"] == []
    assert figures["runs"] == 500
    assert figures["left_over"] == 0
    assert set(figures["at"]) == {"starting", "drawing", "saving", "migrating", "exporting"}
    assert figures["own_ms"]["max"] <= 250

"""What once broke a reader, and what the fuzzers begin with, is read or refused in one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from fuzz.targets import NAMES, target

HERE = Path(__file__).parent
KEPT = sorted(path for path in (HERE / "regressions").rglob("*") if path.is_file())


@pytest.mark.parametrize("path", KEPT, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_was_mended_stays_mended(path: Path) -> None:
    """Each file made a reader fail before it was mended."""
    target(path.parent.name)(path.read_bytes())


@pytest.mark.parametrize("name", NAMES)
def test_what_led_the_fuzzers_on_is_read_or_refused(name: str) -> None:
    """A few of the files that reached code none before had reached."""
    found = [*(HERE / "corpus" / name).iterdir()]
    assert found
    for path in found:
        target(name)(path.read_bytes())


@pytest.mark.parametrize("name", NAMES)
def test_damage_anywhere_is_refused_in_one_line(name: str) -> None:
    """Every seed whole, cut off at each of many places, and with single bytes turned."""
    chosen = target(name)
    for seed in chosen.seeds():
        chosen(seed)
        for place in range(0, len(seed), max(1, len(seed) // 24)):
            chosen(seed[:place])
            chosen(seed[:place] + bytes([seed[place] ^ 0x55]) + seed[place + 1 :])

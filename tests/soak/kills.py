"""Kills the app again and again, each time at a moment the dice say, and looks at what is left.

``python -m tests.soak.kills RUNS FOLDER [SEED]`` prints the figures as JSON. One kill in ten comes
while the app starts, half of them in the midst of saving, migrating or exporting, the others at any
time. After each the journal must hold a state that the page was in, and the age of that state is
what the kill has cost; every file must open, and hold what was saved. The next run goes on with
what was recovered.

On a machine that has other things to do, a thread that could write has to wait for a core. That
time is the kernel's, which counts it; it is told apart from what the app itself has cost.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import select
import signal
import sys
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from sketchstudio.core.document import Document
from sketchstudio.formats import native
from sketchstudio.formats.temporary import sweep
from sketchstudio.recovery.places import left_behind
from tests.soak.victim import digest, live

_PATIENCE = 120.0  # seconds for a start on a busy machine

_AIMS = ("saving", "migrating", "exporting", "", "")
_MIDST = 0.08  # seconds from the beginning of what is aimed at to the kill, at most


@dataclass
class Figures:
    """What the kills cost.

    Attributes:
        runs: How many.
        lost_ms: Age of the state that was recovered, for each run.
        own_ms: The same without the time that the app's threads waited for a core.
        at: What was under way when the kill came.
        wrong: What must never be, a line each.
    """

    runs: int = 0
    lost_ms: list[float] = field(default_factory=list)
    own_ms: list[float] = field(default_factory=list)
    at: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


@dataclass
class Seen:
    """What a victim said of itself.

    Attributes:
        states: When the page became so, and the digest.
        saved: Digests that were said to be saved, by file, in order.
        ready: Whether it had started.
        under_way: What had begun and not ended.
        killed: When.
        waits: At some moments, how long each thread had waited for a core by then, seconds.
    """

    states: list[tuple[float, int]] = field(default_factory=list)
    saved: dict[str, list[int]] = field(default_factory=dict)
    ready: bool = False
    under_way: Counter[str] = field(default_factory=Counter)
    killed: float = 0.0
    waits: list[tuple[float, dict[str, float]]] = field(default_factory=list)

    def waited_since(self, moment: float) -> float:
        """How long the thread that waited most did so from then to the kill, seconds."""
        before = [waits for at, waits in self.waits if at <= moment]
        first, last = (before or [{}])[-1], self.waits[-1][1]
        return max((wait - first.get(task, 0.0) for task, wait in last.items()), default=0.0)


def kill_one(folder: Path, seed: int) -> Seen:
    """Start the app, kill it; what it said, and what is known of its end."""
    dice = random.Random(seed)
    early = dice.random() < 0.1
    aim = dice.choice(_AIMS)
    reading, writing = os.pipe()
    process = os.fork()
    if process == 0:
        os.close(reading)
        try:
            live(folder, seed, writing, aim)
        except BaseException:
            traceback.print_exc()
        os._exit(70)
    os.close(writing)
    said = b""
    waits = []
    end = time.monotonic() + (dice.uniform(0, 0.6) if early else _PATIENCE)
    while (left := end - time.monotonic()) > 0:
        waits.append((time.monotonic(), _waited(process)))
        if select.select([reading], [], [], min(left, 0.05))[0]:
            data = os.read(reading, 1 << 16)
            if not data:
                break
            if not early and (b"begun " + aim.encode() if aim else b"ready") in data:
                end = min(end, time.monotonic() + _after(aim, dice))
            said += data
    waits.append((time.monotonic(), _waited(process)))
    killed = time.monotonic()
    os.kill(process, signal.SIGKILL)
    _, status = os.waitpid(process, 0)
    while data := os.read(reading, 1 << 16):
        said += data
    os.close(reading)
    seen = _understood(said)
    seen.killed, seen.waits = killed, waits
    if os.WIFEXITED(status):
        raise RuntimeError("the app ended by itself")
    return seen


def _after(aim: str, dice: random.Random) -> float:
    """Seconds until the kill; most of what is aimed at ends soon."""
    return _MIDST * dice.random() ** 2 if aim else dice.uniform(0.02, 2.0)


def _waited(process: int) -> dict[str, float]:
    """How long each of its threads has waited for a core so far, seconds."""
    waits = {}
    for task in Path(f"/proc/{process}/task").iterdir():
        with contextlib.suppress(OSError):  # a thread that has just ended
            waits[task.name] = int((task / "schedstat").read_text().split()[1]) / 1e9
    return waits


def _understood(said: bytes) -> Seen:
    seen = Seen()
    for line in said.decode().splitlines():
        at, what, *rest = line.split()
        if what == "ready":
            seen.ready = True
        elif what == "state":
            seen.states.append((float(at), int(rest[0])))
        elif what in ("begun", "ended"):
            seen.under_way[rest[0]] += 1 if what == "begun" else -1
        else:
            seen.saved.setdefault(rest[0], []).append(int(rest[1]))
    return seen


def recovered(folder: Path) -> list[int]:
    """Digests of what the next start would show: the journal's, else of the files."""
    found = left_behind(folder / "home" / "victim" / "recovery")
    for one in found:
        one.place.release()
    if found:
        return [digest(found[0].draft.document)]
    paths = (folder / "a.sketch", folder / "old.sketch")
    return [digest(native.load(path)) for path in paths if path.exists()] or [digest(Document())]


def check_files(folder: Path, known: set[int]) -> list[str]:
    """What is wrong with the files; each must open and hold ink of a state that there was."""
    wrong = []
    for path in sorted(folder.iterdir()):
        try:
            if path.suffix in (".sketch", ".sketch~"):
                document = native.load(path)
                if path.stem == "a" and digest(document) not in known:
                    wrong.append(f"{path.name} holds what never was")
            elif path.suffix == ".svg":
                ElementTree.parse(path)
        except (ValueError, OSError, ElementTree.ParseError) as error:
            wrong.append(f"{path.name}: {error}")
    return wrong


def kill(figures: Figures, runs: int, folder: Path, seed: int) -> None:
    """Kill it so many times; the figures grow on the way."""
    before = [digest(Document())]
    known = set(before)
    for run in range(runs):
        seen = kill_one(folder, seed * 100_000 + run)
        known |= {state for _, state in seen.states}
        try:
            now = recovered(folder)
        except (ValueError, OSError) as error:
            figures.wrong.append(f"run {run}: {error}")
            continue
        figures.runs += 1
        figures.at[_what(seen)] += 1
        states = seen.states
        places = [i for i, (_, state) in enumerate(states) if state in now]
        if places:
            superseded = states[min(places[-1] + 1, len(states) - 1)][0]
            lost = seen.killed - superseded if places[-1] + 1 < len(states) else 0.0
            figures.lost_ms.append(lost * 1000)
            figures.own_ms.append(max(lost - seen.waited_since(superseded), 0.0) * 1000)
        elif states or not set(now) & set(before):
            figures.wrong.append(f"run {run}: {now} is none of {len(states)} states")
        figures.wrong += [f"run {run}: {line}" for line in check_files(folder, known)]
        before = now


def _what(seen: Seen) -> str:
    if not seen.ready:
        return "starting"
    for what in ("migrating", "exporting", "saving"):  # migrating saves as well
        if seen.under_way[what] > 0:
            return what
    return "drawing"


def _left_over(folder: Path) -> int:
    """Half-written files that the next one who saves there would not remove."""
    sweep(folder)
    return sum(path.suffix == ".tmp" for path in folder.iterdir())


def _shares(values: list[float]) -> dict[str, float]:
    ordered = sorted(values)
    found = {f"p{p}": ordered[len(ordered) * p // 100] for p in (50, 95, 99)} if ordered else {}
    return {name: round(value, 1) for name, value in (found | {"max": max(values)}).items()}


def main() -> None:
    """Kill as told by the command line."""
    folder = Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    figures = Figures()
    with contextlib.suppress(KeyboardInterrupt):  # which ends it with what there is
        kill(figures, int(sys.argv[1]), folder, int(sys.argv[3]) if len(sys.argv) > 3 else 0)
    said = {
        "runs": figures.runs,
        "at": dict(figures.at),
        "lost_ms": _shares(figures.lost_ms),
        "own_ms": _shares(figures.own_ms),
        "left_over": _left_over(folder),
        "wrong": figures.wrong,
    }
    sys.stdout.write(json.dumps(said, indent=1) + "\n")


if __name__ == "__main__":
    main()

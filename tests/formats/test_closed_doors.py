"""No reader opens a connection, starts a program or touches a file but the one it is given."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from fuzz.targets import NAMES

TESTS = Path(__file__).parents[1]

READING = """
import contextlib, os, sys
from pathlib import Path
from fuzz.targets import target

chosen = target(sys.argv[1])
path = Path(sys.argv[2]) / f"file{chosen.ending}"
inputs = [chosen.pack(seed) for seed in chosen.seeds()]
inputs += [file.read_bytes() for file in (Path(sys.argv[2]) / "hostile").iterdir()]

def read(data):
    path.write_bytes(data)
    before = sorted(path.parent.iterdir())
    forbidden.armed = True
    with contextlib.suppress(*chosen.refusals):
        chosen.read(path)
    forbidden.armed = False
    assert sorted(path.parent.iterdir()) == before

def forbidden(event, arguments):
    if not forbidden.armed:
        return
    if event.startswith(("socket.", "subprocess.", "os.", "shutil.", "urllib.", "ctypes.dlopen")):
        if event not in ("os.listdir", "os.scandir"):
            os.write(2, f"forbidden: {event} {arguments}".encode())
            os._exit(7)
    if event == "open" and arguments[0] != str(path) and not str(arguments[0]).endswith(".pyc"):
        os.write(2, f"forbidden: open {arguments}".encode())
        os._exit(7)
    if event == "open" and "w" in str(arguments[1]):
        os._exit(7)

forbidden.armed = False
for data in inputs:  # what is imported late is there before the doors are closed
    path.write_bytes(data)
    with contextlib.suppress(*chosen.refusals):
        chosen.read(path)
sys.addaudithook(forbidden)
for data in inputs:
    read(data)
print(len(inputs), "read")
"""

HOSTILE = [
    '<svg xmlns:xlink="http://www.w3.org/1999/xlink"><image href="http://127.0.0.1:9/a.png"/>'
    '<use xlink:href="file:///etc/passwd#a"/><path d="M0 0H9V9" fill="url(http://127.0.0.1:9/#g)"/>'
    '<style>@import url("http://127.0.0.1:9/a.css"); path{mask:url(file:///etc/passwd)}</style></svg>',
    '<?xml-stylesheet href="http://127.0.0.1:9/a.css"?><!DOCTYPE svg PUBLIC "a" '
    '"http://127.0.0.1:9/a.dtd"><svg><script href="http://127.0.0.1:9/a.js"/>'
    '<path d="M0 0H9V9"/></svg>',
    '<!DOCTYPE svg [<!ENTITY % a SYSTEM "file:///etc/passwd">%a;]><svg><path d="M0 0H9V9"/></svg>',
    '{"drawing": [[[1, 2], [3, 4]]], "word": "../../etc/passwd", "key_id": "/etc/passwd"}',
]


@pytest.mark.parametrize("name", NAMES)
def test_reading_opens_no_door(name: str, tmp_path: Path) -> None:
    """Watched by Python's own audit, with files that name addresses, programs and other files."""
    (tmp_path / "hostile").mkdir()
    for number, text in enumerate(HOSTILE):
        (tmp_path / "hostile" / str(number)).write_text(text)
    run = subprocess.run(
        [sys.executable, "-c", READING, name, str(tmp_path)],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": f"{TESTS.parent}{os.pathsep}{TESTS}"},
    )
    assert run.returncode == 0, run.stderr
    assert "read" in run.stdout

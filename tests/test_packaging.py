"""What is shipped: the wheel with its resources, and the desktop's files."""

from __future__ import annotations

import configparser
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

from sketchstudio.cli import main as run_command
from sketchstudio.formats import native
from sketchstudio.system import desktop_entry
from sketchstudio.system.paths import resource_path

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """A wheel of the project as it is, built without a network."""
    pytest.importorskip("setuptools", minversion="77")
    source, out = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    for name in ("sketchstudio", "trainer", "resources"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, source / name, ignore=ignored)
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, source)
    code = f"from setuptools import build_meta; print(build_meta.build_wheel({str(out)!r}))"
    built = subprocess.run(
        [sys.executable, "-c", code], cwd=source, capture_output=True, text=True, check=False
    )
    assert built.returncode == 0, built.stderr
    return next(out.glob("*.whl"))


def test_wheel_holds_every_resource_and_module(wheel):
    """What works in a checkout works when it is installed."""
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    for folder, inside in (("resources", "sketchstudio/resources"), ("sketchstudio",) * 2):
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                assert f"{inside}/{path.relative_to(ROOT / folder).as_posix()}" in names
    assert not any(name.startswith("tests") for name in names)
    assert any(name.endswith("entry_points.txt") for name in names)


def test_installed_app_finds_its_resources(wheel, tmp_path):
    """Without the checkout beside it, the app has its icons, samples and words."""
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    code = (
        "from sketchstudio.system.paths import resource_path as at;"
        "print(*[at(n) for n in ('icons/pen.svg', 'samples/zoo.sketch', 'translations')])"
    )
    found = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert found.stdout.count(str(tmp_path / "sketchstudio" / "resources")) == 3, found.stderr


def test_install_desktop_and_back(tmp_path, monkeypatch, capsys):
    """The menu entry starts this installation, and everything can be taken back."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert run_command(["install-desktop"]) == 0
    written = {line.removeprefix("wrote ") for line in capsys.readouterr().out.splitlines()}
    assert written == {str(tmp_path / target) for target in desktop_entry.FILES.values()}
    entry = configparser.RawConfigParser(interpolation=None)
    entry.optionxform = str
    entry.read(tmp_path / "applications" / "sketchstudio.desktop")
    started = entry["Desktop Entry"]["Exec"]
    assert started.endswith("sketchstudio %f")
    assert Path(started.split()[0].strip('"')).is_absolute()
    assert run_command(["install-desktop", "--remove"]) == 0
    assert not any((tmp_path / target).exists() for target in desktop_entry.FILES.values())


def test_install_desktop_says_where_it_cannot_write(tmp_path, monkeypatch, capsys):
    """One line that names the place."""
    blocker = tmp_path / "file"
    blocker.write_text("")
    monkeypatch.setenv("XDG_DATA_HOME", str(blocker))
    assert run_command(["install-desktop"]) == 2
    assert str(blocker) in capsys.readouterr().err


def test_desktop_files_agree_with_the_format():
    """The desktop knows our files by the same type and ending as the app."""
    entry = resource_path("desktop/sketchstudio.desktop").read_text(encoding="utf-8")
    assert f"MimeType={native.MIME_TYPE};" in entry
    root = ElementTree.parse(resource_path("desktop/sketchstudio.xml")).getroot()
    kind = root[0]
    assert kind.get("type") == native.MIME_TYPE
    space = "{http://www.freedesktop.org/standards/shared-mime-info}"
    assert kind.find(f"{space}glob").get("pattern") == f"*{native.ENDING}"
    assert kind.find(f".//{space}match[@offset='38']").get("value") == native.MIME_TYPE


@pytest.mark.skipif(not shutil.which("desktop-file-validate"), reason="no validator here")
def test_desktop_entry_is_valid():
    """As freedesktop.org wants it."""
    path = resource_path("desktop/sketchstudio.desktop")
    checked = subprocess.run(["desktop-file-validate", str(path)], capture_output=True, text=True)
    assert not checked.stdout

"""Settings: kept between runs, and never a reason not to start."""

from __future__ import annotations

import json
from dataclasses import asdict

import pytest

from sketchstudio.state.settings import (
    SCHEMA,
    Preferences,
    SavedPreferences,
    Settings,
    default,
    load,
    save,
)


def test_round_trip(tmp_path):
    """What is saved is read again."""
    path = tmp_path / "folder" / "settings.json"
    settings = Settings(theme="dark", pen_width=7.5, seed=42, last_folder="/a b/ü")
    save(settings, path)
    assert load(path) == settings


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", '"x"', "[" * 100_000, "\x00", '{"theme": NaN}']
)
def test_broken_file_gives_the_defaults(tmp_path, text):
    """A file cut off by a crash does not stop the start."""
    path = tmp_path / "settings.json"
    path.write_text(text)
    assert load(path) == Settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("theme", "pink"),
        ("theme", []),
        ("pen_color", "red"),
        ("pen_color", "#12345"),
        ("pen_width", 0),
        ("pen_width", float("nan")),
        ("pen_width", "3"),
        ("pen_width", True),
        ("temperature", 5),
        ("seed", 1.5),
        ("seed", -1),
        ("seed", 2**40),
        ("geometry", "ü"),
        ("blend_panel", 1),
    ],
)
def test_one_wrong_value_costs_only_itself(tmp_path, name, value):
    """The other settings of the file stay."""
    path = tmp_path / "settings.json"
    path.write_text(json.dumps(asdict(Settings(blend_seed=9)) | {name: value}))
    assert load(path) == Settings(blend_seed=9)


def test_unknown_settings_are_passed_over(tmp_path):
    """A newer version's file opens in an older one."""
    path = tmp_path / "settings.json"
    path.write_text('{"theme": "dark", "flying": true}')
    assert load(path).theme == "dark"


def test_unwritable_place_is_survived(tmp_path):
    """Closing the app works on a full or read-only disk."""
    blocker = tmp_path / "file"
    blocker.write_text("")
    save(Settings(), blocker / "settings.json")


def test_preferences_tell_what_changed(qtbot):
    """All windows follow a change, and nothing that is not allowed gets in."""
    preferences = Preferences()
    heard = []
    preferences.changed.connect(heard.append)
    preferences.set("theme", "dark")
    preferences.set("theme", "dark")
    assert heard == ["theme"]
    with pytest.raises(ValueError, match="theme"):
        preferences.set("theme", "pink")
    preferences.set("shortcuts", {"undo": ["U"]})
    preferences.reset("shortcuts")
    preferences.reset("theme")
    assert preferences.values == Settings()


def test_every_preference_says_what_it_is():
    """The dialog is generated, so the schema has the words."""
    for name, entry in SCHEMA.items():
        assert bool(entry.page) == bool(entry.label), name
        assert entry.kind.allows(default(name)), name


def test_a_change_is_written_soon(tmp_path, qtbot):
    """A crash loses no theme, key or recent file that was set a moment before."""
    path = tmp_path / "settings.json"
    preferences = SavedPreferences(path)
    preferences.set("recent_files", ["/a.sketch"])
    qtbot.waitUntil(path.exists)
    assert load(path).recent_files == ["/a.sketch"]
    preferences.values.seed = 9
    preferences.save()
    assert SavedPreferences(path).values.seed == 9

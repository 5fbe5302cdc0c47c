"""Lines of drawings come back as they were, and bad ones are named by their number."""

from __future__ import annotations

import io
import json
from pathlib import Path

import numpy as np
import pytest
from helpers.drawings import pixels, same_strokes, strokes, words, write_lines
from hypothesis import given
from hypothesis import strategies as st

from sketchstudio.formats.drawing import Drawing
from sketchstudio.formats.errors import FormatError
from sketchstudio.formats.ndjson import read_ndjson, write_ndjson

anything = pixels | st.floats(-1e8, 1e8) | st.floats(-1, 1)


def written(*drawings: Drawing) -> str:
    file = io.BytesIO()
    write_ndjson(file, drawings)
    return file.getvalue().decode()


@given(ink=strokes(anything, least=0), word=words)
def test_round_trip(tmp_path_factory: pytest.TempPathFactory, ink: tuple, word: str) -> None:
    """Numbers are kept exactly, whatever they are."""
    path = tmp_path_factory.getbasetemp() / "round.ndjson"
    drawing = Drawing(ink, word, "4811774912102400", {"recognized": True, "seed": 3})
    path.write_text(written(drawing, drawing))
    for again in read_ndjson(path):
        assert again is not None
        assert same_strokes(again, drawing)
        assert (again.word, again.key, again.extra) == (word, drawing.key, drawing.extra)


def test_a_line_is_written_as_it_was_read(tmp_path: Path) -> None:
    """Fields, their order, whole and broken numbers, raw times and odd keys all stay."""
    lines = [
        '{"word":"cat","countrycode":"US","recognized":true,"key_id":"48","drawing":[[[1,2],[3,4]]]}',
        '{"drawing":[[[0.1,12.3456789],[-7,1e-05]],[[],[]]]}',
        '{"word":"sun","drawing":[[[1,2],[3,4],[0,16.5]],[[5],[6]]]}',
        '{"word":"\\u00e9","key_id":7,"drawing":[[[1],[2]]]}',
    ]
    drawings = [d for d in read_ndjson(write_lines(tmp_path / "a.ndjson", *lines)) if d]
    assert written(*drawings).splitlines() == lines


def test_float32_is_written_by_its_own_digits() -> None:
    """A point of the app at 0.1 is written 0.1, not 0.10000000149011612."""
    assert "[[[0.1,2],[3,4.25]]]" in written(Drawing((np.array([[0.1, 3], [2, 4.25]], "f4"),)))


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("\x89PNG", "not JSON"),
        ("[1, 2]", 'no "drawing"'),
        ('{"word": "cat"}', 'no "drawing"'),
        ('{"drawing": 5}', 'no "drawing"'),
        ('{"drawing": [5]}', "stroke 1 must be"),
        ('{"drawing": [[[1],[1]],[[1]]]}', "stroke 2 must be"),
        ('{"drawing": [[1,2]]}', "stroke 1 must hold lists"),
        ('{"drawing": [[[1,2],[1]]]}', "stroke 1 has 2 x but 1"),
        ('{"drawing": [[["1"],["2"]]]}', "must be numbers"),
        ('{"drawing": [[[null],[2]]]}', "must be numbers"),
        ('{"drawing": [[[[1]],[2]]]}', "must be numbers"),
        ('{"drawing": [[[NaN],[2]]]}', "not finite"),
        ('{"drawing": [[[1],[-Infinity]]]}', "not finite"),
        ('{"drawing": [[[1e999],[2]]]}', "not finite"),
        ('{"drawing": [[[1' + "0" * 400 + "],[2]]]}", "must be numbers"),
        ('{"drawing": [[[1' + "0" * 5000 + "],[2]]]}", "not a sketch"),
        ('{"drawing": ' + "[" * 100_000, "nested too deeply"),
        ('{"word": 5, "drawing": []}', '"word" must be text'),
    ],
)
def test_a_bad_line_is_named_and_passed_over(tmp_path: Path, line: str, says: str) -> None:
    """One broken line costs neither the file nor the reason."""
    good = '{"drawing":[[[1],[2]]]}'
    messages: list[str] = []
    path = write_lines(tmp_path / "a.ndjson", good, "", line, good)
    drawings = list(read_ndjson(path, messages.append))
    assert [d is None for d in drawings] == [False, True, False]
    (message,) = messages
    assert message.startswith(f"{path}, line 3: ")
    assert says in message
    assert "\n" not in message


def test_other_bytes_than_text(tmp_path: Path) -> None:
    """A picture renamed to .ndjson is refused, not half decoded."""
    path = tmp_path / "a.ndjson"
    path.write_bytes(b"\xff\xd8\xff\xe0\n")
    messages: list[str] = []
    assert list(read_ndjson(path, messages.append)) == [None]
    assert "not UTF-8" in messages[0]


def test_a_line_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A huge line is passed over without being read into memory, and the next one is found."""
    monkeypatch.setattr("sketchstudio.formats.ndjson.MAX_LINE_BYTES", 1000)
    path = write_lines(tmp_path / "a.ndjson", "[" * 5000, '{"drawing":[[[1],[2]]]}')
    assert [d is None for d in read_ndjson(path)] == [True, False]


def test_a_byte_order_mark_is_passed_over(tmp_path: Path) -> None:
    """Editors on Windows put one there."""
    path = tmp_path / "a.ndjson"
    path.write_text('{"drawing":[[[1],[2]]]}', encoding="utf-8-sig")
    assert None not in list(read_ndjson(path))


def test_numbers_that_json_has_not_are_not_written() -> None:
    """No other program could read the file."""
    with pytest.raises(FormatError, match="finite"):
        written(Drawing((np.array([[np.nan, 1.0]]),)))


def test_written_lines_are_json() -> None:
    """Even with a word that UTF-8 has no way to write."""
    assert json.loads(written(Drawing((), "\ud800")))["word"] == "\ud800"

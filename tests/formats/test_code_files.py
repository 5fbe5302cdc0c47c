"""Files of codes: what is written is read again, and what is not such a file is refused."""

from __future__ import annotations

import contextlib
import json
import pickle
import struct
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from safetensors.numpy import save

from sketchstudio.formats import code_files
from sketchstudio.formats.code_files import NamedCode, clean_name, read_codes, write_codes
from sketchstudio.formats.errors import FormatError

RNG = np.random.default_rng(0)
CAT = NamedCode(
    "whiskers 猫",
    RNG.normal(size=8).astype(np.float32),
    (RNG.normal(size=(3, 2)).astype(np.float32), RNG.normal(size=(1, 2)).astype(np.float32)),
    "abc",
)
EMPTY = NamedCode("nothing", np.ones(4, np.float32), (), "other")


def test_what_is_written_is_read(tmp_path: Path) -> None:
    """Names, numbers, pictures and ids come back as they were, of different models together."""
    path = tmp_path / "a.codes"
    write_codes([CAT, EMPTY], path)
    cat, empty = read_codes(path)
    assert (cat.name, cat.encoder, cat.id) == (CAT.name, CAT.encoder, CAT.id)
    np.testing.assert_array_equal(cat.code, CAT.code)
    for read, written in zip(cat.sketch, CAT.sketch, strict=True):
        np.testing.assert_array_equal(read, written)
    assert empty.sketch == ()
    write_codes([], path)
    assert read_codes(path) == ()


def hostile(name: str, **changes: object) -> bytes:
    tensors = {
        "0.code": np.ones(4, np.float32),
        "0.points": np.zeros((2, 2), np.float32),
        "0.lengths": np.array([2], np.int32),
    }
    about = {"format": "sketchstudio-codes", "version": "1"}
    about["codes"] = json.dumps([{"name": "a", "encoder": "b", "id": "c"}])
    for key, value in changes.items():
        if key in about:
            about[key] = value
        else:
            tensors[f"0.{key}"] = value
    if name == "missing":
        del tensors["0.code"]
    return save(tensors, about)


HOSTILE = {
    "empty": b"",
    "text": b"hello, this is a letter",
    "pickle": pickle.dumps({"codes": [1, 2]}),
    "a header of 2**60 bytes": struct.pack("<Q", 2**60) + b"{}",
    "cut off": hostile("whole")[:-9],
    "another safetensors file": save({"a": np.zeros(2)}, {"format": "pt"}),
    "no metadata": save({"a": np.zeros(2)}),
    "a newer version": hostile("", version="2"),
    "a tensor too few": hostile("missing"),
    "codes that are no list": hostile("", codes="{}"),
    "codes that are no JSON": hostile("", codes="[" * 100_000),
    "a name that is no text": hostile("", codes='[{"name": 3, "encoder": "", "id": ""}]'),
    "no name": hostile("", codes="[{}]"),
    "a code that is a table": hostile("", code=np.ones((2, 2), np.float32)),
    "a code of one number": hostile("", code=np.array(3, np.float32)),
    "NaN": hostile("", code=np.full(4, np.nan, np.float32)),
    "huge": hostile("", code=np.full(4, 1e30, np.float32)),
    "doubles": hostile("", code=np.ones(4)),
    "points of three numbers": hostile("", points=np.zeros((2, 3), np.float32)),
    "lengths that do not add up": hostile("", lengths=np.array([7], np.int32)),
    "negative lengths": hostile("", lengths=np.array([-1, 3], np.int32)),
    "lengths that overflow": hostile("", lengths=np.full(2, 2**31 - 1, np.int32)),
    "too many codes": hostile("", codes=json.dumps([{}] * 5000)),
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_files_are_refused_in_a_line(tmp_path: Path, data: bytes) -> None:
    """Whatever is in a file from a stranger, the answer is one line that names it."""
    path = tmp_path / "a.codes"
    path.write_bytes(data)
    with pytest.raises(FormatError) as refused:
        read_codes(path)
    line = str(refused.value)
    assert line.startswith(f"{path}: ")
    assert len(line.splitlines()) == 1
    assert len(line) < len(str(path)) + 120


_numbers = st.floats(-1e5, 1e5, width=32)
_points = arrays(np.float32, st.tuples(st.integers(1, 5), st.just(2)), elements=_numbers)


@given(
    code=arrays(np.float32, st.integers(1, 20), elements=_numbers),
    sketch=st.lists(_points, max_size=3),
    name=st.text(),
)
def test_any_code_comes_back(
    tmp_path_factory: pytest.TempPathFactory, code: np.ndarray, sketch: list, name: str
) -> None:
    """To the last bit, under a name of one line."""
    path = tmp_path_factory.getbasetemp() / "any.codes"
    write_codes([NamedCode(name, code, tuple(sketch), "e")], path)
    (read,) = read_codes(path)
    assert read.name == (clean_name(name) or "?")
    np.testing.assert_array_equal(read.code, code)
    assert len(read.sketch) == len(sketch)
    for ours, theirs in zip(read.sketch, sketch, strict=True):
        np.testing.assert_array_equal(ours, theirs)


@given(data=st.data())
def test_damage_is_refused(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    """A file with any bytes changed is refused or read, and nothing else happens."""
    path = tmp_path_factory.mktemp("codes") / "a.codes"
    write_codes([CAT], path)
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(content)
    with contextlib.suppress(FormatError):
        read_codes(path)


def test_large_files_are_not_even_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A film by the name of codes is refused by its size."""
    monkeypatch.setattr(code_files, "MAX_BYTES", 10)
    path = tmp_path / "a.codes"
    write_codes([CAT], path)
    with pytest.raises(FormatError, match="no file of codes"):
        read_codes(path)


def test_missing_files_are_an_os_error(tmp_path: Path) -> None:
    """A path that is wrong is not called damage."""
    with pytest.raises(FileNotFoundError):
        read_codes(tmp_path / "none.codes")


def test_names_are_one_line() -> None:
    """A name is shown in lists and menus: no newlines, no control characters, no novels."""
    assert clean_name("  my\n\tcat \x00 \u202e") == "my cat"
    assert len(clean_name("x" * 500)) == code_files.MAX_NAME

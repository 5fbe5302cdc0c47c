"""Stroke-3 archives are read as sketch-rnn writes them, and never run what they hold."""

from __future__ import annotations

import io
import os
import pickle
import zipfile
from pathlib import Path

import numpy as np
import pytest
from helpers.drawings import pixels, same_strokes, strokes
from hypothesis import given
from hypothesis import strategies as st

from sketchstudio.formats.drawing import Drawing
from sketchstudio.formats.errors import FormatError
from sketchstudio.formats.quickdraw import read_drawings, write_drawings

quarters = st.integers(-4000, 4000).map(lambda n: n / 4)


def archive(path: Path, header: bytes, data: bytes) -> Path:
    """An .npz with one set of the given bytes."""
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("train.npy", header + data)
    return path


def object_header(count: int) -> bytes:
    file = io.BytesIO()
    shape = {"descr": "|O", "fortran_order": False, "shape": (count,)}
    np.lib.format.write_array_header_1_0(file, shape)
    return file.getvalue()


@given(first=strokes(pixels), second=strokes(quarters))
def test_round_trip(tmp_path_factory: pytest.TempPathFactory, first: tuple, second: tuple) -> None:
    """Ink and the set it is of come back, whole and broken numbers alike."""
    path = tmp_path_factory.getbasetemp() / "power outlet.full.npz"
    drawings = [Drawing(first), Drawing(second, extra={"set": "test"})]
    write_drawings(path, drawings)
    again = [d for d in read_drawings(path) if d]
    assert all(map(same_strokes, again, drawings))
    assert [d.extra["set"] for d in again] == ["train", "test"]
    assert {d.word for d in again} == {"power outlet"}


def test_numpy_reads_what_is_written(tmp_path: Path) -> None:
    """sketch-rnn's own loader finds int16 rows of dx, dy and pen lifts."""
    ink = (np.array([[1.0, 2], [4, 6]]), np.array([[0.0, 0]]))
    write_drawings(tmp_path / "cat.npz", [Drawing(ink), Drawing(ink)])
    with np.load(tmp_path / "cat.npz", allow_pickle=True, encoding="latin1") as sets:
        rows = sets["train"][1]
    assert rows.dtype == np.int16
    assert rows.tolist() == [[1, 2, 0], [3, 4, 1], [-4, -6, 1]]


@pytest.mark.parametrize("protocol", [0, 1, 2, 3, 4])
def test_every_pickle_protocol(tmp_path: Path, protocol: int) -> None:
    """The official files were written by Python 2, later ones by newer ones."""
    rows = np.array([[1, 2, 0], [3, 4, 1]], np.dtype(">i2") if protocol == 3 else np.int16)
    array = np.empty(2, object)
    array[0] = array[1] = np.asfortranarray(rows) if protocol == 4 else rows
    path = archive(tmp_path / "cat.npz", object_header(2), pickle.dumps(array, protocol=protocol))
    drawings = [d for d in read_drawings(path) if d]
    assert [d.strokes[0].tolist() for d in drawings] == [[[1, 2], [4, 6]]] * 2


def test_python_2_strings(tmp_path: Path) -> None:
    """Python 2 wrote the numbers as a text string; these are its opcodes for one array."""
    inner = (
        b"cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\n(I0\ntS'b'\ntR"
        b"(I1\n(I1\nI3\ntcnumpy\ndtype\n(S'i2'\nI0\nI1\ntR(I3\nS'<'\nNNNI-1\nI-1\nI0\ntb"
        b"I00\nU\x06\x05\x00\xff\xff\x01\x00tb"
    )
    outer = (
        b"cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\n(I0\ntS'b'\ntR"
        b"(I1\n(I1\ntcnumpy\ndtype\n(S'O8'\nI0\nI1\ntR(I3\nS'|'\nNNNI-1\nI-1\nI63\ntb"
        b"I00\n(l" + inner + b"atb."
    )
    (drawing,) = read_drawings(archive(tmp_path / "cat.npz", object_header(1), outer))
    assert drawing is not None
    assert drawing.strokes[0].tolist() == [[5, -1]]


def test_sets_of_plain_numbers(tmp_path: Path) -> None:
    """Drawings of the same length may have been saved as one array."""
    np.savez(tmp_path / "cat.npz", train=np.array([[[1, 2, 0], [3, 4, 1]]] * 3), valid=[])
    assert len(list(read_drawings(tmp_path / "cat.npz"))) == 3


class Evil:
    def __reduce__(self) -> tuple:
        return os.system, ("touch stolen",)


@pytest.mark.parametrize(
    "data",
    [
        pickle.dumps(Evil()),
        b"cos\nsystem\n(S'touch stolen'\ntR.",
        b'cnumpy.testing._private.utils\nrunstring\n(S\'open("stolen","w")\'\n(dtR.',
        b"cbuiltins\neval\n(S'1'\ntR.",
        b"cnumpy.core.multiarray\n_reconstruct\n(cos\nsystem\n(I0\ntS'b'\ntR.",
    ],
)
def test_code_is_refused_and_not_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes
) -> None:
    """A downloaded archive can run nothing."""
    monkeypatch.chdir(tmp_path)
    path = archive(tmp_path / "cat.npz", object_header(1), data)
    with pytest.raises(FormatError, match=r"cat\.npz: holds .*never does"):
        list(read_drawings(path))
    assert [p.name for p in tmp_path.iterdir()] == ["cat.npz"]


def test_what_is_no_sketch_is_named(tmp_path: Path) -> None:
    """Truncated, foreign and ill-shaped archives each get one line with the file's name."""
    good = tmp_path / "good.npz"
    write_drawings(good, [Drawing((np.array([[1.0, 2], [3, 4]]),))] * 50)
    whole = good.read_bytes()
    hostile = {"cut": whole[: len(whole) // 2], "text": b"hello", "empty": b""}
    for name, data in hostile.items():
        (tmp_path / f"{name}.npz").write_bytes(data)
    with zipfile.ZipFile(good) as file:
        member = file.read("train.npy")
    header = object_header(1)
    archive(tmp_path / "cut pickle.npz", b"", member[: len(member) // 2])
    archive(tmp_path / "no header.npz", b"", b"\x93NUM")
    archive(tmp_path / "broken header.npz", b"", b"\x93NUMPY\x01\x00\x01\x00{")
    archive(tmp_path / "lists.npz", header, b"\x80\x02](" + b"}" * 99 + b"e.")
    archive(tmp_path / "name.npz", b"", b"")
    flagged = bytearray((tmp_path / "name.npz").read_bytes().replace(b"train", b"tr\xff\xfen"))
    flagged[flagged.index(b"PK\x01\x02") + 9] = 8  # names are UTF-8, it says
    (tmp_path / "name.npz").write_bytes(flagged)
    archive(tmp_path / "big memo.npz", header, b"\x80\x02]r\xff\xff\xff\x7f.")
    archive(tmp_path / "big bytes.npz", header, b"\x80\x04\x8e" + b"\xff" * 7 + b"\x0f.")
    archive(tmp_path / "list.npz", header, pickle.dumps([1, 2]))
    np.savez(tmp_path / "codes.npz", codes=np.zeros((2, 128)))
    np.savez(tmp_path / "wide.npz", train=np.zeros((2, 5, 4)))
    np.savez(tmp_path / "nan.npz", train=np.full((1, 5, 3), np.nan))
    np.savez(tmp_path / "flat.npz", train=np.zeros(7))
    np.savez(tmp_path / "words.npz", train=np.full((1, 2, 3), "a"))
    np.savez(tmp_path / "number.npz", train=np.float64(3))
    with zipfile.ZipFile(tmp_path / "lzma.npz", "w", zipfile.ZIP_LZMA) as file:
        file.writestr("train.npy", member)
    for path in sorted(tmp_path.glob("*.npz")):
        if path == good:
            continue
        with pytest.raises(FormatError) as raised:
            list(read_drawings(path))
        assert str(raised.value).startswith(str(path)), path
        assert "\n" not in str(raised.value)


def test_a_pickle_of_more_than_drawings_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Bytes that each become a whole object do not fill the memory."""
    monkeypatch.setattr("sketchstudio.formats.stroke3.MAX_OPCODES", 100)
    data = b"\x80\x02](" + b"K\x00" * 200 + b"e."
    for opcodes in (data, data.replace(b"K\x00", b"}")):
        path = archive(tmp_path / "cat.npz", object_header(200), opcodes)
        with pytest.raises(FormatError, match="which a sketch archive never does"):
            list(read_drawings(path))


def test_a_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A small file that unpacks to more than any drawing is not unpacked."""
    monkeypatch.setattr("sketchstudio.formats.stroke3.MAX_SET_BYTES", 1000)
    np.savez_compressed(tmp_path / "cat.npz", train=np.zeros((1000, 9, 3)))
    with pytest.raises(FormatError, match="larger than"):
        list(read_drawings(tmp_path / "cat.npz"))


def test_a_long_list_of_contents_is_not_read(tmp_path: Path) -> None:
    """A zip of a million empty members would keep everyone waiting."""
    path = tmp_path / "a.npz"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(1500):
            archive.writestr(f"member {number}", b"")
    with pytest.raises(FormatError, match="its list of contents is too long"):
        list(read_drawings(path))


def test_a_set_says_how_much_it_holds(tmp_path: Path) -> None:
    """What has no room is refused before it is read, and what holds more than it says, too."""
    path = tmp_path / "a.npz"
    line = np.array([[0.0, 0], [9, 9]])
    write_drawings(path, [Drawing((line,))] * 300)
    assert len(list(read_drawings(path, most=300))) == 300
    with pytest.raises(FormatError, match="a set of 300 drawings; there is room for 299"):
        list(read_drawings(path, most=299))
    with zipfile.ZipFile(path) as archive:
        data = archive.read("train.npy").replace(b"(300,), }  ", b"(1,), }    ")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("train.npy", data)
    with pytest.raises(FormatError, match="holds too much"):
        list(read_drawings(path))

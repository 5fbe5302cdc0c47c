"""Downloads from a server of our own: resumed, retried, checked, and refused in one line."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from trainer.__main__ import main
from trainer.download import DownloadError, download

CATS = bytes(range(256)) * 2000
PATH = "/full/simplified/light%20bulb.ndjson"


@dataclass
class Files:
    """What a server has, how it behaves, and what it was asked for.

    Attributes:
        address: Of the server.
        breaks: Bytes after which the next answers break off, one each.
        ranges: It understands them.
        asked: Path and range of every request.
    """

    address: str = ""
    breaks: list[int] = field(default_factory=list)
    ranges: bool = True
    status: int = 200
    asked: list[tuple[str, str | None]] = field(default_factory=list)


@pytest.fixture
def files() -> Iterator[Files]:
    """A server on this machine."""
    state = Files()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            wanted = self.headers.get("Range")
            state.asked.append((self.path, wanted))
            if state.status != 200:
                return self.refuse(state.status)
            if self.path != PATH:
                return self.refuse(404)
            start = 0
            if wanted and state.ranges:
                start = int(re.fullmatch(r"bytes=(\d+)-", wanted)[1])  # type: ignore[index]
                if start >= len(CATS):
                    return self.refuse(416, f"bytes */{len(CATS)}")
            body = CATS[start:]
            self.send_response(206 if wanted and state.ranges else 200)
            self.send_header("Content-Length", str(len(body)))
            if wanted and state.ranges:
                self.send_header("Content-Range", f"bytes {start}-{len(CATS) - 1}/{len(CATS)}")
            self.end_headers()
            if state.breaks:
                self.wfile.write(body[: state.breaks.pop(0)])
                self.close_connection = True
                return None
            self.wfile.write(body)
            return None

        def refuse(self, status: int, content_range: str = "") -> None:
            self.send_response(status)
            self.send_header("Content-Length", "0")
            if content_range:
                self.send_header("Content-Range", content_range)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield state
    server.shutdown()
    server.server_close()
    thread.join()


def fetch(files: Files, folder: Path) -> Path:
    return download("light bulb", folder, base=files.address, pause=0)


def test_a_file_arrives_whole(files: Files, tmp_path: Path) -> None:
    """Under the category's name, with progress on the way."""
    told: list[tuple[int, int | None]] = []
    path = download(
        "light bulb", tmp_path, base=files.address, on_progress=lambda *now: told.append(now)
    )
    assert path == tmp_path / "light bulb.ndjson"
    assert path.read_bytes() == CATS
    assert told[0] == (0, len(CATS))
    assert told[-1] == (len(CATS), len(CATS))
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_a_broken_connection_is_gone_on_with(files: Files, tmp_path: Path) -> None:
    """From where it broke, however often, without fetching anything twice."""
    files.breaks = [100_000, 200_000]
    assert fetch(files, tmp_path).read_bytes() == CATS
    assert [wanted for _, wanted in files.asked] == [None, "bytes=100000-", "bytes=300000-"]


def test_a_killed_download_is_gone_on_with(files: Files, tmp_path: Path) -> None:
    """What an earlier run left is kept."""
    (tmp_path / "light bulb.ndjson.part").write_bytes(CATS[:5000])
    assert fetch(files, tmp_path).read_bytes() == CATS
    assert files.asked == [(PATH, "bytes=5000-")]


def test_a_server_without_ranges_starts_anew(files: Files, tmp_path: Path) -> None:
    """Its whole file is not appended to a part."""
    files.ranges = False
    (tmp_path / "light bulb.ndjson.part").write_bytes(b"x" * 5000)
    assert fetch(files, tmp_path).read_bytes() == CATS


@pytest.mark.parametrize("size", [len(CATS), len(CATS) + 7])
def test_a_part_as_long_as_the_file_or_longer(files: Files, tmp_path: Path, size: int) -> None:
    """A whole one is done, one of another file is thrown away."""
    part = tmp_path / "light bulb.ndjson.part"
    part.write_bytes((CATS + b"other file")[:size])
    assert fetch(files, tmp_path).read_bytes() == CATS
    assert not part.exists()


def test_a_file_of_another_size_is_replaced(files: Files, tmp_path: Path) -> None:
    """Sizes are compared; one that is there whole is left as it is."""
    path = fetch(files, tmp_path)
    before = path.stat().st_mtime_ns
    assert fetch(files, tmp_path).stat().st_mtime_ns == before
    path.write_bytes(CATS[:-1])
    assert fetch(files, tmp_path).read_bytes() == CATS


def test_what_cannot_be_had_is_one_line(files: Files, tmp_path: Path) -> None:
    """Unknown categories, refusals, connections that break for ever, addresses that are none."""
    with pytest.raises(DownloadError, match="no drawings of 'catt'"):
        download("catt", tmp_path, base=files.address)
    assert len(files.asked) == 1  # asking again would not help
    files.breaks = [10] * 6
    with pytest.raises(DownloadError, match="cannot be had whole"):
        fetch(files, tmp_path)
    assert (tmp_path / "light bulb.ndjson.part").stat().st_size == 60
    files.status = 403
    with pytest.raises(DownloadError, match="403"):
        fetch(files, tmp_path)
    with pytest.raises(ValueError, match="http"):
        download("cat", tmp_path, base="ftp://example.org")
    with pytest.raises(DownloadError, match="cannot be had"):
        download("cat", tmp_path, base="http://127.0.0.1:9", pause=0)


def test_the_command_downloads_by_name(
    files: Files, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It says where the file is; an unknown name is one line."""
    command = ["download", "light bulb", "--out", str(tmp_path), "--base", files.address]
    assert main(command) == 0
    assert f"light bulb.ndjson: {len(CATS):,} bytes" in capsys.readouterr().out
    command[1] = "catt"
    assert main(command) == 2
    assert "no drawings of 'catt'" in capsys.readouterr().err

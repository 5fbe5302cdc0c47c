"""Official Quick, Draw! files by category, over HTTP, going on where a download ended."""

from __future__ import annotations

import http.client
import os
import re
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from pathlib import Path

OFFICIAL = "https://storage.googleapis.com/quickdraw_dataset"

PLACES = {
    "ndjson": "full/simplified/{name}.ndjson",
    "npz": "sketchrnn/{name}.npz",
    "bin": "full/binary/{name}.bin",
}
"""Where the files of a format are, under the base address."""

ATTEMPTS = 6
TIMEOUT = 60.0
CHUNK = 1 << 16

OnProgress = Callable[[int, int | None], None]
"""Told of the bytes that are there and, where known, of all."""


class DownloadError(OSError):
    """A file that cannot be had; the message is one line."""


def download(
    name: str,
    folder: Path,
    kind: str = "ndjson",
    base: str = OFFICIAL,
    on_progress: OnProgress = lambda done, total: None,
    pause: float = 1.0,
) -> Path:
    """Fetch a category's file, unless it is there whole.

    What is there of it is in a file that ends in ``.part``; it is gone on with, also when the
    connection breaks, and becomes the file when it has the size that the server says.

    Args:
        name: Of the category, such as ``light bulb``.
        folder: Where it goes.
        kind: ``ndjson``, ``npz`` or ``bin``.
        base: Address that has the official folders below it.
        on_progress: See `OnProgress`.
        pause: Seconds before another attempt; doubled each time.

    Raises:
        DownloadError: There is no such category, no answer, or never a whole file.
        ValueError: The address is none of HTTP.
    """
    if not re.match("https?://", base):
        raise ValueError(f"{base} is no address that begins with http:// or https://")
    url = f"{base.rstrip('/')}/{urllib.parse.quote(PLACES[kind].format(name=name))}"
    target = folder / f"{name}.{kind}"
    partial = target.with_name(target.name + ".part")
    folder.mkdir(parents=True, exist_ok=True)
    reason = "the connection broke"
    for attempt in range(ATTEMPTS):
        if attempt:
            time.sleep(pause * 2 ** (attempt - 1))
        try:
            if _fetch(url, target, partial, on_progress):
                return target
        except urllib.error.HTTPError as error:
            if error.code == 404:
                raise DownloadError(f"there are no drawings of {name!r} at {url}") from None
            reason = f"the server says {error.code} {error.reason}"
            if error.code < 500:
                break
        except (urllib.error.URLError, http.client.HTTPException, ConnectionError) as error:
            reason = str(getattr(error, "reason", error)) or type(error).__name__
        except TimeoutError:
            reason = "no answer"
    raise DownloadError(f"{url} cannot be had whole: {reason}; try again, it goes on from there")


def _fetch(url: str, target: Path, partial: Path, on_progress: OnProgress) -> bool:
    """One attempt; whether the file is whole now."""
    there = target.stat().st_size if target.exists() else None
    have = partial.stat().st_size if partial.exists() else 0
    request = urllib.request.Request(url, headers={"Accept-Encoding": "identity"})
    if have:
        request.add_header("Range", f"bytes={have}-")
    try:
        response = urllib.request.urlopen(request, timeout=TIMEOUT)
    except urllib.error.HTTPError as error:
        if error.code != 416:
            raise
        # Nothing lies beyond what we have: that is all, or it is of another file.
        if _total(error.headers.get("Content-Range", "")) == have:
            os.replace(partial, target)
            return True
        partial.unlink()
        return False
    with response:
        resumed = response.status == 206
        have = have if resumed else 0
        length = response.headers.get("Content-Length")
        total = _total(response.headers.get("Content-Range", "")) if resumed else None
        if total is None and length is not None:
            total = have + int(length)
        if there is not None and there == total:
            partial.unlink(missing_ok=True)
            on_progress(there, total)
            return True
        on_progress(have, total)
        with partial.open("ab" if resumed else "wb") as file:
            while chunk := response.read(CHUNK):
                file.write(chunk)
                have += len(chunk)
                on_progress(have, total)
    if total is not None and have < total:
        return False
    if total is not None and have > total:
        partial.unlink()  # of another file
        return False
    os.replace(partial, target)
    return True


def _total(content_range: str) -> int | None:
    """The size of the whole that ``bytes 0-9/100`` is of."""
    match = re.fullmatch(r"bytes [^/]*/(\d+)", content_range.strip())
    return int(match[1]) if match else None

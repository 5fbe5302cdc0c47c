"""A disk that fails: every write to a file is counted, and one of them is the last that works."""

from __future__ import annotations

import errno
import io
import os
import pathlib
from typing import Any

import pytest


class Disk:
    """Lets so many bytes through, or so many syncs, then says that it is full."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.room = 1 << 40
        self.syncs = 1 << 40
        disk, open_path, sync = self, pathlib.Path.open, os.fsync

        class File(io.FileIO):
            def write(self, data: Any) -> int:
                view = memoryview(data).cast("B")
                if disk.room <= 0 and len(view):
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                taken = view[: disk.room]
                disk.room -= len(taken)
                return super().write(taken)

        def open_counted(
            path: pathlib.Path, mode: str = "r", buffering: int = -1, *rest: Any, **more: Any
        ) -> Any:
            if mode not in ("wb", "ab"):
                return open_path(path, mode, buffering, *rest, **more)
            raw = File(str(path), mode)
            return raw if buffering == 0 else io.BufferedWriter(raw)

        def sync_counted(descriptor: int) -> None:
            disk.syncs -= 1
            if disk.syncs < 0:
                raise OSError(errno.EIO, os.strerror(errno.EIO))
            sync(descriptor)

        monkeypatch.setattr(pathlib.Path, "open", open_counted)
        monkeypatch.setattr(os, "fsync", sync_counted)

"""Locks between processes that end with their owner, however that ends."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path


class Lock:
    """Held from `take` until `release` or the death of the process; the system sees to it."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self._path = path
        self._descriptor: int | None = descriptor  # a file object would let go when collected

    @classmethod
    def take(cls, path: Path) -> Lock | None:
        """The lock of that file, which is made where it is missing; None where another has it.

        Raises:
            OSError: The file cannot be made, or the place knows no locks.
        """
        while True:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
            try:
                _lock(descriptor)
                if _is_at(descriptor, path):
                    return cls(path, descriptor)
            except BlockingIOError:
                os.close(descriptor)
                return None
            except BaseException:
                os.close(descriptor)
                raise
            os.close(descriptor)  # whoever had it took the file away meanwhile

    def release(self) -> None:
        """Let others have it; the file goes."""
        if self._descriptor is not None:
            with contextlib.suppress(OSError):  # Windows keeps open files
                self._path.unlink(missing_ok=True)
            os.close(self._descriptor)
            self._descriptor = None


def _is_at(descriptor: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except PermissionError as error:
            raise BlockingIOError(*error.args) from None
else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

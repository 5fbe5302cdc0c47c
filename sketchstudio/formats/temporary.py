"""Files that are being written beside the ones whose place they take.

Each is locked while its writer lives, so that one whose writer was killed can be told from one that
is still being written, and goes.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import platform
import sys
import time
import uuid
from pathlib import Path
from typing import BinaryIO

_BEGIN, _END = ".sketchstudio-", ".tmp"
_HERE = f"{_BEGIN}{hashlib.sha256(platform.node().encode()).hexdigest()[:8]}-"
_OLD = 24 * 3600  # seconds after which what another machine began is taken for abandoned
_TRIES = 3


def temporary_beside(target: Path) -> Path:
    """A name that nothing has yet in the folder of ``target``."""
    return target.with_name(f"{_HERE}{uuid.uuid4().hex}{_END}")


class Temporary:
    """A file beside ``target``, ours until `close`.

    Raises:
        OSError: It cannot be made; names ``target``.
    """

    def __init__(self, target: Path) -> None:
        for _ in range(_TRIES):
            self.path = temporary_beside(target)
            try:
                self.file: BinaryIO = self.path.open("wb")
            except OSError as error:
                error.filename = str(target)
                raise
            if _claim(self.file, self.path):
                break
            self.file.close()  # another process took it for abandoned before it was locked
        self._lock = _kept_lock(self.file)

    def close(self) -> None:
        """Let go of it; a file that is still there under its own name goes."""
        self.file.close()
        with contextlib.suppress(OSError):
            self.path.unlink()
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None


def sweep(folder: Path) -> None:
    """Remove what writers left in a folder that were killed; what cannot be removed stays."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith(_BEGIN) and entry.name.endswith(_END):
                with contextlib.suppress(OSError):
                    # Locks of another machine may not be seen on this one.
                    old = time.time() - entry.stat(follow_symlinks=False).st_mtime > _OLD
                    if old or entry.name.startswith(_HERE):
                        _remove_abandoned(Path(entry.path))


if sys.platform == "win32":  # where no file is removed while it is open

    def _claim(file: BinaryIO, path: Path) -> bool:
        return True

    def _kept_lock(file: BinaryIO) -> int | None:
        return None

    def _remove_abandoned(path: Path) -> None:
        path.unlink()
else:
    import fcntl

    def _claim(file: BinaryIO, path: Path) -> bool:
        """Lock a file that was just made; False where it is gone already."""
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return os.path.samestat(os.fstat(file.fileno()), path.stat())
        except (BlockingIOError, FileNotFoundError):
            return False
        except OSError:  # a place that knows no locks: nobody removes it there, either
            return True

    def _kept_lock(file: BinaryIO) -> int | None:
        """What keeps the lock when the file is closed, which it is before it is renamed."""
        return os.dup(file.fileno())

    def _remove_abandoned(path: Path) -> None:
        descriptor = os.open(path, os.O_RDWR | os.O_NOFOLLOW)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            path.unlink()
        finally:
            os.close(descriptor)

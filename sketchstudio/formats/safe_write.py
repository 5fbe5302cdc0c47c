"""Write a file whole or not at all: nobody ever sees half of it."""

from __future__ import annotations

import contextlib
import errno
import logging
import os
import shutil
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from sketchstudio.formats.temporary import Temporary, sweep, temporary_beside

log = logging.getLogger(__name__)


class WriteError(OSError):
    """A file that could not be written; the message is one line that names it."""


@contextlib.contextmanager
def safe_write(path: Path, *, backup: bool = False) -> Iterator[BinaryIO]:
    """Write to a temporary file beside ``path`` that takes its place when the block ends well.

    When the block raises, the temporary file goes and ``path`` stays as it was. A link stays a
    link, a file's permissions stay, and a device or pipe is written to directly.

    Args:
        path: The file to write; its folder must exist.
        backup: Keep what it was before as `backup_of` it.

    Yields:
        A binary file.

    Raises:
        WriteError: The place cannot be written, or the disk is full; ``errno`` says why.
    """
    target = path
    temporary: Temporary | None = None
    try:
        mode = path.stat().st_mode if path.exists() else None
        if mode is None or stat.S_ISREG(mode):
            target = path.resolve()
            if mode is not None and not os.access(target, os.W_OK):
                raise PermissionError(errno.EACCES, "the file is read-only")
            temporary = Temporary(target)
        with temporary.file if temporary else path.open("wb") as file:
            yield file
            file.flush()
            if temporary:
                os.fsync(file.fileno())
        if temporary:
            if mode is not None:
                temporary.path.chmod(stat.S_IMODE(mode))
                if backup:
                    _keep_as_backup(target)
            temporary.path.replace(target)
            _sync_folder(target.parent)
            sweep(target.parent)
    except BaseException as error:
        # An OSError that names another file, such as the one being read, is not about this one.
        ours = (None, str(path), str(target), str(temporary.path) if temporary else None)
        if isinstance(error, OSError) and error.filename in ours:
            if isinstance(error, BrokenPipeError):
                raise
            wrapped = WriteError(f"cannot write {path}: {error.strerror or error}")
            wrapped.errno = error.errno
            raise wrapped from error
        raise
    finally:
        if temporary:
            temporary.close()


def begin_sync(file: BinaryIO) -> None:
    """Have the disk begin to take what was written so far, where the system can; waits for none."""
    file.flush()
    if sys.platform == "linux":
        # Linux drops no page before it is written out, and begins with that at once.
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def backup_of(path: Path) -> Path:
    """Where the version before the last one lies."""
    target = path.resolve()
    return target.with_name(f"{target.name}~")


def _keep_as_backup(target: Path) -> None:
    """Keep a file's bytes under another name, too; at every moment both names are whole files.

    A place that takes no second file costs the backup, not the saving.
    """
    spare = temporary_beside(target)
    try:
        try:
            os.link(target, spare)
        except OSError:  # as on sticks
            shutil.copy2(target, spare)
        spare.replace(backup_of(target))
    except OSError as error:
        log.warning("no backup of %s: %s", target, error)
    finally:
        with contextlib.suppress(OSError):
            spare.unlink()  # renaming one name of a file to another of it leaves both


def _sync_folder(folder: Path) -> None:
    """Make the new name last through a power cut, where the system can."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

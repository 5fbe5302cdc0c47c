"""What the app can do, from the command line: no window, and no Qt but to paint PNG and PDF.

Commands read and draw in chunks, so a file of drawings may be far larger than the memory; pages,
animations and the codes of ``encode`` are held whole. A result is written whole or not at all. What
is wrong with the input is said in one line on standard error.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from typing import NoReturn

NAMES = (
    *("redraw", "complete", "blend", "generate", "guess", "encode"),
    *("convert", "teach", "bench", "install-desktop"),
)
"""Of the commands, in the order of the help; known without importing what they need."""


def main(argv: Sequence[str]) -> int:
    """Run one command.

    Args:
        argv: The command's name and its options.

    Returns:
        The exit status: 0, or 2 where the input is wrong.
    """
    # Here, since the window starts from the same command and needs none of it.
    from sketchstudio.cli.errors import CommandError
    from sketchstudio.cli.options import build_parser
    from sketchstudio.core.sketch_codec import SketchError
    from sketchstudio.formats.errors import FormatError

    terminated = signal.signal(signal.SIGTERM, _stop)
    try:
        options = build_parser().parse_args(argv)
        options.run(options)
    except (CommandError, FormatError, SketchError) as error:
        return _fail(str(error))
    except BrokenPipeError:  # whoever was reading has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        if error.filename is None:
            return _fail(str(error))
        return _fail(f"cannot read {error.filename}: {error.strerror}")
    except MemoryError:
        return _fail("not enough memory")
    except KeyboardInterrupt:
        return 130
    finally:
        signal.signal(signal.SIGTERM, terminated)
    return 0


def _stop(*_: object) -> NoReturn:
    """End as on an error, so that an unfinished file goes."""
    sys.exit(128 + signal.SIGTERM)


def _fail(message: str) -> int:
    print(f"sketchstudio: {' '.join(message.split())}", file=sys.stderr)
    return 2

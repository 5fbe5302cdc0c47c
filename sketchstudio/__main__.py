"""The one command: opens the window, or runs a command of the command line."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from sketchstudio import __version__


def main(argv: Sequence[str] | None = None) -> int:
    """Run ``sketchstudio``; returns the exit status."""
    from sketchstudio.cli import NAMES
    from sketchstudio.cli import main as run_command

    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments and arguments[0] in NAMES:
        return run_command(arguments)
    options = _parser(NAMES).parse_args(arguments)
    if options.file and not options.file.exists():
        line = f"there is no file or command {options.file} (see 'sketchstudio --help')"
        sys.stderr.write(f"sketchstudio: {line}\n")
        return 2

    from sketchstudio.system import environment

    problem = environment.problem()
    if problem:
        sys.stderr.write(f"sketchstudio: {problem}\n")
        return 1

    from sketchstudio import app

    return app.run(options.file, options.verbose)


def _parser(commands: Sequence[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="sketchstudio",
        description="Draw together with a neural network.",
        epilog="commands without a window: "
        + ", ".join(commands)
        + "; 'sketchstudio COMMAND --help' explains each",
    )
    parser.add_argument("file", nargs="?", type=Path, help="a drawing to open")
    parser.add_argument("--version", action="version", version=f"sketchstudio {__version__}")
    parser.add_argument("--verbose", action="store_true", help="write debug lines to the terminal")
    return parser


if __name__ == "__main__":
    sys.exit(main())

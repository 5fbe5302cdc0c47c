"""Fuzz one reader, guided by coverage: ``python -m tests.fuzz.run NAME MINUTES CORPUS``.

Needs atheris (``pip install -e ".[fuzz]"``). CORPUS is a folder that grows from run to run; what
breaks a reader is written beside it as ``crash-…`` and, once mended, belongs in ``regressions``;
``corpus`` has a few small files of those that led to new code.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

_GUIDING = ["sketchstudio", "zipfile", "json", "pickletools"]

with atheris.instrument_imports(include=_GUIDING):
    import sketchstudio.model.checkpoint  # noqa: F401  # imported late by its target
    from tests.fuzz.targets import NAMES, target


def main() -> None:
    """Run until the time is over or something breaks."""
    name, minutes, corpus = sys.argv[1], float(sys.argv[2]), Path(sys.argv[3])
    if name not in NAMES:
        sys.exit(f"no target {name}; there are {', '.join(NAMES)}")
    chosen = target(name)
    folder = corpus / name
    folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(chosen.seeds()):
        (folder / f"seed-{number}").write_bytes(seed)
    for kept in Path(__file__).parent.glob(f"*/{name}/*"):
        (folder / kept.name).write_bytes(kept.read_bytes())
    words = corpus / f"{name}.dict"
    spelled = ("".join(f"\\x{byte:02x}" for byte in word) for word in (*chosen.words, b"\xff\xff"))
    words.write_text("".join(f'"{word}"\n' for word in spelled))
    # By the clock the limit is wide, for a busy machine; targets count the processor's seconds.
    options = [
        *(f"-max_total_time={round(60 * minutes)}", "-timeout=100", "-rss_limit_mb=3000"),
        *("-print_final_stats=1", f"-artifact_prefix={corpus}/{name}-", f"-dict={words}"),
        *("-max_len=20000", str(folder)),
    ]
    atheris.Setup([sys.argv[0], *options], chosen)
    atheris.Fuzz()


if __name__ == "__main__":
    main()

"""Where the encoder runs."""

from __future__ import annotations

import torch


def pick_device(wanted: str = "auto") -> torch.device:
    """The fastest device there is, or the one asked for.

    Raises:
        ValueError: The device asked for is not there.
    """
    available = ["cpu"]
    if torch.backends.mps.is_available():
        available.insert(0, "mps")
    if torch.cuda.is_available():
        available.insert(0, "cuda")
    if wanted == "auto":
        return torch.device(available[0])
    if wanted not in available:
        raise ValueError(f"no device {wanted!r} here; there is {', '.join(available)}")
    return torch.device(wanted)

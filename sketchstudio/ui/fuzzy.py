"""Finding by a few letters: which texts hold them in order, and which of those best."""

from __future__ import annotations

_LETTER, _WORD_START, _NEIGHBOUR = 1.0, 3.0, 3.0


def match(query: str, text: str) -> float | None:
    """How well ``text`` answers ``query``: higher is better, None is not at all.

    The letters must come in order. Those that begin words or follow each other count more, and of
    equal matches the shorter text is the better one.
    """
    wanted, held = "".join(query.casefold().split()), text.casefold()
    # best[i]: of the letters so far, the best score with the last one at held[i].
    best: dict[int, float] = {-1: 0.0}
    for letter in wanted:
        found: dict[int, float] = {}
        for at, other in enumerate(held):
            before = [
                score + (_NEIGHBOUR if last == at - 1 and last >= 0 else 0.0)
                for last, score in best.items()
                if last < at
            ]
            if other == letter and before:
                starts = at == 0 or not held[at - 1].isalnum()
                found[at] = max(before) + _LETTER + (_WORD_START if starts else 0.0)
        best = found
    return max(best.values()) - 0.01 * len(held) if best else None

"""*Ret*: does a model that looks at its redraw see the drawing it was made of?

As RPCL-pix2seq (2021) measures it: the redraw is encoded by the model's own encoder, and all
held-out originals are ranked by how near their codes are. (That code's top-10 and top-50 look at
9 and 49; these look at 10 and 50.)
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sketchstudio.model.studio import Codes

Floats = npt.NDArray[np.floating]
DEPTHS = (1, 10, 50)
_AT_ONCE = 512


def retrieved(queries: Codes, gallery: Codes, own: npt.NDArray[np.int64]) -> dict[str, float]:
    """Share of queries whose own original is among the nearest 1, 10 and 50 of the gallery.

    Args:
        queries: (N, code) codes of redraws.
        gallery: (G, code) codes of all originals.
        own: (N,) the original of each query.
    """
    ranks = ranks_of_own(queries, gallery, own)
    return {str(depth): round(float((ranks < depth).mean()), 4) for depth in DEPTHS}


def ranks_of_own(
    queries: Floats, gallery: Floats, own: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:
    """How many others are as near as each query's own original, (N,).

    One as near counts against it: where all codes are the same, nothing is retrieved.
    """
    ranks = np.empty(len(queries), dtype=np.int64)
    queries, gallery = queries.astype(np.float64), gallery.astype(np.float64)
    sizes = (gallery * gallery).sum(axis=1)
    for start in range(0, len(queries), _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        distance = sizes - 2 * queries[part] @ gallery.T  # less the query's own size
        mine = distance[np.arange(len(distance)), own[part]]
        ranks[part] = (distance <= mine[:, None]).sum(axis=1) - 1
    return ranks

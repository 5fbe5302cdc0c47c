"""Products of whole numbers, a tile at a time in the registers of the processor.

Compilers find the instruction that multiplies sixteen pairs of 16-bit numbers and adds them two by
two, but not how to use each number that is loaded more than once; so the tile is written out here.
Where a processor has no such instruction, the same code becomes others.
"""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

LANES = 16
"""Numbers in a register; the length of rows is a multiple of it."""

_WHOLE = ir.IntType(32)
_PAIRS = ir.VectorType(_WHOLE, LANES // 2)


def tile(rows: int, states: int) -> Any:
    """A function ``(product, numbers, sums, row, place)`` for use in compiled functions.

    It multiplies ``rows`` rows of ``product`` (R, K) int16 from ``row`` on by ``states`` rows of
    ``numbers`` (B, K) int16 from ``place`` on, and puts the sums into ``sums`` (B, R) int32.
    """

    @intrinsic
    def multiply(_: Any, product: Any, numbers: Any, sums: Any, row: Any, place: Any) -> Any:
        def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            arrays = [
                context.make_array(kind)(context, builder, value)
                for kind, value in zip(signature.args[:3], arguments[:3], strict=True)
            ]
            left, right, result = arrays
            row, place = arguments[3:]
            depth, width = (cgutils.unpack_tuple(builder, a.shape)[1] for a in (left, result))

            def lines(array: Any, first: Any, count: int, length: Any) -> list[Any]:
                """Pointers to the beginnings of rows."""
                each = [builder.add(first, first.type(i)) for i in range(count)]
                return [builder.gep(array.data, [builder.mul(i, length)]) for i in each]

            of_rows = lines(left, row, rows, depth)
            of_states = lines(right, place, states, depth)
            totals = [
                [cgutils.alloca_once_value(builder, _PAIRS([0] * (LANES // 2))) for _ in of_states]
                for _ in of_rows
            ]
            with cgutils.for_range_slice(
                builder, depth.type(0), depth, depth.type(LANES), intp=depth.type
            ) as (at, _):
                one = [_loaded(builder, line, at) for line in of_rows]
                other = [_loaded(builder, line, at) for line in of_states]
                for a, line in zip(one, totals, strict=True):
                    for b, total in zip(other, line, strict=True):
                        more = _multiplied(builder, a, b)
                        builder.store(builder.add(builder.load(total), more), total)
            for j, line in enumerate(lines(result, place, states, width)):
                for i in range(rows):
                    total = _summed(builder, builder.load(totals[i][j]))
                    at = builder.add(row, row.type(i))
                    builder.store(total, builder.gep(line, [at]))
            return context.get_dummy_value()

        return types.void(product, numbers, sums, types.intp, types.intp), generate

    return multiply


def _loaded(builder: Any, line: Any, at: Any) -> Any:
    """The next numbers of a row, wide enough to be multiplied."""
    numbers = ir.VectorType(ir.IntType(16), LANES)
    pointer = builder.bitcast(builder.gep(line, [at]), numbers.as_pointer())
    loaded = builder.load(pointer)
    loaded.align = 2
    return builder.sext(loaded, ir.VectorType(_WHOLE, LANES))


def _multiplied(builder: Any, a: Any, b: Any) -> Any:
    """Products, added two by two."""
    products = builder.mul(a, b)
    nothing = ir.Constant(products.type, ir.Undefined)
    even, odd = (
        builder.shuffle_vector(products, nothing, _PAIRS(list(range(first, LANES, 2))))
        for first in (0, 1)
    )
    return builder.add(even, odd)


def _summed(builder: Any, total: Any) -> Any:
    name = f"llvm.vector.reduce.add.v{LANES // 2}i32"
    kind = ir.FunctionType(_WHOLE, [_PAIRS])
    return builder.call(cgutils.get_or_insert_function(builder.module, kind, name), [total])

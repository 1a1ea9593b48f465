/** Leaves `start` to `end - 1`. */
export type LeafRange = { start: number; end: number }

function splitPoint({ start, end }: LeafRange): number {
  let width = 1
  while (width * 2 < end - start) width *= 2
  return start + width
}

/** The perfect subtrees that make up a range, from left to right (a compact range). */
export function perfectSubtrees({ start, end }: LeafRange): LeafRange[] {
  const nodes: LeafRange[] = []
  for (let at = start; at < end; ) {
    let width = 1
    while (at % (width * 2) === 0 && at + width * 2 <= end) width *= 2
    nodes.push({ start: at, end: at + width })
    at += width
  }
  return nodes
}

/** The ranges whose roots prove leaf `index` of a tree of `size`, from the leaf up: RFC 6962 section 2.1.1. */
export function inclusionRanges(index: number, size: number): LeafRange[] {
  if (!Number.isSafeInteger(size) || !(index >= 0 && index < size))
    throw new Error(`There is no leaf ${index} in a tree of ${size}.`)
  const siblings: LeafRange[] = []
  let range: LeafRange = { start: 0, end: size }
  while (range.end - range.start > 1) {
    const middle = splitPoint(range)
    const [left, right] = [
      { start: range.start, end: middle },
      { start: middle, end: range.end },
    ]
    siblings.push(index < middle ? right : left)
    range = index < middle ? left : right
  }
  return siblings.reverse()
}

/** The ranges whose roots prove that the tree of `from` leaves begins that of `to`: RFC 6962 section 2.1.2. */
export function consistencyRanges(from: number, to: number): LeafRange[] {
  if (!Number.isSafeInteger(to) || !(from >= 0 && from <= to))
    throw new Error(`A tree of ${from} can't be the beginning of one of ${to}.`)
  if (from === 0) return []
  const roots: LeafRange[] = []
  let range: LeafRange = { start: 0, end: to }
  while (range.end !== from) {
    const middle = splitPoint(range)
    const isLeft = from <= middle
    roots.push(isLeft ? { start: middle, end: range.end } : { start: range.start, end: middle })
    range = isLeft ? { start: range.start, end: middle } : { start: middle, end: range.end }
  }
  // The old root itself is known to whoever asks.
  if (range.start > 0) roots.push(range)
  return roots.reverse()
}

/** The compact ranges left and right of leaves `from` to `to - 1`: with those leaves they make the root. */
export function edgeRanges(
  from: number,
  to: number,
  size: number,
): { left: LeafRange[]; right: LeafRange[] } {
  if (!Number.isSafeInteger(size) || !(0 <= from && from <= to && to <= size))
    throw new Error(`${from} to ${to} is no range of a tree of ${size}.`)
  return {
    left: perfectSubtrees({ start: 0, end: from }),
    right: perfectSubtrees({ start: to, end: size }),
  }
}

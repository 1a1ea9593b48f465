import { isFieldPath } from '@/lib/trail/filter'
import { canFilterBy } from './can-filter-by'

/** Members of one object or list that are shown; the JSON below has the rest. */
const MAX_MEMBERS = 100
/** Values that a page shows as a tree: more are found by searching the JSON, not by reading. */
const MAX_NODES = 600

/**
 * A member of an event's own JSON. `text` is its value as JSON; `filter` is the parameter that finds events with
 * the same value at the same place, where there can be one.
 */
export type DataNode = {
  key: string
  /** Null for the items of a list, which have places and no names. */
  name: string | null
} & (
  | { kind: 'value'; text: string; filter?: [path: string, value: string] }
  | { kind: 'branch'; isList: boolean; size: number; children: DataNode[] }
)

/** The members of `data` as a tree to read; what is beyond the bounds is left out, and shows in a branch's `size`. */
export function toDataNodes(data: Record<string, unknown>, root = 'data'): DataNode[] {
  return childrenOf(data, root, { left: MAX_NODES })
}

type Budget = { left: number }

function childrenOf(value: object, path: string, budget: Budget): DataNode[] {
  const isList = Array.isArray(value)
  const nodes: DataNode[] = []
  for (const [key, member] of Object.entries(value).slice(0, MAX_MEMBERS)) {
    if (budget.left <= 0) break
    budget.left--
    const name = isList ? null : key
    const inner = `${path}.${key.replaceAll(/[\\.]/g, '\\$&')}`
    if (typeof member === 'object' && member !== null) {
      const size = Object.keys(member).length
      const children = childrenOf(member, inner, budget)
      nodes.push({ key, name, kind: 'branch', isList: Array.isArray(member), size, children })
    } else {
      // A filter on a list finds any of its items.
      const filter = filterFor(isList ? path : inner, member)
      nodes.push({ key, name, kind: 'value', text: JSON.stringify(member), ...(filter && { filter }) })
    }
  }
  return nodes
}

function filterFor(path: string, value: unknown): [path: string, value: string] | undefined {
  if (value === null) return undefined
  const text = String(value)
  return canFilterBy(text) && isFieldPath(path) ? [path, text] : undefined
}

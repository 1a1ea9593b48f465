import { diffArrays } from 'diff'

/** The names and positions that lead to a value. */
export type JsonPath = readonly (string | number)[]
export type JsonChange =
  | { kind: 'removed'; path: JsonPath; oldValue: unknown }
  | { kind: 'added'; path: JsonPath; newValue: unknown }
  | { kind: 'changed'; path: JsonPath; oldValue: unknown; newValue: unknown }

/** Lists that differ in more items are compared by position. */
const MAX_LIST_EDITS = 500

type Members = Record<string, unknown>

const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What became of a JSON value, member by member, in the order of the new one; removed members come last. */
export function diffJson(oldValue: unknown, newValue: unknown, path: JsonPath = []): JsonChange[] {
  if (isMembers(oldValue) && isMembers(newValue)) return diffMembers(oldValue, newValue, path)
  if (Array.isArray(oldValue) && Array.isArray(newValue)) return diffLists(oldValue, newValue, path)
  if (sameJson(oldValue, newValue)) return []
  return [{ kind: 'changed', path, oldValue, newValue }]
}

function diffMembers(oldValue: Members, newValue: Members, path: JsonPath): JsonChange[] {
  const kept = Object.keys(newValue).flatMap((name): JsonChange[] => {
    const inner = [...path, name]
    if (!Object.hasOwn(oldValue, name)) return [{ kind: 'added', path: inner, newValue: newValue[name] }]
    return diffJson(oldValue[name], newValue[name], inner)
  })
  const gone = Object.keys(oldValue)
    .filter((name) => !Object.hasOwn(newValue, name))
    .map((name): JsonChange => ({ kind: 'removed', path: [...path, name], oldValue: oldValue[name] }))
  return [...kept, ...gone]
}

/** Items that moved along because others came or went are the same; the rest is compared in pairs. */
function diffLists(oldList: unknown[], newList: unknown[], path: JsonPath): JsonChange[] {
  const runs = diffArrays(oldList, newList, { comparator: sameJson, maxEditLength: MAX_LIST_EDITS }) ?? [
    { value: oldList, removed: true, added: false },
    { value: newList, removed: false, added: true },
  ]
  const changes: JsonChange[] = []
  let oldAt = 0
  let newAt = 0
  for (let at = 0; at < runs.length; at++) {
    const run = runs[at]
    if (!run?.removed && !run?.added) {
      oldAt += run?.value.length ?? 0
      newAt += run?.value.length ?? 0
      continue
    }
    const removed = run.removed ? run.value : []
    const next = runs[at + 1]
    if (run.removed && next?.added) at++
    const added = run.added ? run.value : next?.added ? next.value : []
    for (let i = 0; i < Math.max(removed.length, added.length); i++) {
      if (i >= removed.length) changes.push({ kind: 'added', path: [...path, newAt + i], newValue: added[i] })
      else if (i >= added.length)
        changes.push({ kind: 'removed', path: [...path, oldAt + i], oldValue: removed[i] })
      else changes.push(...diffJson(removed[i], added[i], [...path, newAt + i]))
    }
    oldAt += removed.length
    newAt += added.length
  }
  return changes
}

function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, at) => sameJson(item, b[at]))
  if (!isMembers(a) || !isMembers(b)) return false
  const names = Object.keys(a)
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && sameJson(a[name], b[name]))
  )
}

/** How many values a JSON value holds, itself not counted if it holds others. */
export function countJsonValues(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1
  return Object.values(value).reduce((sum: number, member) => sum + countJsonValues(member), 0)
}

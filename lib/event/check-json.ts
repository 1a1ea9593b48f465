import type { Violation } from '@/lib/errors/app-error'
import { pointerStep } from '@/lib/integrity/json-pointer'

/** Levels of objects and arrays in an event, itself included: no log nests deeper, and recursion stays bounded. */
const MAX_NESTING = 16

/** What is wrong, and the way to it from the outside in: built only when something is, which is rare. */
type Finding = { steps: string[]; code: string; detail: string }

function findInString(value: string, what: string): Finding | undefined {
  if (value.includes('\0'))
    return { steps: [], code: 'nul', detail: `${what} contains U+0000, which no store keeps` }
  if (!value.isWellFormed())
    return { steps: [], code: 'lone_surrogate', detail: `${what} contains half of a surrogate pair` }
  return undefined
}

function findInMember(parent: Record<string, unknown>, name: string, depth: number): Finding | undefined {
  const found = findInString(name, 'the name') ?? find(parent[name], depth)
  found?.steps.unshift(name)
  return found
}

function find(value: unknown, depth: number): Finding | undefined {
  if (typeof value === 'string') return findInString(value, 'the text')
  if (typeof value === 'number') {
    if (Number.isSafeInteger(value) || (Number.isFinite(value) && !Number.isInteger(value))) return undefined
    return { steps: [], code: 'number_range', detail: 'integers beyond ±(2^53 − 1) must be sent as text' }
  }
  if (typeof value !== 'object' || value === null) return undefined
  if (depth > MAX_NESTING)
    return {
      steps: [],
      code: 'too_deep',
      detail: `objects and arrays nest at most ${MAX_NESTING} levels deep`,
    }
  for (const name of Object.keys(value)) {
    const found = findInMember(value as Record<string, unknown>, name, depth + 1)
    if (found) return found
  }
  return undefined
}

/**
 * The first thing in a parsed JSON value that I-JSON (RFC 7493) or PostgreSQL would not carry unchanged:
 * ill-formed strings, integers beyond ±(2^53 − 1), infinities, more than 16 levels. Undefined if all is well.
 */
export function checkJson(value: unknown): Violation | undefined {
  const found = find(value, 1)
  return found && { pointer: found.steps.map(pointerStep).join(''), code: found.code, detail: found.detail }
}

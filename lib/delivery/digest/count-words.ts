import { LEVELS, type Level } from '@/lib/event/levels'
import type { Digest } from './digest'

const PLURALS: Partial<Record<Level, string>> = { notice: 'notices', warning: 'warnings', error: 'errors' }

export const number = (count: number) => count.toLocaleString('en')
/** `1 event`, `1,200 events`. */
export const plural = (count: number, noun: string) => `${number(count)} ${noun}${count === 1 ? '' : 's'}`

/** A moment (RFC 3339 UTC) for people. */
export const timeOf = (at: string) => `${at.slice(0, 10)} ${at.slice(11, 19)} UTC`

/** Two moments; one where they are the same second. */
export const span = (from: string, to: string) =>
  timeOf(from) === timeOf(to) ? timeOf(from) : `${timeOf(from).replace(' UTC', '')} to ${timeOf(to)}`

/** The most severe first: `1 error, 2 warnings`. Pure. */
export function countLevels(levels: Digest['levels']): string {
  const counts = [...LEVELS].reverse().map((level) => [level, levels[level] ?? 0] as const)
  return counts
    .filter(([, count]) => count > 0)
    .map(([level, count]) => `${number(count)} ${count === 1 ? level : (PLURALS[level] ?? level)}`)
    .join(', ')
}

/** Those with most events: `12 account, 3 relay and others`. Pure. */
export function countTypes(types: Digest['types'], max: number): string {
  const named = types.slice(0, max).map(([type, count]) => `${number(count)} ${type}`)
  return `${named.join(', ')}${types.length > max ? ' and others' : ''}`
}

import { describe, expect, it } from 'vitest'
import { parseFilter } from '@/lib/trail/filter-url'
import {
  excluding,
  including,
  negate,
  plainValue,
  trailHref,
  withCursor,
  withOnly,
  withoutFilter,
  withoutValue,
  withPeriod,
  withRange,
  withValue,
} from './trail-url'

const at = (query: string) => new URLSearchParams(query)

describe('addresses of the trail', () => {
  it('adds a value beside the others', () =>
    expect(withValue(at('type=a'), 'type', 'b').toString()).toBe('type=a&type=b'))
  it('never holds a value twice', () =>
    expect(withValue(at('type=a'), 'type', 'a').toString()).toBe('type=a'))
  it('replaces a value by its opposite, both ways', () => {
    expect(withValue(at('actor=eve'), 'actor', '!eve').toString()).toBe('actor=%21eve')
    expect(withValue(at('actor=!eve'), 'actor', 'eve').toString()).toBe('actor=eve')
  })
  it.each(['alice', '!alice', '!!', 'a!b'])(
    'includes and excludes %s as the filter parser reads it',
    (value) => {
      for (const [raw, side] of [
        [including(value), 'include'],
        [excluding(value), 'exclude'],
      ] as const) {
        const actor = parseFilter(withValue(at(''), 'actor', raw)).actor
        expect(actor?.[side]).toEqual([value])
        expect(plainValue(raw)).toBe(value)
        expect(negate(negate(raw))).toBe(raw)
      }
    },
  )
  it('takes one value out and leaves the rest', () =>
    expect(withoutValue(at('type=a&type=b&q=x'), 'type', 'a').toString()).toBe('q=x&type=b'))
  it('starts at the newest page whenever the filter changes', () => {
    for (const next of [
      withValue(at('cursor=c'), 'type', 'a'),
      withoutValue(at('cursor=c&type=a'), 'type', 'a'),
      withOnly(at('cursor=c'), 'minLevel', 'error'),
      withRange(at('cursor=c'), '-24h'),
      withPeriod(at('cursor=c'), 'a', 'b'),
      withoutFilter(at('cursor=c')),
    ])
      expect(next.has('cursor')).toBe(false)
  })
  it('lets a preset replace an own range', () =>
    expect(withRange(at('from=a&to=b&q=x'), '-1h').toString()).toBe('from=-1h&q=x'))
  it('replaces a preset by two moments', () =>
    expect(withPeriod(at('from=-1h&q=x'), 'a', 'b').toString()).toBe('from=a&q=x&to=b'))
  it('stands still on a page further back', () =>
    expect(withCursor(at('live=1&q=x'), 'c').toString()).toBe('q=x&cursor=c'))
  it('clears what is looked for, opens no default view, and keeps how it looks', () =>
    expect(withoutFilter(at('type=a&data.x=1&view=v&limit=100&columns=seq&order=asc')).toString()).toBe(
      'view=all&limit=100&columns=seq&order=asc',
    ))
  it('has no question mark without a filter', () =>
    expect(trailHref('/acme/trail', at(''))).toBe('/acme/trail'))
})

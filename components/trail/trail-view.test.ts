import { describe, expect, it } from 'vitest'
import { filterParams, isLive, isUnfiltered, pageSize, tidyParams, toSearchParams } from './trail-view'

const tidy = (query: string) => tidyParams(new URLSearchParams(query), 'UTC').toString()

describe('what a plain form sends', () => {
  it('loses empty fields, blanks and doubles', () =>
    expect(tidy('q=&type=a&type=a&actor=+eve+&ip=!')).toBe('type=a&actor=eve'))
  it('keeps an own range only when it was chosen', () => {
    expect(tidy('range=-24h&from=2026-01-01T00:00&to=-1h')).toBe('from=-24h')
    expect(tidy('range=all&from=2026-01-01T00:00')).toBe('')
    expect(tidy('range=custom&from=2026-01-01T00:00')).toBe('from=2026-01-01T00%3A00%3A00.000Z')
  })
  it('takes a typed moment before the one that stood there', () =>
    expect(tidy('range=custom&from=-7d&from=&to=-1d&to=2026-01-01T00:00')).toBe(
      'from=-7d&to=2026-01-01T00%3A00%3A00.000Z',
    ))
  it('excludes the value typed into the field whose button says so, and no other', () => {
    expect(tidy('actor=eve&actor=bob&not=actor')).toBe('actor=%21eve&actor=bob')
    expect(tidy('actor=&actor=bob&not=actor')).toBe('actor=bob')
    expect(tidy('actor=!eve&not=actor')).toBe('actor=%21eve')
  })
  it('puts a path together', () => {
    expect(tidy('fieldIn=data&fieldPath=request.id&fieldValue=7')).toBe('data.request.id=7')
    expect(tidy('fieldIn=custom&fieldPath=custom1&fieldValue=7&not=fieldValue')).toBe('custom.custom1=%217')
    expect(tidy('fieldIn=data&fieldPath=custom.x&fieldValue=7')).toBe('custom.x=7')
    expect(tidy('fieldIn=data&fieldPath=x&fieldValue=')).toBe('')
  })
  it('is stable: a tidy address stays as it is', () => {
    const once = tidy('q=x&range=custom&from=2026-01-01T00:00&type=!b')
    expect(tidy(once)).toBe(once)
  })
})

describe('the filter of a page', () => {
  it('leaves the parameters of the page out and keeps unknown ones for the parser to refuse', () =>
    expect(filterParams(new URLSearchParams('cursor=c&limit=100&typ=a')).toString()).toBe('typ=a'))
  it('knows the whole trail', () => {
    expect(isUnfiltered(new URLSearchParams('limit=100'))).toBe(true)
    expect(isUnfiltered(new URLSearchParams('q=x'))).toBe(false)
  })
  it('follows new events on the newest page only', () => {
    expect(isLive(new URLSearchParams('live=1&type=a'))).toBe(true)
    for (const query of ['', 'live=0', 'live=1&cursor=c', 'live=1&order=asc'])
      expect(isLive(new URLSearchParams(query))).toBe(false)
  })
  it('takes only the sizes it offers', () => {
    expect(pageSize(new URLSearchParams('limit=100'))).toBe(100)
    expect(pageSize(new URLSearchParams('limit=1000000'))).toBe(50)
  })
})

it('reads repeated parameters', () =>
  expect(toSearchParams({ type: ['a', 'b'], q: 'x', none: undefined }).toString()).toBe('type=a&type=b&q=x'))

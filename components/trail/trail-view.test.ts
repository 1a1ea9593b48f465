import { describe, expect, it } from 'vitest'
import { filterParams, isUnfiltered, pageSize, tidyParams, toSearchParams } from './trail-view'

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
  it('takes only the sizes it offers', () => {
    expect(pageSize(new URLSearchParams('limit=100'))).toBe(100)
    expect(pageSize(new URLSearchParams('limit=1000000'))).toBe(50)
  })
})

it('reads repeated parameters', () =>
  expect(toSearchParams({ type: ['a', 'b'], q: 'x', none: undefined }).toString()).toBe('type=a&type=b&q=x'))

import { describe, expect, it } from 'vitest'
import { DEFAULT_COLUMNS, displayCookie, displayParams, parseColumns, parseDisplay } from './trail-display'

const address = (query = '') => new URLSearchParams(query)

describe('how the trail is shown', () => {
  it('keeps the table’s order, drops unknown columns, and never loses the one that opens an event', () =>
    expect(parseColumns('seq,typ,type,time')).toEqual(['time', 'type', 'message', 'seq']))
  it.each([null, '', 'nonsense'])('falls back to the default for %s', (text) =>
    expect(parseColumns(text)).toEqual(DEFAULT_COLUMNS),
  )
  it('comes back from its cookie', () => {
    const display = parseDisplay('columns=message,seq&density=compact&facets=off', address())
    expect(display).toEqual({ columns: ['message', 'seq'], density: 'compact', facets: false })
    expect(parseDisplay(displayCookie(display), address())).toEqual(display)
  })
  it('follows the address before the cookie', () =>
    expect(
      parseDisplay('columns=seq&density=compact', address('columns=ip&density=comfortable')),
    ).toMatchObject({
      columns: ['message', 'ip'],
      density: 'comfortable',
    }))
  it('adds nothing to the address of somebody who changed nothing', () =>
    expect(displayParams(parseDisplay(undefined, address()))).toEqual([]))
})

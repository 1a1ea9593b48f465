import { expect, it } from 'vitest'
import { destinationHref, readAddress } from './destination-address'

const PATH = '/acme/forwarding/1'

it.each([
  [{}, PATH],
  [{ list: 'dead', range: '7d', cursor: 'abc' }, `${PATH}?list=dead&range=7d&cursor=abc`],
  [{ list: 'attempts', range: '24h' }, PATH],
])('reads %o and writes it again', (sent, href) =>
  expect(destinationHref(readAddress(PATH, sent))).toBe(href),
)

it('takes what it does not know for the default', () =>
  expect(readAddress(PATH, { list: 'nothing', range: '99y', cursor: ['a', 'b'] })).toEqual({
    path: PATH,
    section: 'attempts',
    range: '24h',
    cursor: undefined,
  }))

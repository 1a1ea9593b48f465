import { expect, it } from 'vitest'
import { CHANNEL_SECTIONS, destinationHref, readAddress, SECTIONS } from './destination-address'

const PATH = '/acme/forwarding/1'

it.each([
  [{}, PATH],
  [{ list: 'dead', range: '7d', cursor: 'abc' }, `${PATH}?list=dead&range=7d&cursor=abc`],
  [{ list: 'attempts', range: '24h' }, PATH],
])('reads %o and writes it again', (sent, href) =>
  expect(destinationHref(readAddress(PATH, sent, SECTIONS))).toBe(href),
)

it('takes what it does not know for the default', () =>
  expect(readAddress(PATH, { list: 'nothing', range: '99y', cursor: ['a', 'b'] }, SECTIONS)).toEqual({
    path: PATH,
    sections: SECTIONS,
    section: 'attempts',
    range: '24h',
    cursor: undefined,
  }))

it('knows the lists of a channel on a channel’s page only', () => {
  expect(readAddress(PATH, { list: 'alarms' }, SECTIONS).section).toBe('attempts')
  const address = readAddress(PATH, { list: 'alarms' }, CHANNEL_SECTIONS)
  expect(destinationHref(address)).toBe(`${PATH}?list=alarms`)
  expect(destinationHref({ ...address, section: 'channel' })).toBe(PATH)
})

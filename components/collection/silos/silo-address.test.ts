import { expect, test } from 'vitest'
import { readSiloAddress, siloHref } from './silo-address'

const PATH = '/acme/collection/silos/ad'

test('what is chosen is in the address, and comes back from it', () => {
  const address = readSiloAddress(PATH, {
    list: 'rejects',
    code: 'date_invalid',
    state: 'discarded',
    after: 'x',
  })
  const href = siloHref(address)
  expect(href).toBe(`${PATH}?list=rejects&code=date_invalid&state=discarded&after=x`)
  expect(readSiloAddress(PATH, Object.fromEntries(new URL(href, 'http://x').searchParams))).toEqual(address)
})

test('the first view has the bare address, and what is wrong falls out', () => {
  const address = readSiloAddress(PATH, { list: 'nonsense', code: ['a'], file: "'--", state: '1' })
  expect(siloHref(address)).toBe(PATH)
})

test('a choice among rejects is not carried to the other lists', () => {
  const address = readSiloAddress(PATH, { list: 'rejects', code: 'date_invalid' })
  expect(siloHref({ ...address, section: 'runs' })).toBe(`${PATH}?list=runs`)
})

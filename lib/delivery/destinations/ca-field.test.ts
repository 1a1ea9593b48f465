import { describe, expect, test } from 'vitest'
import { makeAuthority } from '@/lib/http/testing/authority'
import { caInput, complaintAboutCa } from './ca-field'

const authority = makeAuthority()
const other = makeAuthority('Another')
const server = authority.issue('DNS:logs.test')

describe('a certificate authority', () => {
  test('is taken alone and in a chain, without what stands around it', () => {
    expect(caInput.parse(authority.ca)).toBe(authority.ca.trim().concat('\n'))
    const bag = `subject=CN = x\n${authority.ca}\n\nissuer=CN = y\n${other.ca}`
    expect(caInput.parse(bag)).toBe(`${authority.ca.trim()}\n${other.ca.trim()}\n`)
    expect(caInput.parse(caInput.parse(bag))).toBe(caInput.parse(bag))
  })

  test.each([
    ['nothing', '', 'no certificate in PEM form'],
    ['words', 'my certificate', 'no certificate in PEM form'],
    ['the middle of one', authority.ca.split('\n').slice(1).join('\n'), 'no certificate in PEM form'],
    ['a private key', server.key, 'private key'],
    ['a private key beside a certificate', authority.ca + server.key, 'private key'],
    ['a damaged one', authority.ca.replace(/MII./, 'AAAA'), 'Certificate 1 cannot be read'],
    ['a damaged second one', authority.ca + other.ca.replace(/MII./, 'AAAA'), 'Certificate 2 cannot be read'],
    ['a public key', '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----', 'public key'],
    ['too many', authority.ca.repeat(21), 'At most 20'],
  ])('is not %s', (_, text, complaint) => {
    expect(complaintAboutCa(text)).toContain(complaint)
    expect(caInput.safeParse(text).success).toBe(false)
  })

  test('is refused after its time', () => {
    expect(complaintAboutCa(authority.ca)).toBeUndefined()
    expect(complaintAboutCa(authority.ca, Date.now() + 10 * 86_400_000)).toContain('expired on')
  })
})

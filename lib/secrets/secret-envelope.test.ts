import { afterEach, expect, test, vi } from 'vitest'
import { decryptSecret, encryptSecret } from './secret-envelope'

const context = { tenantId: '0192c0de-0000-7000-8000-000000000001', purpose: 'destination 1' }

afterEach(() => vi.unstubAllEnvs())

test('a secret comes back, and its envelope neither shows nor repeats it', () => {
  for (const secret of ['', 'Splunk abc', 'ключ 🔑', 'x'.repeat(10_000)]) {
    const envelope = encryptSecret(secret, context)
    expect(decryptSecret(envelope, context)).toBe(secret)
    if (secret) expect(envelope.includes(secret)).toBe(false)
    expect(encryptSecret(secret, context).equals(envelope)).toBe(false)
  }
})

test('an envelope opens for no other tenant and no other purpose', () => {
  const envelope = encryptSecret('s', context)
  expect(() => decryptSecret(envelope, { ...context, tenantId: 'other' })).toThrow(/another tenant/)
  expect(() => decryptSecret(envelope, { ...context, purpose: 'destination 2' })).toThrow(/another tenant/)
})

test('any changed byte, and any lost one, is noticed', () => {
  const envelope = encryptSecret('secret', context)
  for (let i = 0; i < envelope.length; i++) {
    const changed = Buffer.from(envelope)
    changed[i] = (changed[i] ?? 0) ^ 1
    expect(() => decryptSecret(changed, context), `byte ${i}`).toThrow(/stored secret/)
    expect(() => decryptSecret(envelope.subarray(0, i), context)).toThrow(/stored secret/)
  }
})

test('a changed key is named as the cause', () => {
  const envelope = encryptSecret('secret', context)
  vi.stubEnv('SPOOR_ENCRYPTION_KEY', Buffer.alloc(32, 9).toString('base64'))
  expect(() => decryptSecret(envelope, context)).toThrow(/another SPOOR_ENCRYPTION_KEY/)
  vi.stubEnv('SPOOR_ENCRYPTION_KEY', 'c2hvcnQ=')
  expect(() => encryptSecret('x', context)).toThrow(/32 bytes/)
})

import { describe, expect, test } from 'vitest'
import { parseInput } from '@/lib/errors/parse-input'
import { s3ConfigSchema } from './config'
import { s3Kind } from './s3-kind'
import { s3Destination, s3Input } from './testing/s3-config'

const configure = (changes: Record<string, unknown>, before?: Parameters<typeof s3Kind.configure>[1]) =>
  s3Kind.configure(parseInput(s3Kind.input, s3Input(changes)), before)
const complaintAbout = (field: string) =>
  expect.objectContaining({
    details: { violations: [expect.objectContaining({ pointer: expect.stringMatching(`^/${field}(/|$)`) })] },
  })
const { config, secrets } = s3Destination()
const before = { config, secretNames: Object.keys(secrets) }

test.each([
  ['mailTypes', { mailTypes: [] }],
  ['mailTypes', { mailTypes: undefined }],
  ['mailTypes', { mailTypes: ['No Type'] }],
  ['mailTo', { mailTo: '' }],
  ['mailTo', { mailTo: 'nobody' }],
  ['mailTo', { mailTo: 'a@example.com\r\nBcc: b@example.com' }],
  ['bucket', { bucket: 'a/b' }],
  ['bucket', { bucket: 'arn:aws:s3:us-east-1:123456789012:accesspoint/x' }],
  ['region', { region: '' }],
  ['region', { region: 'evil.example.com/' }],
  ['endpoint', { endpoint: 'http://169.254.169.254' }],
  ['endpoint', { endpoint: 'http://127.0.0.1:9000' }],
  ['endpoint', { endpoint: 'https://s3.example.com/?a=b' }],
  ['prefix', { prefix: 'a b' }],
  ['prefix', { prefix: '../other' }],
  ['prefix', { prefix: 'a/./b' }],
  ['secretAccessKey', { secretAccessKey: undefined }],
  ['kmsKeyId', { kmsKeyId: 'k' }],
  ['storageClass', { storageClass: 'A\r\nB' }],
])('%s is refused in %j', (field, changes) => {
  expect(() => configure(changes)).toThrow(complaintAbout(field))
})

test('a prefix is a folder, however it is written', () => {
  const prefixes = ['', '/', 'audit', '/audit/', 'a/b//'].map((prefix) => configure({ prefix }).config.prefix)
  expect(prefixes).toEqual(['', '', 'audit/', 'audit/', 'a/b/'])
})

test('a storage of another than AWS needs no region', () => {
  expect(configure({ region: '', endpoint: 'https://s3.example.com' }).config).toMatchObject({
    region: 'us-east-1',
    endpoint: 'https://s3.example.com',
  })
})

describe('an edit', () => {
  test('keeps the key of the digests and, unless it is given, the secret', () => {
    const edited = configure({ bucket: 'other', secretAccessKey: undefined }, before)
    expect(edited.secrets).toEqual({})
    expect(edited.config.digestPublicKey).toBe(config.digestPublicKey)
  })

  test('that names another access key must give its secret', () => {
    expect(() => configure({ accessKeyId: 'OTHER', secretAccessKey: undefined }, before)).toThrow(
      complaintAbout('secretAccessKey'),
    )
  })

  test('that leads to another endpoint must give the secret again', () => {
    const edited = { endpoint: 'https://evil.example', secretAccessKey: undefined }
    expect(() => configure(edited, before)).toThrow(complaintAbout('secretAccessKey'))
  })

  test('makes a new key for the digests after the secrets were lost', () => {
    const edited = configure({}, { config, secretNames: [] })
    expect(edited.secrets.digestKey).toMatch(/^[A-Za-z0-9+/]{43}=$/)
    expect(edited.config.digestPublicKey).not.toBe(config.digestPublicKey)
  })
})

test('each destination signs with a key of its own, whose public part is shown', () => {
  const keys = [1, 2].map(() => configure({}).config.digestPublicKey)
  expect(new Set(keys).size).toBe(2)
  expect(s3Kind.open(config).values().digestPublicKey).toMatch(/^spoor-digest\+[0-9a-f]{8}\+/)
})

test('the trail learns that the access key changed, but not the whole of it', () => {
  expect(s3Kind.open(config).publicValues()).toMatchObject({ accessKeyId: 'AKIA…MPLE' })
})

test('the chosen log types also go out by e-mail, as often as objects are stored', () => {
  expect(s3Kind.companion?.(config)).toEqual({
    kind: 'email',
    fields: { to: ['soc@example.com'], everySeconds: 300 },
    types: ['account'],
  })
})

test('a configuration with anything more in it is not read', () => {
  expect(() => s3ConfigSchema.parse({ ...config, secretAccessKey: 'geheim' })).toThrow()
})

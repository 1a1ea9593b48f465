import { expect, test } from 'vitest'
import { nodePrimitives } from '@/lib/integrity/verify/node-primitives'
import { parseNote } from '@/lib/integrity/verify/note'
import { parseVkey } from '@/lib/integrity/verify/vkey'
import { deriveClockKey, deriveLogKey } from './derive-keys'
import { COSIGNATURE, ED25519, makeNoteKey } from './note-key'
import { checkpointBody, signCheckpoint } from './sign-checkpoint'

const secret = Buffer.from(Array.from({ length: 32 }, (_, i) => i))
const origin = 'audit.example.org/log/0190f7a0'
const root = Buffer.from('vrIWJhokfWDr62vVAwTtWWnHblDSW9PL5DIyEmBz884=', 'base64')

test('the body is the three lines of tlog-checkpoint', () => {
  expect(checkpointBody({ origin, size: 70_000, root })).toBe(
    'audit.example.org/log/0190f7a0\n70000\nvrIWJhokfWDr62vVAwTtWWnHblDSW9PL5DIyEmBz884=\n',
  )
  expect(() => checkpointBody({ origin, size: 2 ** 53, root })).toThrow('Not a tree head')
  expect(() => checkpointBody({ origin, size: 1, root: root.subarray(1) })).toThrow('Not a tree head')
})

test('keys differ by origin, rotation and purpose, and are the same again for the same', () => {
  const keys = [
    deriveLogKey(secret, origin, 0),
    deriveLogKey(secret, origin, 1),
    deriveLogKey(secret, `${origin}b`, 0),
    deriveClockKey(secret, 'audit.example.org', 0),
  ]
  const publicKeys = keys.map(({ vkey }) => vkey.split('+')[2])
  expect(new Set(publicKeys).size).toBe(keys.length)
  expect(deriveLogKey(secret, origin, 1).vkey).toBe(keys[1]?.vkey)
  expect(keys[3]?.name).toBe('audit.example.org/clock')
  expect(() => deriveLogKey(secret.subarray(1), origin, 0)).toThrow('must have 32')
  expect(() => makeNoteKey('a b', ED25519, secret)).toThrow("can't name a key")
  expect(() => makeNoteKey('a+b', ED25519, secret)).toThrow("can't name a key")
})

test('keys are derived as an implementation in another language derives them', () => {
  expect(deriveLogKey(secret, origin, 0).vkey).toBe(
    'audit.example.org/log/0190f7a0+3036e511+AYlzTfAK0CWd7kEIDCaYKFpFpAWfB9qmlubl9TEVsW+2',
  )
  expect(deriveClockKey(secret, 'audit.example.org', 0).vkey).toBe(
    'audit.example.org/clock+1bf1eb88+BLqGfUSfqCnVF598M662+HOLMiP1mSMs5K94cfycEZCa',
  )
})

test('the key id is that of signed-note: name, newline, type and key', () => {
  const key = deriveClockKey(secret, 'audit.example.org', 0)
  const parsed = parseVkey(nodePrimitives.sha256, key.vkey)
  expect(parsed.type).toBe(COSIGNATURE)
  expect(Buffer.from(parsed.keyId, 'latin1')).toEqual(key.id)
  expect(() => parseVkey(nodePrimitives.sha256, key.vkey.replace('audit', 'other'))).toThrow('has the id')
})

test('a checkpoint is signed by the log, then cosigned by the clock with the time', () => {
  const keys = [deriveLogKey(secret, origin, 0), deriveClockKey(secret, 'audit.example.org', 0)]
  const note = signCheckpoint({ origin, size: 70_000, root }, keys, 1_700_000_000)
  expect(note).toMatch(
    /^[^\n]+\n70000\n[^\n]+=\n\n\u2014 audit\.example\.org\/log\/0190f7a0 [^\n]+\n\u2014 [^\n]+\n$/,
  )
  const { signatures } = parseNote(note)
  expect(signatures.map(({ signature }) => signature.length)).toEqual([64, 72])
  const time = Buffer.from(signatures[1]?.signature ?? '', 'latin1').readBigUInt64BE(0)
  expect(time).toBe(1_700_000_000n)
})

test("a checkpoint without the log's own key, or with another log's, is not signed", () => {
  const clock = deriveClockKey(secret, 'audit.example.org', 0)
  expect(() => signCheckpoint({ origin, size: 0, root }, [clock], 1)).toThrow('own key')
  const other = deriveLogKey(secret, `${origin}b`, 0)
  expect(() => signCheckpoint({ origin, size: 0, root }, [other], 1)).toThrow('own key')
})

test("the note of signed-note's Go implementation verifies with its key", () => {
  const key = parseVkey(
    nodePrimitives.sha256,
    'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
  )
  const text =
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
  const signature =
    'x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM='
  const note = parseNote(`${text}\n\u2014 PeterNeumann ${signature}\n`)
  const [line] = note.signatures
  expect(line).toMatchObject({ name: key.name, keyId: key.keyId })
  const bytes = (binary: string) => Buffer.from(binary, 'latin1')
  expect(
    nodePrimitives.verifyEd25519(bytes(key.publicKey), Buffer.from(note.text), bytes(line?.signature ?? '')),
  ).toBe(true)
})

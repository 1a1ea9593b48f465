import { expect, test } from 'vitest'
import { LOG_KEY, SealedLog, sampleEvent, sampleLog } from '@/lib/integrity/testing/sealed-log'
import { reasonOf, verifierOf } from '@/lib/integrity/testing/verify-lines'
import { parseProof, verifyEventProof } from './event-proof'
import { type Skippable, Skips } from './skips'

const log = sampleLog(20)
const proof = log.proof(7)
const verify = (text: string, policy?: string, allow: Skippable[] = []) =>
  verifyEventProof(text, verifierOf(policy), new Skips(new Set(allow)))
const refusal = (text: string, policy?: string, allow?: Skippable[]) => reasonOf(verify(text, policy, allow))

test('the file is a tlog-proof: extra, index, path from the leaf up, empty line, checkpoint', async () => {
  const lines = proof.split('\n')
  expect(lines[0]).toBe('c2sp.org/tlog-proof@v1')
  expect(lines[1]).toMatch(/^extra /)
  expect(lines[2]).toBe('index 7')
  expect(Buffer.from(lines[3] ?? '', 'base64')).toEqual(log.tree.leaves[6])
  expect(proof.endsWith(`\n\n${log.checkpoint()}`)).toBe(true)
  const extra = Buffer.from(lines[1]?.slice(6) ?? '', 'base64').toString()
  expect(Object.keys(JSON.parse(extra))).toEqual(['event', 'id', 'receivedAt', 'seed'])
})

test('every event of the log has its proof, also where it is alone', async () => {
  for (let index = 0; index < 20; index++) expect((await verify(log.proof(index))).index).toBe(index)
  expect((await verify(sampleLog(1).proof(0))).checkpoint.size).toBe(1)
})

test.each<[string, string, (text: string) => string]>([
  ['another index', 'inclusion_invalid', (text) => text.replace('index 7', 'index 6')],
  ['an index beyond the tree', 'inclusion_invalid', (text) => text.replace('index 7', 'index 20')],
  ['an index with a leading zero', 'malformed', (text) => text.replace('index 7', 'index 07')],
  ['an index beyond 2^53', 'malformed', (text) => text.replace('index 7', 'index 9007199254740992')],
  ['a hash less', 'inclusion_invalid', (text) => text.replace(/(index 7\n)[^\n]+\n/, '$1')],
  ['no extra data', 'malformed', (text) => text.replace(/extra [^\n]+\n/, '')],
  [
    'extra data of another event',
    'inclusion_invalid',
    (text) => text.replace(/extra [^\n]+/, log.proof(6).split('\n')[1] ?? ''),
  ],
  ['extra data that is no base64', 'malformed', (text) => text.replace('extra ', 'extra !')],
  ['another first line', 'malformed', (text) => text.replace('@v1', '@v2')],
  ['no empty line', 'malformed', (text) => text.replaceAll('\n\n', '\n')],
  ['no newline at its end', 'note_malformed', (text) => text.trimEnd()],
  ['a hyphen for the dash', 'note_malformed', (text) => text.replaceAll('\u2014', '-')],
  ['a size beyond 2^53', 'note_malformed', (text) => text.replace('\n20\n', '\n9007199254740993\n')],
  ['a size with a leading zero', 'note_malformed', (text) => text.replace('\n20\n', '\n020\n')],
  ['an extension line', 'note_malformed', (text) => text.replace('\n20\n', '\n20\nx\n')],
  ['a control character', 'note_malformed', (text) => text.replace('\n20\n', '\n20\r\n')],
])('with %s: %s', async (_what, reason, change) => {
  expect(await refusal(change(proof))).toBe(reason)
})

test('without a time it is accepted only if that check may be left out', async () => {
  const policy = `log ${LOG_KEY.vkey}\nquorum none\n`
  expect(await refusal(proof, policy)).toBe('skipped')
  expect(await refusal(proof, policy, ['time'])).toBe('yes')
})

test('an event received after its checkpoint was signed is refused', async () => {
  const late = { ...sampleEvent(0), receivedAt: '2026-11-20T23:38:00.000Z' }
  expect(await refusal(new SealedLog([late]).proof(0))).toBe('post_dated')
})

test('a proof without extra data, as other logs write it, is read', () => {
  expect(parseProof(proof.replace(/extra [^\n]+\n/, '')).extra).toBeUndefined()
})

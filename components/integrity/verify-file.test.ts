import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { POLICY, sampleLog } from '@/lib/integrity/testing/sealed-log'
import { type FileCheck, verifyFile } from './verify-file'

const log = sampleLog(300)
const lines = await log.rangeBundle(40, 260, [3], [100])
const text = (all: string[]) => all.map((line) => `${line}\n`).join('')

const check = (parts: BlobPart[], over: Partial<FileCheck> = {}) =>
  verifyFile({ file: new Blob(parts), policy: POLICY, remembered: [], allowSkipped: [], ...over })

test('a bundle, packed or not, is told from a proof by itself, and what each proves is said', async () => {
  for (const file of [text(lines), gzipSync(text(lines))]) {
    const verdict = await check([file])
    expect(verdict).toMatchObject({ answer: 'yes', kind: 'bundle' })
    const found = verdict.answer === 'yes' ? verdict.findings : []
    expect(found.find(({ name }) => name === 'Complete')?.text).toMatch(/^Events 40 to 259/)
    expect(found.find(({ name }) => name === 'Present')?.text).toMatch(/^1 event /)
    expect(found.find(({ name }) => name === 'Continues')?.text).toMatch(/100/)
  }
  expect(await check([log.proof(17)])).toMatchObject({
    answer: 'yes',
    kind: 'proof',
    findings: [{ name: 'Event', text: expect.stringContaining('seq 17') }, {}, {}, {}, {}, {}, {}],
  })
})

test('an altered, cut, empty or foreign file is a no with its reason', async () => {
  const altered = text(lines).replace('203.0.113.9', '203.0.113.8')
  expect(await check([altered])).toMatchObject({ answer: 'no', reason: 'root_mismatch' })
  const packed = gzipSync(text(lines))
  expect(await check([packed.subarray(0, packed.length / 2)])).toMatchObject({
    answer: 'no',
    reason: 'truncated',
  })
  expect(await check([])).toMatchObject({ answer: 'no', reason: 'nothing_to_check' })
  expect(await check(['time;user;action\n'])).toMatchObject({ answer: 'no' })
  expect(await check([log.proof(17).replace('index 17', 'index 18')])).toMatchObject({
    answer: 'no',
    reason: 'inclusion_invalid',
  })
})

test('a checkpoint that the reader kept and the file does not continue is a no', async () => {
  const other = log.checkpoint(120)
  expect(await check([text(lines)], { remembered: [other] })).toMatchObject({
    answer: 'no',
    reason: 'consistency_missing',
  })
  expect(await check([text(lines)], { remembered: [log.checkpoint(100)] })).toMatchObject({ answer: 'yes' })
})

test('keys come from the policy alone; a policy that is none is no answer about the events', async () => {
  const foreign = POLICY.replaceAll('audit.example.org/log', 'audit.example.org/lag')
  expect(await check([text(lines)], { policy: foreign })).toMatchObject({ answer: 'unknown' })
  expect(await check([text(lines)], { policy: '' })).toMatchObject({
    answer: 'unknown',
    message: expect.stringContaining('quorum'),
  })
})

test('a check that can not be made is a no, until its reader leaves it out', async () => {
  const erased = sampleLog(300)
  erased.erase(7, ['/actor/ip'])
  const proof = erased.proof(7)
  const verdict = await check([proof])
  expect(verdict).toMatchObject({ answer: 'no', reason: 'redaction_unexplained' })
  expect(verdict.answer === 'no' && verdict.message).not.toContain('--allow')
  const allowed = await check([proof], { allowSkipped: ['redactions'] })
  expect(allowed).toMatchObject({ answer: 'yes' })
  expect(allowed.answer === 'yes' && allowed.findings.at(-1)?.name).toBe('Left out')
})

test('progress runs from the beginning to the end once over both readings', async () => {
  const shares: number[] = []
  const file = new Blob([text(lines)])
  await verifyFile({ file, policy: POLICY, remembered: [], allowSkipped: [] }, (share) => shares.push(share))
  expect(shares.at(-1)).toBe(1)
  expect(shares).toEqual([...shares].sort((a, b) => a - b))
})

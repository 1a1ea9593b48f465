import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { deriveLogKey } from '@/lib/integrity/checkpoint/derive-keys'
import { signCheckpoint } from '@/lib/integrity/checkpoint/sign-checkpoint'
import {
  CLOCK_KEY,
  HOST,
  MASTER_SECRET,
  POLICY,
  STARTED_MS,
  sampleLog,
} from '@/lib/integrity/testing/sealed-log'
import { reasonOf, verifyLines } from '@/lib/integrity/testing/verify-lines'
import { NaiveTree, naiveLeaves } from '@/lib/integrity/tree/testing/naive-tree'

const log = sampleLog(20)
const ANCHOR_ORIGIN = `${HOST}/log/anchors`
const anchorKey = deriveLogKey(MASTER_SECRET, ANCHOR_ORIGIN, 0)
const policy = `log ${anchorKey.vkey}\n${POLICY}`

/** The proof that the anchor log holds this checkpoint, among others. */
function anchorOf(checkpoint: string): string {
  const body = checkpoint.slice(0, checkpoint.indexOf('\n\n') + 1)
  const entry = Buffer.concat([Buffer.from('trail-anchor-v1\n'), createHash('sha256').update(body).digest()])
  const leaf = createHash('sha256').update(Buffer.of(0)).update(entry).digest()
  const tree = new NaiveTree([...naiveLeaves(4), leaf])
  const head = { origin: ANCHOR_ORIGIN, size: 5, root: tree.root(0, 5) }
  const note = signCheckpoint(head, [anchorKey, CLOCK_KEY], STARTED_MS / 1000 + 100)
  const path = tree.inclusion(4, 5).map((hash) => hash.toString('base64'))
  return ['c2sp.org/tlog-proof@v1', 'index 4', ...path, '', note].join('\n')
}

const lines = await log.rangeBundle(0, 5, [], [8])
const withAnchor = (anchor: object) => [...lines, JSON.stringify({ type: 'anchor', ...anchor })]
const inAnchorLog = (checkpoint: string, proof = anchorOf(checkpoint)) =>
  withAnchor({ kind: 'anchor-log', checkpoint, proof })

test("the file's checkpoint, or one that it continues, is found in the anchor log", async () => {
  for (const size of [20, 8])
    expect(await verifyLines(inAnchorLog(log.checkpoint(size)), { policy })).toMatchObject({ anchors: 1 })
})

test('an anchor of another checkpoint, with another proof, or without a part is refused', async () => {
  const refusal = (text: string[]) => reasonOf(verifyLines(text, { policy }))
  expect(await refusal(inAnchorLog(log.checkpoint(9)))).toBe('anchor_invalid')
  expect(await refusal(inAnchorLog(log.checkpoint(8), anchorOf(log.checkpoint(9))))).toBe('inclusion_invalid')
  expect(await refusal(withAnchor({ kind: 'anchor-log' }))).toBe('anchor_invalid')
  expect(await refusal(withAnchor({}))).toBe('malformed')
})

test('an anchor in a log that the policy does not name is a check left out, which is a no unless allowed', async () => {
  const anchored = inAnchorLog(log.checkpoint(8))
  expect(await reasonOf(verifyLines(anchored))).toBe('skipped')
  await expect(verifyLines(anchored)).rejects.toThrow(`${ANCHOR_ORIGIN}, whose key the policy does not name`)
  expect(await verifyLines(anchored, { allow: ['anchors'] })).toMatchObject({ anchors: 0 })
})

test('a log is no anchor of its own', async () => {
  const own = log.proof(3).replace(/extra .*\n/, '')
  expect(await reasonOf(verifyLines(inAnchorLog(log.checkpoint(8), own), { policy }))).toBe('anchor_invalid')
})

test('a time stamp of another kind is a check left out, which is a no unless allowed', async () => {
  const stamped = withAnchor({ kind: 'rfc3161', token: 'AAAA' })
  expect(await reasonOf(verifyLines(stamped))).toBe('skipped')
  expect(await reasonOf(verifyLines(stamped, { allow: ['anchors'] }))).toBe('yes')
})

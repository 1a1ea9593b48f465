import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { sampleLog } from '@/lib/integrity/testing/sealed-log'
import { nodePrimitives } from '@/lib/integrity/verify/node-primitives'
import { anchorEntry, signedTextOf } from './anchor-entry'
import { checkpointObject } from './checkpoint-object'

const note = sampleLog(3).checkpoint()

test('a bucket gets a checkpoint under the size that it covers, as it was signed', () => {
  expect(checkpointObject(note)).toEqual({ key: 'checkpoints/3.txt', body: note })
})

test('an entry of the anchor log is the hash of what was signed, whoever signed it', () => {
  const cosigned = `${note}— witness.example/w1 AAAA\n`
  const digest = createHash('sha256')
    .update(note.slice(0, note.indexOf('\n\n') + 1))
    .digest()
  const entry = Buffer.concat([Buffer.from('trail-anchor-v1\n'), digest])
  expect(anchorEntry(cosigned)).toEqual({
    entry,
    leafHash: createHash('sha256')
      .update(Buffer.concat([Buffer.of(0), entry]))
      .digest(),
  })
  expect(anchorEntry(note)).toEqual(anchorEntry(cosigned))
  expect(nodePrimitives.sha256(Buffer.from(signedTextOf(cosigned)))).toBe(digest.toString('latin1'))
})

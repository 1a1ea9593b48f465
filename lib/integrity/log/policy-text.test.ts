import { expect, test } from 'vitest'
import { deriveClockKey } from '@/lib/integrity/checkpoint/derive-keys'
import { signCheckpoint } from '@/lib/integrity/checkpoint/sign-checkpoint'
import { CLOCK_KEY, HOST, LOG_KEY, MASTER_SECRET, ORIGIN } from '@/lib/integrity/testing/sealed-log'
import { reasonOf, verifierOf } from '@/lib/integrity/testing/verify-lines'
import { openCheckpoint } from '@/lib/integrity/verify/open-checkpoint'
import { policyText } from './policy-text'
import type { LogKeys } from './read-keys'

const at = '2026-11-20T22:38:00.000Z'
const NEW_CLOCK = deriveClockKey(MASTER_SECRET, HOST, 1)
const clock = (vkey: string) => ({ vkey, createdAt: at, retiresAt: null })
const keys: LogKeys = {
  epochs: [
    {
      epoch: 0,
      logId: '0190f7a0-1234-7abc-8def-0123456789ab',
      origin: ORIGIN,
      openedAt: at,
      reason: null,
      closedAt: null,
      finalSize: null,
      keys: [{ number: 0, vkey: LOG_KEY.vkey, fromSize: 0, toSize: null, createdAt: at, retiresAt: null }],
    },
  ],
  clocks: [clock(NEW_CLOCK.vkey), clock(CLOCK_KEY.vkey)],
  anchorLog: [],
}
const head = { origin: ORIGIN, size: 1, root: Buffer.alloc(32) }
const open = (signers: Parameters<typeof signCheckpoint>[1]) =>
  openCheckpoint(signCheckpoint(head, signers, 1_800_000_000), verifierOf(policyText(keys)), 'It')

test('while the clock is rotated either of its keys will do, and none will not', async () => {
  for (const signer of [NEW_CLOCK, CLOCK_KEY])
    expect(await open([LOG_KEY, signer])).toMatchObject({ size: 1, timeMs: 1_800_000_000_000 })
  expect(await open([LOG_KEY, NEW_CLOCK, CLOCK_KEY])).toMatchObject({ size: 1 })
  expect(await reasonOf(open([LOG_KEY]))).toBe('quorum_missing')
})

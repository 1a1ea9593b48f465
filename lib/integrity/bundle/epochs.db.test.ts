import { expect, test } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import { inTenant } from '@/lib/access/in-tenant'
import { requestEpoch } from '@/lib/integrity/log/requests'
import { requireLog } from '@/lib/integrity/log/require-log'
import { policyOf, sealNow } from '@/lib/integrity/testing/seal-now'
import { reasonOf, verifyText } from '@/lib/integrity/testing/verify-lines'
import { newTokenClient } from '@/lib/trail/testing/token-client'
import { evidenceBundle } from './evidence-bundle'
import type { EvidenceRequest } from './request'

useTestDatabase()

async function takeAll(
  scope: Parameters<typeof evidenceBundle>[0],
  more: Partial<EvidenceRequest> = {},
): Promise<string> {
  const { pieces } = await evidenceBundle(scope, { selection: { kind: 'range' }, since: [], ...more })
  let text = ''
  for await (const piece of pieces) text += piece.text
  return text
}

test('a bundle of a new epoch proves to continue what the earlier ones signed, for whoever pins both keys', async () => {
  const { scope, post } = await newTokenClient()
  const readLog = () => inTenant(scope, (tx) => requireLog(tx, scope.tenantId))
  await post({ events: Array.from({ length: 300 }, () => ({ type: 'sample', action: 'tried' })) })
  await sealNow()
  const [earlier, oldPolicy] = [await readLog(), await policyOf(scope)]
  await requestEpoch(scope, { reason: 'the key may have leaked' })
  await sealNow()
  await sealNow()
  const now = await readLog()
  expect(now.origin).not.toBe(earlier.origin)

  const policy = await policyOf(scope)
  const both = `${oldPolicy.split('\n').filter((line) => line.startsWith('log '))[0]}\n${policy}`
  const text = await takeAll(scope, { since: [earlier.note, earlier.size] })
  expect(await verifyText(text, { policy: both })).toMatchObject({
    complete: { from: 0, to: now.size },
    continuesOthers: [{ origin: earlier.origin, size: earlier.size }],
  })
  expect(await reasonOf(verifyText(text, { policy }))).toBe('unknown_log')
  // Without asking for it, a remembered one has no proof in the file.
  const without = await takeAll(scope)
  const asked = verifyText(without, { policy: both, remembered: [earlier.note] })
  expect(await reasonOf(asked)).toBe('consistency_missing')
})

test('a bundle under a kept checkpoint ends where that does, and there is none under a size that was not kept', async () => {
  const { scope, post } = await newTokenClient()
  await post({ events: [{ type: 'sample', action: 'tried' }] })
  await sealNow()
  await expect(takeAll(scope, { under: 1 })).rejects.toMatchObject({ code: 'not_found' })
  const size = (await inTenant(scope, (tx) => requireLog(tx, scope.tenantId))).size
  const report = await verifyText(await takeAll(scope, { under: size }), { policy: await policyOf(scope) })
  expect(report.complete).toEqual({ from: 0, to: size })
})

import { expect, test } from 'vitest'
import { useTestDatabase } from '@/db/testing/test-database'
import { ANCHOR_TENANT_ID } from '@/lib/access/instance-tenant'
import { newMemberScope } from '@/lib/auth/testing/people'
import { appendAnchors } from '@/lib/integrity/anchor/append-anchors'
import { policyText } from '@/lib/integrity/log/policy-text'
import { readKeys } from '@/lib/integrity/log/read-keys'
import { treeLane } from '@/lib/integrity/log/tree-route'
import { fillTrail, logOf, serveRoute } from '@/lib/integrity/testing/log-client'
import { sealNow } from '@/lib/integrity/testing/seal-now'
import { verifierOf } from '@/lib/integrity/testing/verify-lines'
import { httpResource } from '@/scripts/verify-inputs'
import { checkLog } from './fsck'
import { Skips } from './skips'

useTestDatabase()

test('the anchor log of an instance is checked as it is served, by the policy of any workspace', async () => {
  const scope = await newMemberScope()
  await fillTrail(scope, 3)
  await sealNow()
  await appendAnchors()
  await sealNow()
  const { logId } = await logOf({ tenantId: ANCHOR_TENANT_ID })
  const verifier = verifierOf(policyText(await readKeys(scope)))
  const server = await serveRoute(treeLane)
  try {
    const served = httpResource(`${server.url}/log/${logId}`, undefined)
    const { checkpoint, entries } = await checkLog(served, verifier, new Skips(new Set()))
    expect(checkpoint.origin).toMatch(new RegExp(`/${logId}$`))
    expect(entries).toBe(checkpoint.size)
    expect(entries).toBeGreaterThan(0)
  } finally {
    await server.close()
  }
})

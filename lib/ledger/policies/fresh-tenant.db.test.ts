import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { loadLedger, loginOf, REPOSITORY } from '@/bench/match/ledger'
import { useTestDatabase } from '@/db/testing/test-database'
import { inTenant } from '@/lib/access/in-tenant'
import { newMemberScope } from '@/lib/auth/testing/people'
import { askToRematch } from '@/lib/ledger/matching/ask-to-rematch'
import { readPoliciesInForce } from '@/lib/ledger/matching/policies-in-force'
import type { Reference } from '@/lib/ledger/matching/references-of'
import { matchReferences } from './match-references'

const database = useTestDatabase()
const ACCOUNTS = 10_000
const NAMES = 1_000
/** A lookup by its index takes a tenth of a millisecond here; one that reads all of a ledger takes ten. */
const MOST_MS = 4_000

test('a ledger of which statistics know nothing yet is searched by its index all the same', async () => {
  const [before, fresh] = [await newMemberScope(), await newMemberScope()]
  await loadLedger(database.owner(), before.tenantId, ACCOUNTS)
  await database.owner().unsafe('analyze ledger_values, ledger_records, ledger_entities')
  await loadLedger(database.owner(), fresh.tenantId, ACCOUNTS)
  await inTenant(fresh, (tx) => askToRematch(tx, fresh.tenantId, 'the test began'))
  const references = Array.from(
    { length: NAMES },
    (_, i): Reference => ({
      origin: `token:${randomUUID()}`,
      role: 'actor',
      type: null,
      name: loginOf(i),
      parent: REPOSITORY,
      identity: null,
      refId: null,
    }),
  )
  const start = performance.now()
  const found = await inTenant(fresh, async (tx) => {
    const policyOf = await readPoliciesInForce(tx, fresh.tenantId)
    const policy = policyOf('token:x')
    if (!policy) throw new Error('there is no policy')
    return matchReferences(tx, fresh.tenantId, policy, references)
  })
  expect(found.every((segments) => segments.length === 1)).toBe(true)
  expect(performance.now() - start).toBeLessThan(MOST_MS)
}, 120_000)

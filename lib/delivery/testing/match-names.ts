import { randomUUID } from 'node:crypto'
import type { Sql } from 'postgres'
import { referenceDigest, referenceText } from '@/lib/ledger/matching/references-of'

const ORIGIN = 'token:test'

/** As if a tenant's ledger had been used, and matching had come so far. */
export async function matchUpTo(owner: Sql, tenantId: string, nextSeq: number): Promise<void> {
  await owner`insert into matching_state ${owner({ tenant_id: tenantId, next_seq: nextSeq })}
    on conflict (tenant_id) do update set next_seq = excluded.next_seq`
}

/**
 * As if logins of API clients meant these people now: null means nobody any more, with or without the name that was shown
 * before. Matching has come to the end of the trail.
 */
export async function matchNames(
  owner: Sql,
  tenantId: string,
  names: Readonly<Record<string, string | null>>,
  { forgets = false } = {},
): Promise<void> {
  const [head] = await owner`select next_seq from trail_heads where tenant_id = ${tenantId}`
  await matchUpTo(owner, tenantId, Number(head?.next_seq ?? 0))
  const [state] =
    await owner`update matching_state set generation = generation + 1 where tenant_id = ${tenantId}
    returning generation`
  const generation = Number(state?.generation)
  for (const [login, display] of Object.entries(names)) {
    const id = await referenceTo(owner, tenantId, login)
    await owner`update ledger_matches set until = ${generation}, superseded_at = now()
      where tenant_id = ${tenantId} and reference_id = ${id} and until is null`
    if (forgets)
      await owner`update ledger_matches set shown = null where tenant_id = ${tenantId} and reference_id = ${id}`
    if (display !== null) await insertMatch(owner, tenantId, { id, login, display, generation })
  }
}

async function referenceTo(owner: Sql, tenantId: string, login: string): Promise<number> {
  const names = { name: login, parent: null, identity: null, refId: null }
  const digest = referenceDigest(referenceText({ origin: ORIGIN, role: 'actor', type: null, ...names }))
  const [known] =
    await owner`select id from ledger_references where tenant_id = ${tenantId} and digest = ${digest}`
  if (known) return Number(known.id)
  const [made] =
    await owner`update matching_state set next_reference = next_reference + 1 where tenant_id = ${tenantId}
    returning next_reference - 1 as id`
  const id = Number(made?.id)
  const row = { tenant_id: tenantId, id, digest, origin: ORIGIN, role: 'actor', name: login, last_seq: 0 }
  await owner`insert into ledger_references ${owner({ ...row, state: 'matched' })}`
  return id
}

type Match = { id: number; login: string; display: string; generation: number }

async function insertMatch(owner: Sql, tenantId: string, { id, login, display, generation }: Match) {
  const policy = { id: randomUUID(), version: 1 }
  const rule = { id: randomUUID(), version: 1, name: 'Login' }
  const shown = { id: randomUUID(), type: 'account', key: login, display, policy, rule }
  await owner`insert into ledger_matches ${owner({
    ...{ tenant_id: tenantId, reference_id: id, entity_id: shown.id, shown: owner.json(shown) },
    ...{
      policy_id: policy.id,
      policy_version: 1,
      entry: 0,
      rule_id: rule.id,
      rule_version: 1,
      since: generation,
    },
  })}`
}

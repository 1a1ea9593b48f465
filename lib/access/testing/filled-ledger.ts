import { randomUUID } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import type { Sql } from 'postgres'
import { foldText } from '@/lib/ledger/fold-text'
import { referenceDigest, referenceText } from '@/lib/ledger/matching/references-of'
import { encodeMentions } from '@/lib/ledger/mentions/layout'

export type FilledLedger = {
  /** An identity, whose key and login are the mark. */
  entityId: string
  entityKey: string
  recordId: string
  /** A preview that waits, of one more identity. */
  importId: string
  ruleId: string
  /** That no policy uses. */
  spareRuleId: string
  /** The default, of one entry for actors. */
  policyId: string
  /** That no source has. */
  sparePolicyId: string
}

/** Finds identities by the login. */
const DEFINITION = {
  comparisons: [{ kind: 'finds', attribute: 'login', by: 'ignoring-case', parameter: 1 }],
}
const DISPLAY = '{display_name}'

/** A row in each table of the ledger and of matching; `mark` stands in all that have text. */
export async function fillLedger(owner: Sql, tenantId: string, mark: string): Promise<FilledLedger> {
  const tenant = { tenant_id: tenantId }
  const ids = {
    entityId: randomUUID(),
    recordId: randomUUID(),
    importId: randomUUID(),
    ruleId: randomUUID(),
    spareRuleId: randomUUID(),
    policyId: randomUUID(),
    sparePolicyId: randomUUID(),
  }
  const type = 'identity'
  await owner`insert into ledger_entities ${owner({ ...tenant, id: ids.entityId, type, key: mark, key_fold: foldText(mark) })}`
  await owner`insert into ledger_records ${owner({
    ...tenant,
    id: ids.recordId,
    entity_id: ids.entityId,
    display_name: mark,
    attributes: owner.json({ login: mark }),
  })}`
  for (const name of ['key', 'display_name', 'login', '~'])
    await owner`insert into ledger_values ${owner({ ...tenant, type, name, fold: foldText(mark), record_id: ids.recordId })}`
  const fields = [{ name: 'display_name', before: '', after: mark }]
  const samples = { added: [{ key: `new-${mark}`, displayName: mark, fields }], changed: [], removed: [] }
  await owner`insert into ledger_imports ${owner({
    ...tenant,
    id: ids.importId,
    type,
    mode: 'delta',
    name: mark,
    state: 'preview',
    content: gzipSync(`key;display_name\nnew-${mark};${mark}\n`),
    options: owner.json({ format: 'csv', preview: { samples, hints: [], of: 0 } }),
    rows: 1,
    added: 1,
    requested_by: mark,
  })}`

  const saved = { ...tenant, version: 1, saved_by: mark }
  for (const [id, name] of [
    [ids.ruleId, mark],
    [ids.spareRuleId, `spare-${mark}`],
  ] as const) {
    await owner`insert into matching_rules ${owner({ ...tenant, id, name, note: mark, entity_type: type })}`
    await owner`insert into matching_rule_versions ${owner({ ...saved, rule_id: id, definition: owner.json(DEFINITION) })}`
  }
  const rule = { name: mark, version: 1, entityType: type, definition: DEFINITION }
  const entries = [{ logEntity: 'actor', ruleId: ids.ruleId, display: DISPLAY, rule }]
  for (const [id, name, isDefault] of [
    [ids.policyId, mark, true],
    [ids.sparePolicyId, `spare-${mark}`, false],
  ] as const) {
    const own = isDefault ? entries : []
    await owner`insert into matching_policies ${owner({ ...tenant, id, name, note: mark, is_default: isDefault })}`
    await owner`insert into matching_policy_versions ${owner({ ...saved, policy_id: id, definition: owner.json({ entries: own }) })}`
  }
  const origin = `token:${mark}`
  await owner`insert into matching_sources ${owner({ ...tenant, origin, policy_id: ids.policyId })}`
  await owner`insert into matching_state ${owner({ ...tenant, next_seq: 1, next_reference: 2, generation: 1, wanted: 1, matched: 1, reason: mark })}`

  const named = { type: null, name: mark, parent: null, identity: null, refId: null }
  const digest = referenceDigest(referenceText({ origin, role: 'actor', ...named }))
  await owner`insert into ledger_references ${owner({
    ...tenant,
    id: 1,
    digest,
    origin,
    role: 'actor',
    name: mark,
    events: 1,
    last_seq: 0,
    state: 'matched',
  })}`
  await owner`insert into ledger_matches ${owner({
    ...tenant,
    reference_id: 1,
    entity_id: ids.entityId,
    identity_id: ids.entityId,
    shown: owner.json({
      ...{ id: ids.entityId, type, key: mark, display: mark },
      policy: { id: ids.policyId, version: 1 },
      rule: { id: ids.ruleId, version: 1, name: mark },
    }),
    policy_id: ids.policyId,
    policy_version: 1,
    entry: 0,
    rule_id: ids.ruleId,
    rule_version: 1,
    since: 1,
  })}`
  const actors = encodeMentions([{ place: 0, reference: 1 }])
  await owner`insert into ledger_mentions ${owner({ ...tenant, chunk: 0, actors, targets: encodeMentions([]) })}`
  await owner`insert into ledger_spans (tenant_id, reference_id, span, chunks) values (${tenantId}, 1, 0, 1)`
  return { ...ids, entityKey: mark }
}

import { randomUUID } from 'node:crypto'
import type { Sql } from 'postgres'
import { foldText } from '@/lib/ledger/fold-text'
import type { Comparison } from '@/lib/ledger/rules/definition'

type Given = {
  type: 'identity' | 'account' | 'organisation' | 'group'
  key: string
  displayName?: string
  attributes?: Record<string, string>
  links?: Record<string, string[]>
  validFrom?: string
  validTo?: string
}

/** Puts an entity with one record into the ledger, past all verbs: nothing is asked to be matched again. Gives its id. */
export async function putEntity(owner: Sql, tenantId: string, given: Given): Promise<string> {
  const { type, key, displayName = key, attributes = {}, links = {}, validFrom, validTo } = given
  const tenant = { tenant_id: tenantId }
  const [entity] = await owner<{ id: string }[]>`
    insert into ledger_entities ${owner({ ...tenant, id: randomUUID(), type, key, key_fold: foldText(key) })}
    on conflict (tenant_id, type, key_fold) do update set key = excluded.key returning id`
  const entityId = entity?.id as string
  const id = randomUUID()
  await owner`insert into ledger_records ${owner({
    ...tenant,
    id,
    entity_id: entityId,
    valid_from: validFrom ?? null,
    valid_to: validTo ?? null,
    display_name: displayName,
    attributes: owner.json(attributes),
    links: owner.json(links),
  })}`
  const values = [
    ...Object.entries({ ...attributes, key, display_name: displayName }),
    ...Object.entries(links).flatMap(([name, keys]) => keys.map((value) => [name, value] as const)),
  ]
  for (const [name, value] of values)
    await owner`insert into ledger_values ${owner({ ...tenant, type, name, fold: foldText(value), record_id: id })}`
  return entityId
}

/** An account of a login, and the person it belongs to. */
export async function putAccount(
  owner: Sql,
  tenantId: string,
  { login, person, ...more }: { login: string; person: string; validFrom?: string; validTo?: string },
): Promise<{ account: string; identity: string }> {
  const identity = await putEntity(owner, tenantId, { type: 'identity', key: person, displayName: person })
  const account = await putEntity(owner, tenantId, {
    type: 'account',
    key: login,
    attributes: { login },
    links: { identity: [person] },
    ...more,
  })
  return { account, identity }
}

const BY_LOGIN: Comparison = { kind: 'finds', attribute: 'login', by: 'ignoring-case', parameter: 1 }
const BY_KEY: Comparison = { kind: 'finds', attribute: 'key', by: 'ignoring-case', parameter: 1 }

/** A policy of one rule for actors (accounts by login) and one for groups by their key. Gives its id. */
export async function putPolicy(
  owner: Sql,
  tenantId: string,
  { display = '{identity|display_name}', isDefault = true } = {},
): Promise<string> {
  const tenant = { tenant_id: tenantId }
  const entries = []
  for (const [logEntity, entityType, comparison] of [
    ['actor', 'account', BY_LOGIN],
    ['group', 'group', BY_KEY],
  ] as const) {
    const id = randomUUID()
    const name = `${entityType} ${id}`
    const definition = { comparisons: [comparison] }
    await owner`insert into matching_rules ${owner({ ...tenant, id, name, entity_type: entityType })}`
    await owner`insert into matching_rule_versions
      ${owner({ ...tenant, rule_id: id, version: 1, saved_by: 'test', definition: owner.json(definition) })}`
    entries.push({ logEntity, ruleId: id, display, rule: { name, version: 1, entityType, definition } })
  }
  const id = randomUUID()
  await owner`insert into matching_policies ${owner({ ...tenant, id, name: id, is_default: isDefault })}`
  await owner`insert into matching_policy_versions
    ${owner({ ...tenant, policy_id: id, version: 1, saved_by: 'test', definition: owner.json({ entries }) })}`
  return id
}

/** Begins the use of the ledger, with the default policy above. Gives the policy's id. */
export async function startMatching(owner: Sql, tenantId: string): Promise<string> {
  await owner`insert into matching_state ${owner({ tenant_id: tenantId })}`
  return putPolicy(owner, tenantId)
}

/** As a verb that changed the ledger would. */
export const wantRematch = (owner: Sql, tenantId: string, reason = 'a test') =>
  owner`update matching_state set wanted = wanted + 1, reason = ${reason} where tenant_id = ${tenantId}`

import type { TenantScope } from '@/lib/access/scope'
import { parseInput } from '@/lib/errors/parse-input'
import { saveEntitySchema } from '@/lib/ledger/entities/input'
import { saveEntity } from '@/lib/ledger/entities/save'
import { applyImport } from '@/lib/ledger/imports/apply'
import { previewImport } from '@/lib/ledger/imports/preview'
import { createPolicy } from '@/lib/ledger/policies/create'
import { createRule } from '@/lib/ledger/rules/create'

export type WalkedLedger = Record<
  | 'entity'
  | 'doomedEntity'
  | 'waiting'
  | 'doomedImport'
  | 'applied'
  | 'guarded'
  | 'rule'
  | 'doomedRule'
  | 'policy'
  | 'doomedPolicy',
  string
>

/** A full file of half of them would remove more than a tenth. */
const GROUPS = 40
export const groupsCsv = (count: number) =>
  `name;repository\n${Array.from({ length: count }, (_, i) => `group ${i};walk\n`).join('')}`

export const BY_LOGIN = {
  comparisons: [{ kind: 'finds', attribute: 'login', by: 'ignoring-case', parameter: 1 }],
} as const

/** A workspace's ledger to walk along. */
export async function makeWalkedLedger(scope: TenantScope): Promise<WalkedLedger> {
  const account = async (login: string) =>
    (await saveEntity(scope, parseInput(saveEntitySchema, { type: 'account', attributes: { login } }))).id
  const preview = async (content: string, mode: 'full' | 'delta') => {
    const { id } = await previewImport(scope, { type: 'group', name: 'walk.csv', mode, content })
    if (id === null) throw new Error('a sound file was refused')
    return id
  }
  const rule = async (name: string) =>
    (
      await createRule(scope, {
        name,
        note: '',
        entityType: 'account',
        definition: { comparisons: [...BY_LOGIN.comparisons] },
      })
    ).id
  const [ruleId, doomedRule] = [await rule('walked'), await rule('doomed')]
  const policy = async (name: string) => {
    const entries = [{ logEntity: 'actor' as const, ruleId, display: '{display_name}' }]
    return (await createPolicy(scope, { name, note: '', entries })).id
  }
  const entity = await account('walked')
  const applied = await preview(groupsCsv(GROUPS), 'full')
  await applyImport(scope, { id: applied })
  return {
    entity,
    doomedEntity: await account('doomed'),
    applied,
    waiting: await preview('name;repository\nwaiting;walk\n', 'delta'),
    doomedImport: await preview('name;repository\ndoomed;walk\n', 'delta'),
    guarded: await preview(groupsCsv(GROUPS / 2), 'full'),
    rule: ruleId,
    doomedRule,
    policy: await policy('walked'),
    doomedPolicy: await policy('doomed'),
  }
}

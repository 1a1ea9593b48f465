import { isEntityType, LINKS } from '@/lib/ledger/entity-types'
import type { Reference } from '@/lib/ledger/matching/references-of'
import { type CompiledRule, compileRule } from '@/lib/ledger/rules/compile-rule'
import type { LogEntity, PolicyVersion } from './definition'
import { type DisplayTemplate, parseDisplay } from './display-template'

export type CompiledEntry = {
  /** In the policy, from 0. */
  place: number
  logEntity: LogEntity
  ruleId: string
  ruleName: string
  ruleVersion: number
  rule: CompiledRule
  display: DisplayTemplate
  /** Links whose entities are needed to show what was found, and to know the person behind it. */
  links: readonly string[]
}

export type CompiledPolicy = {
  /** The entries for a reference, in their order. */
  entriesFor: (reference: Pick<Reference, 'role' | 'type'>) => readonly CompiledEntry[]
}

/** What of a policy is tried for a reference: for a target of no type, or of none of ours, what is `undetermined`. */
const logEntityOf = ({ role, type }: Pick<Reference, 'role' | 'type'>): LogEntity => {
  if (role === 'actor') return 'actor'
  return isEntityType(type) ? type : 'undetermined'
}

export function compilePolicy({ entries }: PolicyVersion): CompiledPolicy {
  const byLogEntity = new Map<LogEntity, CompiledEntry[]>()
  for (const [place, { logEntity, ruleId, display, rule }] of entries.entries()) {
    const compiled: CompiledEntry = {
      place,
      logEntity,
      ruleId,
      ruleName: rule.name,
      ruleVersion: rule.version,
      rule: compileRule(rule.definition, rule.entityType),
      display: parseDisplay(display),
      links: [],
    }
    const links = Object.keys(LINKS[rule.entityType])
    compiled.links = links.filter(
      (name) =>
        compiled.display.names.includes(name) ||
        (rule.entityType === 'account' && name === 'identity') ||
        (rule.entityType === 'identity' && name === 'organisation'),
    )
    byLogEntity.set(logEntity, [...(byLogEntity.get(logEntity) ?? []), compiled])
  }
  return { entriesFor: (reference) => byLogEntity.get(logEntityOf(reference)) ?? [] }
}

import type { LogEntity } from '@/lib/ledger/policies/definition'

/** What an event would say, as it is typed. */
export type TestValues = {
  logEntity: LogEntity
  name: string
  parent: string
  identity: string
  id: string
  /** When the event occurred, RFC 3339. Blank: now. */
  at: string
}

export const BLANK_VALUES: TestValues = {
  logEntity: 'actor',
  name: '',
  parent: '',
  identity: '',
  id: '',
  at: '',
}

const TEXTS = ['name', 'parent', 'identity', 'id'] as const

/** Whether there is something to look for. */
export const hasValue = (values: TestValues): boolean => TEXTS.some((name) => values[name].trim() !== '')

/** As `explainMatch` takes it: what is blank is left out, and targets have no identity. */
export function toAsked(values: TestValues): Record<string, string> {
  const { logEntity, at } = values
  const names = TEXTS.filter((name) => name !== 'identity' || logEntity === 'actor')
  const given = names.map((name) => [name, values[name].trim()]).filter(([, text]) => text)
  return { logEntity, ...Object.fromEntries(given), ...(at && { at }) }
}

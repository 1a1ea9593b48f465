import type { MaskingWay } from '@/lib/delivery/masking/masking-rule'

export type RuleParts = { how: MaskingWay; path: string }

/** `hash:actor.login` and its two parts; while a path is typed it may be empty. */
export function splitRule(text: string): RuleParts {
  const colon = text.indexOf(':')
  return { how: text.slice(0, colon) as MaskingWay, path: text.slice(colon + 1) }
}

export const joinRule = ({ how, path }: RuleParts): string => `${how}:${path.trim()}`

/** Rules whose path was begun; an empty row of the form is none. */
export const begunRules = (texts: readonly string[]): string[] =>
  texts.filter((text) => splitRule(text).path !== '')

const RESULTS: Record<MaskingWay, string> = {
  hash: 'a hash instead',
  hide: '*** instead',
  remove: 'left out',
}

/** For people: what a receiver gets of the field. */
export const ruleWords = (how: MaskingWay): string => RESULTS[how] ?? how

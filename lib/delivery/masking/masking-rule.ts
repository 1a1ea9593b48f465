import { z } from 'zod'
import { maskingComplaint } from './masking-path'

/** `remove` leaves the field out, `hide` puts `***` in its place, `hash` a keyed hash by which equal values show. */
export const MASKING_WAYS = ['remove', 'hide', 'hash'] as const
export type MaskingWay = (typeof MASKING_WAYS)[number]

/** A field as a path such as `actor.login` or `data.request.id`, and what a destination gets instead of it. */
export type MaskingRule = { path: string; how: MaskingWay }

/** More are a list that nobody oversees; leave whole members out instead. */
const MAX_MASKING_RULES = 50

export const maskingRulesSchema = z.array(z.strictObject({ path: z.string(), how: z.enum(MASKING_WAYS) }))

/** `hash:actor.login`, as forms and the API write a rule. */
const RULE = /^(remove|hide|hash):(.+)$/

/** As long as the longest path that a filter takes. */
const MAX_RULE_LENGTH = 1024

const ruleInput = z
  .string()
  .trim()
  .max(MAX_RULE_LENGTH)
  .superRefine((text, check) => {
    const [rule] = toMaskingRules([text])
    const message = rule
      ? maskingComplaint(rule.how, rule.path)
      : 'Write remove:, hide: or hash: and a path, such as hash:actor.login.'
    if (message) check.addIssue({ code: 'custom', message })
  })

/** Rules as a person sends them: texts such as `hash:actor.login`. Those that would break events are refused. */
export const maskingInput = z
  .array(ruleInput)
  .max(MAX_MASKING_RULES, `At most ${MAX_MASKING_RULES} fields.`)
  .superRefine((texts, check) => {
    const paths = toMaskingRules(texts).map(({ path }) => path)
    const twice = paths.findIndex((path, index) => paths.indexOf(path) < index)
    if (twice >= 0)
      check.addIssue({ code: 'custom', path: [twice], message: `${paths[twice]} stands there twice.` })
  })
  .default([])
  .describe(
    'Fields that the receiver must not see, such as hash:actor.login, hide:data.token or remove:payload.',
  )

export function toMaskingRules(texts: readonly string[]): MaskingRule[] {
  return texts.flatMap((text) => {
    const [, how, path] = RULE.exec(text) ?? []
    return how && path ? [{ how: how as MaskingWay, path }] : []
  })
}

export const toMaskingTexts = (rules: readonly MaskingRule[]) =>
  rules.map(({ how, path }) => `${how}:${path}`)

import { z } from 'zod'

/** One of a few values. `hint` is a sentence for people. */
export type FieldOption = { value: string; label: string; hint?: string }

/**
 * A field that a person fills in for a kind of destination: forms, pages and the API's description are made from it.
 * `name` is the member of the kind's input that it fills.
 */
export type FieldDeclaration = {
  name: string
  label: string
  hint?: string
  /**
   * `lines` is a list of texts, one a line; `secret` is stored encrypted and never shown; `buttons` is a choice whose
   * values stand side by side; `seconds` a length of time; `time` one of the day, `08:00`.
   */
  control:
    | 'text'
    | 'url'
    | 'number'
    | 'secret'
    | 'choice'
    | 'buttons'
    | 'switch'
    | 'lines'
    | 'block'
    | 'types'
    | 'seconds'
    | 'time'
  /** Of a choice; of a text or URL what is suggested. */
  options?: readonly FieldOption[]
  placeholder?: string
  optional?: boolean
  /** What a new destination starts with. */
  initial?: string | boolean | readonly string[]
  /** `basic` unless given; `format` says what the receiver gets, `rule` and `interval` when people are told. */
  section?: 'basic' | 'format' | 'rule' | 'interval' | 'advanced'
  /** Shown only while another field has one of these values. */
  when?: { field: string; is: readonly string[] }
  /** Of a secret that the receiver is told rather than asked for: a button makes one, random bytes in base64. */
  generate?: { prefix: string; bytes: number }
}

/** A value that nobody fills in. */
export type GeneratedValue = { name: string; label: string }

/** A choice between values that are declared with it. */
export function choiceInput<const Value extends string>(values: readonly Value[], initial: NoInfer<Value>) {
  return z.enum(values, { error: `Choose from ${values.join(', ')}.` }).default(initial as never)
}

/** A switch: a boolean, or as a form sends it. A form sends nothing for one that is off. */
export const switchInput = z.union([z.boolean(), z.stringbool()]).default(false)

/** A whole number, or its digits as a form sends them. */
export function numberInput(min: number, max: number) {
  return z.coerce
    .number({ error: `Give a number from ${min} to ${max}.` })
    .int('Give a whole number.')
    .min(min, `At least ${min}.`)
    .max(max, `At most ${max}.`)
}

/** A list of texts, or one text with an item a line, as a form sends it; empty lines are left out. */
export function linesInput(item: z.ZodType<string, string>, max: number) {
  return z
    .union([z.array(z.string()), z.string().transform((text) => text.split('\n'))])
    .transform((lines) => lines.map((line) => line.trim()).filter(Boolean))
    .pipe(z.array(item).max(max, `At most ${max} lines.`))
    .default([])
}

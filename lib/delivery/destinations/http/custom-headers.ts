import { z } from 'zod'
import { linesInput } from '@/lib/delivery/destinations/fields'
import { isHeaderValue, isTenantHeaderName } from '@/lib/http/header-rules'
import { complainAbout, ENTER_AGAIN } from './target-field'

/** Servers take some dozens in a request, and ours are among them. */
const MAX_HEADERS = 20
/** Stands for a value that is stored and not shown; entered again, it keeps it. */
const STORED_VALUE = '***'

const LINE = /^([^:\s]+)\s*:\s*(.*)$/

/** Lines such as `X-Tenant: acme`. */
export const customHeadersInput = linesInput(
  z.string().superRefine((line, check) => {
    const [, name, value] = LINE.exec(line) ?? []
    const say = (message: string) => check.addIssue({ code: 'custom', message })
    if (name === undefined || value === undefined) say('Write each header as a line: Name: value.')
    else if (!isTenantHeaderName(name)) say(`${name} is not a header that can be chosen.`)
    else if (!isHeaderValue(value)) say(`The value of ${name} must be printable ASCII on one line.`)
  }),
  MAX_HEADERS,
)

const secretName = (name: string) => `header ${name.toLowerCase()}`

/** Names for the configuration; values for the secrets, with null for those to be forgotten. */
export type ConfiguredHeaders = { names: string[]; secrets: Record<string, string | null> }

/**
 * Takes lines apart. A line with `***` keeps its stored value, unless the URL `movesAway` to another server.
 * Throws `invalid`.
 */
export function configureHeaders(
  lines: readonly string[],
  stored: readonly string[],
  movesAway: boolean,
): ConfiguredHeaders {
  const names: string[] = []
  const secrets: Record<string, string | null> = {}
  for (const line of lines) {
    const [, name = '', value = ''] = LINE.exec(line) ?? []
    if (names.some((other) => other.toLowerCase() === name.toLowerCase()))
      complainAbout('headers', `${name} is there twice.`)
    names.push(name)
    const isStored = stored.includes(secretName(name))
    if (value !== STORED_VALUE) secrets[secretName(name)] = value
    else if (!isStored) complainAbout('headers', `Give the value of ${name}.`)
    else if (movesAway) complainAbout('headers', `${name}: ${ENTER_AGAIN}`)
  }
  const kept = new Set(names.map(secretName))
  for (const secret of stored) if (secret.startsWith('header ') && !kept.has(secret)) secrets[secret] = null
  return { names, secrets }
}

/** As the field shows them. */
export const showHeaders = (names: readonly string[]) => names.map((name) => `${name}: ${STORED_VALUE}`)

/** As they are sent. */
export function customHeaders(
  names: readonly string[],
  secrets: Readonly<Record<string, string>>,
): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = secrets[secretName(name)]
      return value === undefined ? [] : [[name, value]]
    }),
  )
}

/** A request as a test sends it. */
export type Sent = {
  query?: string
  headers?: Record<string, string>
  body?: string | Buffer
  path?: Record<string, string>
}
/** How to provoke a status; a list is sent in order, and the last answer is the one that counts. */
export type Provocation = Sent | Sent[]
/** By status. */
export type Provocations = Record<number, Provocation>

export const JSON_TYPE = { 'content-type': 'application/json' }
export const LARGE: Sent = { headers: JSON_TYPE, body: ' '.repeat(11 * 1024 * 1024) }
export const send = (value: unknown): Sent => ({ headers: JSON_TYPE, body: JSON.stringify(value) })

import { verbOf } from '@/lib/delivery/encodings/verbs'

/**
 * Windows Security events of who signs in, whatever their action is called: signed in (4624), failed to (4625), signed out
 * (4634, 4647), with other credentials (4648), asked for a Kerberos ticket (4768, failed: 4771), checked by NTLM (4776).
 * https://learn.microsoft.com/windows/security/threat-protection/auditing/
 */
const WINDOWS = new Set([4624, 4625, 4634, 4647, 4648, 4768, 4771, 4776].map(String))

/** Actions and codes are few, and events many. */
const known = new Map<string, boolean>()
const MAX_KNOWN = 10_000

/** Whether an event tells of a sign-in or sign-out, or of one that failed, by its action or code. */
export function isSignIn(action: string, code: string | null): boolean {
  const key = JSON.stringify([action, code])
  const answer = known.get(key) ?? tellsOfSignIn(action, code)
  if (known.size >= MAX_KNOWN) known.clear()
  known.set(key, answer)
  return answer
}

function tellsOfSignIn(action: string, code: string | null): boolean {
  const number = /^(?:MS-)?(\d{4})$/.exec(code ?? '')?.[1]
  if (number !== undefined && WINDOWS.has(number)) return true
  const verb = verbOf(action, code ?? undefined)
  return verb === 'logon' || verb === 'logoff'
}

import type { Verifier } from '@/lib/integrity/verify/open-checkpoint'
import { parsePolicy } from '@/lib/integrity/verify/policy'
import { Refusal } from '@/lib/integrity/verify/refusal'
import { webPrimitives } from '@/lib/integrity/verify/web-primitives'
import type { Verdict } from './verdict'

/** A verifier that believes the keys of this policy. Throws words for people where the browser can't do it. */
export async function makeWebVerifier(policyText: string): Promise<Verifier> {
  if (!globalThis.crypto?.subtle)
    throw new Error(
      'This browser lets pages check signatures only over https or on localhost. Open Spoor there, or use the command line.',
    )
  if (!(await knowsEd25519()))
    throw new Error(
      'This browser does not know Ed25519 signatures. Use a newer one, or check on the command line.',
    )
  return { policy: parsePolicy(webPrimitives.sha256, policyText), primitives: webPrimitives }
}

async function knowsEd25519(): Promise<boolean> {
  try {
    // The base point is a valid key of the curve: y is 4/5, x is even.
    const basePoint = new Uint8Array(32).fill(0x66)
    basePoint[0] = 0x58
    await crypto.subtle.importKey('raw', basePoint, 'Ed25519', false, ['verify'])
    return true
  } catch {
    return false
  }
}

/** What a check that ended with an error says: a refusal is a no, all else means that it could not be made. */
export function verdictOf(error: unknown): Verdict {
  if (error instanceof Refusal) return { answer: 'no', reason: error.reason, message: forPage(error.message) }
  return { answer: 'unknown', message: error instanceof Error ? error.message : String(error) }
}

/** The verifier speaks of its command line; on the page the same choice is a checkbox. */
function forPage(message: string): string {
  return message.replace(/ \(--allow-skipped \w+ leaves this check out\.\)/, '')
}

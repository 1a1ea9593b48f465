import { type BundleReport, verifyBundle } from '@/lib/integrity/verify/bundle'
import { nodePrimitives } from '@/lib/integrity/verify/node-primitives'
import type { Verifier } from '@/lib/integrity/verify/open-checkpoint'
import { parsePolicy } from '@/lib/integrity/verify/policy'
import { Refusal } from '@/lib/integrity/verify/refusal'
import { type Skippable, Skips } from '@/lib/integrity/verify/skips'
import { POLICY } from './sealed-log'

export const verifierOf = (policy = POLICY): Verifier => ({
  policy: parsePolicy(nodePrimitives.sha256, policy),
  primitives: nodePrimitives,
})

type Options = { policy?: string; remembered?: string[]; allow?: Skippable[] }

/** Verifies the text of a bundle, in chunks that end anywhere. */
export function verifyText(text: string, { policy, remembered, allow }: Options = {}): Promise<BundleReport> {
  const bytes = Buffer.from(text)
  async function* open() {
    for (let at = 0; at < bytes.length; at += 1000) yield bytes.subarray(at, at + 1000)
  }
  return verifyBundle(open, verifierOf(policy), new Skips(new Set(allow)), remembered)
}

export const verifyLines = (lines: string[], options: Options = {}) =>
  verifyText(`${lines.join('\n')}\n`, options)

/** The reason for which the verifier said no. */
export async function reasonOf(answer: Promise<unknown>): Promise<string> {
  try {
    await answer
    return 'yes'
  } catch (error) {
    if (error instanceof Refusal) return error.reason
    throw error
  }
}

import { onTestFinished } from 'vitest'
import type { TenantScope } from '@/lib/access/scope'
import type { Delivery, OpenDestination } from '@/lib/delivery/destinations/contract'
import { desktopKind } from '@/lib/delivery/destinations/desktop/desktop-kind'
import { type Digest, readDigest } from '@/lib/delivery/digest/digest'
import type { Outcome } from '@/lib/delivery/outcome'
import { parseInput } from '@/lib/errors/parse-input'
import { createDestination } from '@/lib/forwarding/create'
import { INPUT_SCHEMAS } from '@/lib/forwarding/input'

/** What people were told, and when. */
export type ToldMessage = Pick<Delivery, 'idempotencyKey' | 'firstSeq' | 'lastSeq' | 'mayHaveArrived'> & {
  digest: Digest
  body: string
  atMs: number
}

type People = {
  /** Every try, those that fail as well. */
  told: ToldMessage[]
  /** What becomes of the next tries, until told otherwise. */
  answer(make: (delivery: Delivery) => Outcome | Promise<Outcome>): void
}

export const DELIVERED: Outcome = { verdict: 'delivered', message: 'Told.', ms: 0 }
export const FAILED: Outcome = { verdict: 'failed', message: 'Nobody listens.', ms: 0 }

/** Until the test ends desktop channels tell a list instead of bells, with other timing where `changes` say so. */
export function usePeople(changes: Partial<OpenDestination> = {}): People {
  const original = { ...desktopKind }
  const told: ToldMessage[] = []
  let make: (delivery: Delivery) => Outcome | Promise<Outcome> = () => DELIVERED
  desktopKind.open = (config) => ({
    ...original.open(config),
    ...changes,
    send: async (delivery) => {
      const { idempotencyKey, firstSeq, lastSeq, mayHaveArrived, body } = delivery
      const message = { idempotencyKey, firstSeq, lastSeq, mayHaveArrived, digest: readDigest(body) }
      told.push({ ...message, body: Buffer.from(body).toString(), atMs: performance.now() })
      return make(delivery)
    },
  })
  onTestFinished(() => {
    Object.assign(desktopKind, original)
  })
  return {
    told,
    answer: (next) => {
      make = next
    },
  }
}

/** A desktop channel as the form would make it. */
export async function addChannel(scope: TenantScope, input: Record<string, unknown> = {}): Promise<string> {
  const given = parseInput(INPUT_SCHEMAS.channel.create, { kind: 'desktop', types: ['relay'], ...input })
  const { id } = await createDestination(scope, given)
  return id
}

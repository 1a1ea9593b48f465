import { onTestFinished } from 'vitest'
import type { DestinationKind, OpenDestination } from '@/lib/delivery/destinations/contract'
import { httpKind } from '@/lib/delivery/destinations/http/http-kind'

/**
 * Gives the HTTP kind features of other kinds until the test ends: `open` changes what it opens, and may call the
 * real one, which goes on posting to loopback receivers.
 */
export function alterHttp(
  open: (real: OpenDestination) => Partial<OpenDestination>,
  kind: Partial<Pick<DestinationKind, 'maySplit' | 'formatVersion'>> = {},
): void {
  const original = { ...httpKind }
  Object.assign(httpKind, kind, {
    open: (config: unknown) => {
      const real = original.open(config)
      return { ...real, ...open(real) }
    },
  })
  onTestFinished(() => {
    Object.assign(httpKind, original)
  })
}

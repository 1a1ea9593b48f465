import { setImmediate as giveWay } from 'node:timers/promises'

/** The longest patterns take some ten milliseconds for a name of a kilobyte, and a page has a thousand names. */
const MAX_TURN_MS = 20

/** Those whose name `isTaken`, while others have their turn. */
export async function pickNames<T extends { name: string }>(
  found: readonly T[],
  isTaken: (name: string) => boolean,
): Promise<T[]> {
  const taken: T[] = []
  let beganMs = performance.now()
  for (const one of found) {
    if (isTaken(one.name)) taken.push(one)
    if (performance.now() - beganMs < MAX_TURN_MS) continue
    await giveWay()
    beganMs = performance.now()
  }
  return taken
}

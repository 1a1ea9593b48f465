/** Work between two turns of the event loop. */
const TURN_MS = 10

/** Whether it is time to give the event loop back. */
export function makePace(): () => boolean {
  let turn = performance.now()
  return () => {
    const now = performance.now()
    if (now - turn < TURN_MS) return false
    turn = now
    return true
  }
}

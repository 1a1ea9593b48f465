/** Two turns of the event loop, in which an end that the other side has sent is also seen. */
export async function letEventsArrive(): Promise<void> {
  for (let turn = 0; turn < 2; turn++) await new Promise<void>((resolve) => setImmediate(resolve))
}

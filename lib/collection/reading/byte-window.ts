/** The bytes of a file that are read but not used up yet. */
export type ByteWindow = {
  held(): Buffer
  /** Whether the file has nothing behind them. */
  isEnd(): boolean
  /** Reads until so many bytes are held, or the file ends. */
  load(bytes: number): Promise<void>
  /** Uses up so many, or all where there are fewer; says how many. */
  drop(bytes: number): number
  close(): Promise<void>
}

/** Pieces are put together once they are enough, so that pieces of any size, also of one byte, take linear time. */
export function openByteWindow(bytes: AsyncIterable<Buffer>): ByteWindow {
  const source = bytes[Symbol.asyncIterator]()
  let held: Buffer = Buffer.alloc(0)
  let isEnd = false
  return {
    held: () => held,
    isEnd: () => isEnd,
    async load(wanted) {
      const pieces = [held]
      let total = held.length
      while (total < wanted && !isEnd) {
        const next = await source.next()
        if (next.done) isEnd = true
        else {
          pieces.push(next.value)
          total += next.value.length
        }
      }
      if (pieces.length > 1) held = Buffer.concat(pieces, total)
    },
    drop(used) {
      const dropped = Math.min(used, held.length)
      held = held.subarray(dropped)
      return dropped
    },
    async close() {
      await source.return?.()
    },
  }
}

const LENGTH_BYTES = 2

/** The entries under one tile of level 0, C2SP tlog-tiles: each with its length before it, 16 bits big-endian. */
export function writeEntryBundle(entries: readonly string[]): Buffer {
  return Buffer.concat(
    entries.flatMap((entry) => {
      const bytes = Buffer.from(entry)
      const length = Buffer.alloc(LENGTH_BYTES)
      length.writeUInt16BE(bytes.length)
      return [length, bytes]
    }),
  )
}

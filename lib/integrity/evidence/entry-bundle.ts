const LENGTH_BYTES = 2

/** The entries under one tile of level 0, C2SP tlog-tiles: each with its length before it, 16 bits big-endian. */
export function writeEntryBundle(entries: readonly (string | Uint8Array)[]): Buffer {
  return Buffer.concat(
    entries.flatMap((entry) => {
      const bytes = typeof entry === 'string' ? Buffer.from(entry) : entry
      const length = Buffer.alloc(LENGTH_BYTES)
      length.writeUInt16BE(bytes.length)
      return [length, bytes]
    }),
  )
}

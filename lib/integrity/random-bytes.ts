import { randomFillSync } from 'node:crypto'

/** One system call serves 2,048 seeds; asking for 32 bytes each time costs ten times as much. */
const POOL_BYTES = 65_536
const pool = Buffer.alloc(POOL_BYTES)
let used = POOL_BYTES

/** Cryptographically random bytes, handed out once and wiped from the pool. */
export function randomBytesPooled(bytes: number): Buffer {
  if (used + bytes > POOL_BYTES) {
    randomFillSync(pool)
    used = 0
  }
  const taken = Buffer.from(pool.subarray(used, used + bytes))
  pool.fill(0, used, used + bytes)
  used += bytes
  return taken
}

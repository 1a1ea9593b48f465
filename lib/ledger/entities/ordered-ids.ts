import { randomUUID } from 'node:crypto'

let last = 0

/**
 * A random UUID that begins with the time (RFC 9562, version 7), each greater than the one before: rows that are
 * written together lie together in every index.
 */
export function nextId(): string {
  // Milliseconds and 12 bits of a counter; ids of other processes differ in the 62 random bits behind.
  last = Math.max(last + 1, Date.now() * 4096)
  const time = Math.floor(last / 4096)
    .toString(16)
    .padStart(12, '0')
  const count = (last % 4096).toString(16).padStart(3, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${count}${randomUUID().slice(18)}`
}

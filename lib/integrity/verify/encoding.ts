import type { Hash } from './primitives'
import { refuse } from './refusal'

export const HASH_LENGTH = 32
/** A proof in a tree of at most 2^53 leaves: a hash a level, on both sides. */
const MAX_HASHES = 128

/** RFC 4648 section 4 in its one spelling, with padding and without white space; undefined for any other. */
export function decodeBase64(text: string): string | undefined {
  try {
    const bytes = atob(text)
    return btoa(bytes) === text ? bytes : undefined
  } catch {
    return undefined
  }
}

export function bytesOf(binary: string): Uint8Array {
  const bytes = new Uint8Array(binary.length)
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i)
  return bytes
}

export function binaryOf(bytes: Uint8Array): string {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return binary
}

/** Decodes base64 of exactly `length` bytes, or refuses the file. */
export function decodeExactly(text: unknown, length: number, what: string): string {
  const bytes = typeof text === 'string' ? decodeBase64(text) : undefined
  if (bytes?.length !== length) return refuse('malformed', `${what} is not the base64 of ${length} bytes.`)
  return bytes
}

export function decodeHashes(texts: unknown, what: string): Hash[] {
  if (!Array.isArray(texts) || texts.length > MAX_HASHES)
    return refuse('malformed', `${what} is not a list of at most ${MAX_HASHES} hashes.`)
  return texts.map((text) => decodeExactly(text, HASH_LENGTH, `A hash of ${what}`))
}

/** A count or position: a whole number from 0 to 2^53 − 1. */
export function expectIndex(value: unknown, what: string): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0)
    return refuse('malformed', `${what} is not a whole number from 0 to 2^53 − 1.`)
  return value
}

/** The same as decimal text without leading zeros. */
export function parseIndex(text: string): number | undefined {
  const value = Number(text)
  return /^(0|[1-9]\d{0,15})$/.test(text) && Number.isSafeInteger(value) ? value : undefined
}

import { randomBytes } from 'node:crypto'
import { sha256 } from '@/lib/integrity/sha256'

const PREFIX = 'spoor_'
const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
/** 62^43 > 2^256: what 32 random bytes take. */
const RANDOM_LENGTH = 43
/** 62^6 > 2^32: what the four bytes of the check take. */
const CHECK_LENGTH = 6
const SECRET_LENGTH = PREFIX.length + RANDOM_LENGTH + CHECK_LENGTH

/** How much of a token stays readable: enough to tell tokens apart, 36 of its 256 bits. */
const SHOWN_LENGTH = PREFIX.length + 6

/** A new API token: `spoor_`, 256 random bits and a check, all letters and digits, so that one click selects it. */
export function newTokenSecret(): string {
  const body = PREFIX + toBase62(BigInt(`0x${randomBytes(32).toString('hex')}`), RANDOM_LENGTH)
  return body + checkOf(body)
}

/** Whether the text can be a token at all: tells a typing mistake, and lets scanners find leaked tokens offline. */
export function isTokenSecret(text: string): boolean {
  if (text.length !== SECRET_LENGTH || !text.startsWith(PREFIX)) return false
  return checkOf(text.slice(0, -CHECK_LENGTH)) === text.slice(-CHECK_LENGTH)
}

/** What is stored and looked up in place of the token: 32 bytes. 256 random bits need no slow hash. */
export function hashTokenSecret(secret: string): Buffer {
  return Buffer.from(sha256(Buffer.from(secret), 'latin1'), 'latin1')
}

export function shownPartOf(secret: string): string {
  return secret.slice(0, SHOWN_LENGTH)
}

function checkOf(body: string): string {
  return toBase62(BigInt(`0x${sha256(Buffer.from(body), 'hex').slice(0, 8)}`), CHECK_LENGTH)
}

function toBase62(value: bigint, length: number): string {
  let text = ''
  for (let rest = value; text.length < length; rest /= 62n) text = BASE62.charAt(Number(rest % 62n)) + text
  return text
}

import { createHash } from 'node:crypto'
import { env } from '@/env'

const SAFE = /^[A-Za-z0-9._-]{1,200}$/

/** The Message-ID of whatever the key stands for: the same key gives the same one, so a repeat can be recognised. */
export function messageIdOf(key: string): string {
  const name = SAFE.test(key) ? key : createHash('sha256').update(key).digest('hex')
  return `<${name}@${new URL(env.publicUrl()).hostname}>`
}

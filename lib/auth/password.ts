import { hash, verify } from '@node-rs/argon2'

/**
 * argon2id as OWASP's Password Storage Cheat Sheet asks for it: 19 MiB, 2 passes, 1 lane. Some 20 ms on a
 * server's core; `Algorithm.Argon2id` is 2 (an ambient const enum, which isolated modules can't read).
 */
const ARGON2ID = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** The argon2id hash of a password in PHC form. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), ARGON2ID)
}

/** Whether it is the password. Without a stored hash it is not, which takes as long to find out. */
export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  const matches = await verify(stored ?? (await nobodysHash()), password.normalize('NFKC'))
  return matches && stored !== null
}

let nobodys: Promise<string> | undefined

/** Made once with the same parameters, so that an unknown account costs what a known one costs. */
function nobodysHash(): Promise<string> {
  nobodys ??= hashPassword(crypto.randomUUID())
  return nobodys
}

import { randomBytes } from 'node:crypto'
import { and, eq, gt, isNull, sql } from 'drizzle-orm'
import { database, type Transaction } from '@/db/client'
import { signInLinks } from '@/db/schema/sessions'
import { env } from '@/env'
import { sha256 } from '@/lib/integrity/sha256'

/** Long enough to reach the person, short enough not to lie about in a mailbox. */
const LINK_HOURS = 24
/** Nobody guesses 256 bits. */
const SECRET_BYTES = 32
const SECRET_LENGTH = Buffer.alloc(SECRET_BYTES).toString('base64url').length

/** Makes a one-time sign-in link, in an `auth` transaction. Its address is in the answer and nowhere else. */
export async function createSignInLink(tx: Transaction, userId: string): Promise<string> {
  const secret = randomBytes(SECRET_BYTES).toString('base64url')
  await tx.insert(signInLinks).values({
    secretHash: hashLinkSecret(secret),
    userId,
    expiresAt: sql`now() + make_interval(hours => ${LINK_HOURS})`,
  })
  return `${env.publicUrl()}/sign-in/link/${secret}`
}

/** The secret of the link that somebody claims to hold, of whatever type and length it came. */
export function isLinkSecret(claimed: unknown): claimed is string {
  return typeof claimed === 'string' && claimed.length === SECRET_LENGTH
}

/** Whose link it is and whether it can still be used; undefined for a link that never was. */
export async function findSignInLink(
  secret: string,
): Promise<{ userId: string; isUsable: boolean } | undefined> {
  const [found] = await database('auth')
    .select({ userId: signInLinks.userId, isUsable: sql<boolean>`${isUsable}` })
    .from(signInLinks)
    .where(eq(signInLinks.secretHash, hashLinkSecret(secret)))
  return found
}

/** Uses a link up, and with it all others of the person. False if another request was first. */
export async function spendSignInLink(tx: Transaction, secret: string, userId: string): Promise<boolean> {
  const used = await tx
    .update(signInLinks)
    .set({ usedAt: sql`now()` })
    .where(and(eq(signInLinks.secretHash, hashLinkSecret(secret)), isUsable))
    .returning({ userId: signInLinks.userId })
  if (used.length === 0) return false
  await tx
    .update(signInLinks)
    .set({ usedAt: sql`now()` })
    .where(and(eq(signInLinks.userId, userId), isNull(signInLinks.usedAt)))
  return true
}

const isUsable = and(isNull(signInLinks.usedAt), gt(signInLinks.expiresAt, sql`now()`))

function hashLinkSecret(secret: string): Buffer {
  return Buffer.from(sha256(Buffer.from(secret), 'latin1'), 'latin1')
}

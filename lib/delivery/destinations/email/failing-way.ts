import type { OwnWay } from '@/lib/warnings/own-way'
import type { EmailConfig } from './config'

/** Replies about a mailbox rather than about the server: no such one, not here, full, badly named (RFC 5321, 4.2.3). */
const ABOUT_MAILBOX = new Set([550, 551, 552, 553])

/** The instance's server, where it fails for this channel and would so for any other letter. Pure. */
export const failingWayOf = (
  { server }: Pick<EmailConfig, 'server'>,
  lastStatus: number | null,
): OwnWay | undefined =>
  server === 'instance' && !(lastStatus !== null && ABOUT_MAILBOX.has(lastStatus)) ? 'mail' : undefined

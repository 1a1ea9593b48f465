import { scopeForSystem } from '@/lib/access/scope-for-system'
import { isAwayForAll } from '@/lib/errors/database-away'
import { newReference, reportError } from '@/lib/errors/report-error'
import { reportWarning } from '@/lib/errors/report-warning'
import type { MailOutcome } from '@/lib/mail/mail-outcome'
import { messageIdOf } from '@/lib/mail/message-id'
import { canSendMail, sendMail } from '@/lib/mail/send-mail'
import { type ClaimedLetter, claimLetter, forgetLetter } from './claim-letter'
import { listManagers } from './list-managers'
import { warningWordsSchema } from './warning'
import { writeWarningLetter } from './warning-letter'

/** A mail server that answers slowly must not hold up what there is to tell others. */
const TIMEOUT_MS = 10_000
/** Servers take a hundred recipients at least (RFC 5321, section 4.5.3.1.8). */
const MAX_RECIPIENTS = 100
/** An older warning is no news; it stands in the trail and in the bells. */
const GIVE_UP_MS = 3 * 86_400_000

/**
 * Sends the letters that `warnManagers` wrote, until none is due or the mail server is away: what was not taken comes
 * again, under the same Message-ID, until a mail server takes it or three days have passed. Gives how many were sent.
 * Any number of runs may overlap.
 */
export async function mailWarnings(isOver: () => boolean): Promise<number> {
  let sent = 0
  if (!canSendMail()) return sent
  for (let letter = await nextLetter(isOver); letter; letter = await nextLetter(isOver)) {
    const outcome = await trySend(letter)
    if (outcome === 'sent') {
      await forgetLetter(letter)
      sent++
    }
    // A server that is away would keep this run waiting with each further letter.
    if (outcome === 'failed') break
  }
  return sent
}

/** `refused`: this letter, or everybody whom it is for; another one may be taken. What failed is in the log. */
async function trySend(letter: ClaimedLetter): Promise<'sent' | 'refused' | 'failed'> {
  try {
    await send(letter)
    return 'sent'
  } catch (error) {
    if (isAwayForAll(error)) throw error
    reportError(error, newReference())
    return error instanceof RefusedLetterError ? 'refused' : 'failed'
  }
}

class RefusedLetterError extends Error {}

const isRefused = (outcome: MailOutcome) =>
  outcome.verdict === 'rejected' || (outcome.verdict === 'misconfigured' && outcome.hasRefusedPeople === true)

async function nextLetter(isOver: () => boolean): Promise<ClaimedLetter | undefined> {
  while (!isOver()) {
    const letter = await claimLetter()
    if (!letter || Date.now() - letter.createdAt.getTime() < GIVE_UP_MS) return letter
    reportWarning(`A letter about ${letter.keys.length} warnings was given up: no mail server took it.`)
    await forgetLetter(letter)
  }
  return undefined
}

/** Throws unless a server took it for everybody. */
async function send({ tenantId, letterId, words }: ClaimedLetter): Promise<void> {
  const scope = await scopeForSystem(tenantId, 'SCHEDULER')
  const addresses = await listManagers(scope)
  const warnings = words.map((each) => warningWordsSchema.parse(each))
  const mail = writeWarningLetter(scope, warnings)
  for (let i = 0; i < addresses.length; i += MAX_RECIPIENTS) {
    const to = addresses.slice(i, i + MAX_RECIPIENTS)
    const messageId = messageIdOf(`warnings-${letterId}-${i / MAX_RECIPIENTS}`)
    const outcome = await sendMail({ ...mail, to, messageId }, { timeoutMs: TIMEOUT_MS })
    if (outcome.verdict === 'sent') continue
    const words = `${outcome.message} The letter was: ${mail.subject}`
    throw isRefused(outcome) ? new RefusedLetterError(words) : new Error(words)
  }
}

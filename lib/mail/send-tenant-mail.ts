import { giveBackAllowance, mailLimit, takeAllowance } from './mail-limit'
import type { Mail } from './mail-message'
import type { MailCall, MailOutcome } from './mail-outcome'
import { canSendMail, sendMail } from './send-mail'

/**
 * Sends a letter that a tenant wants sent by the instance's own mail server, whose good name all tenants share: so each
 * has a limit a day, across all processes, tests included. Above it the letter waits; nothing is lost.
 */
export type SendTenantMail = (tenantId: string, mail: Mail, call: MailCall) => Promise<MailOutcome>

export const sendTenantMail: SendTenantMail = async (tenantId, mail, call) => {
  if (!canSendMail()) return sendMail(mail, call)
  const letters = typeof mail.to === 'string' ? 1 : mail.to.length
  const allowance = await takeAllowance(tenantId, letters)
  if (!allowance.isAllowed) return overLimit(allowance.retryAfterMs)
  let outcome: MailOutcome | undefined
  try {
    outcome = await sendMail(mail, call)
    return outcome
  } finally {
    if (!outcome || !counts(outcome)) await giveBackAllowance(tenantId, allowance)
  }
}

/** Also what was refused for its recipients or words: or the server could be asked for anybody's mailbox without end. */
const counts = (outcome: MailOutcome) =>
  outcome.verdict === 'sent' ||
  outcome.verdict === 'rejected' ||
  (outcome.verdict === 'misconfigured' && outcome.hasRefusedPeople === true)

function overLimit(retryAfterMs: number): MailOutcome {
  const limit = mailLimit()
  const message =
    limit === 0
      ? 'The operator of this Spoor lets no workspace send letters by its mail server. Name a mail server of your own.'
      : `This workspace has sent its ${limit.toLocaleString('en')} letters of a day by this Spoor’s mail server, one for each recipient. The next ones wait until that is over, and nothing is lost; a mail server of your own has no such limit.`
  return { verdict: 'failed', message, ms: 0, ...(limit > 0 && { retryAfterMs }) }
}

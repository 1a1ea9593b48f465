import { hideSecrets } from '@/lib/http/hide-secrets'
import type { MailMessage } from './mail-message'
import type { MailCall, MailOutcome } from './mail-outcome'
import type { SmtpServer } from './smtp-server'
import { trySmtp } from './try-smtp'

const KEPT_LENGTH = 4096
/** A further letter to some of the recipients needs a moment of its own. */
const MIN_TIMEOUT_MS = 1_000

type Sent = Extract<MailOutcome, { verdict: 'sent' }>

/**
 * Hands one letter to an SMTP server and says what became of it, in at most 4 KiB of the server's words and without the
 * password. Servers that take only so many recipients at a time get the letter again for the others. Throws only on a
 * bug.
 */
export async function sendBySmtp(
  server: SmtpServer,
  message: MailMessage,
  { timeoutMs, signal }: MailCall,
): Promise<MailOutcome> {
  const started = performance.now()
  const leftMs = () => timeoutMs - (performance.now() - started)
  let outcome = await trySmtp(server, message, { timeoutMs, signal })
  while (outcome.verdict === 'sent' && leftMs() > MIN_TIMEOUT_MS) {
    const to = outcome.dropped.filter(isPutOff).map(({ address }) => address)
    if (to.length === 0) break
    const further = await trySmtp(server, { ...message, to }, { timeoutMs: leftMs(), signal })
    // Those that were taken have the letter: that the others don't is told, and is no reason to send it again.
    if (further.verdict !== 'sent') break
    outcome = joinSent(outcome, further)
  }
  return toShown({ ...outcome, ms: Math.round(performance.now() - started) }, server)
}

/** RFC 5321, section 4.5.3.1.10: 452 for too many recipients, and whatever else may be otherwise the next time. */
const isPutOff = ({ answer }: Sent['dropped'][number]) => answer.startsWith('4')

function joinSent(before: Sent, further: Sent): Sent {
  const refused = before.dropped.filter((recipient) => !isPutOff(recipient))
  return { ...further, dropped: [...refused, ...further.dropped] }
}

/** As a database can keep it and people may read it. */
function toShown(outcome: MailOutcome, { auth }: SmtpServer): MailOutcome {
  // The password as it is, and as AUTH PLAIN sends it: servers repeat commands that they don't understand.
  const secrets = auth?.pass ? [`\0${auth.user}\0${auth.pass}`, auth.pass] : []
  const keep = (text: string) =>
    hideSecrets(text, { secrets }).replaceAll('\0', '\uFFFD').slice(0, KEPT_LENGTH)
  const told = { ...outcome, ...(outcome.answer !== undefined && { answer: keep(outcome.answer) }) }
  if (told.verdict !== 'sent') return told
  const dropped = told.dropped.map(({ address, answer }) => ({ address, answer: keep(answer) }))
  if (dropped.length === 0) return told
  const message = `${told.message.slice(0, -1)} except for ${dropped.map(({ address }) => address).join(', ')}.`
  return { ...told, dropped, message }
}

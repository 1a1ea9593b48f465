import { env } from '@/env'
import type { TenantScope } from '@/lib/access/scope'
import { type Letter, writeLetter } from '@/lib/mail/letter'
import type { Mail } from '@/lib/mail/mail-message'
import type { WarningWords } from './warning'

type Words = Pick<Mail, 'subject' | 'text' | 'html'>

/** The letter about one or several warnings, for the managers of a workspace. Pure but for the instance's address. */
export function writeWarningLetter(
  { tenantName, tenantSlug }: Pick<TenantScope, 'tenantName' | 'tenantSlug'>,
  warnings: readonly WarningWords[],
): Words {
  const home = `${env.publicUrl()}/${tenantSlug}`
  const [first] = warnings
  const body = first && warnings.length === 1 ? oneWarning(first, home) : manyWarnings(warnings, home)
  const footer = `You get this letter because you manage ${tenantName}.`
  return { subject: `${tenantName}: ${body.title}`, ...writeLetter({ ...body, footer }) }
}

function oneWarning({ message, details, answer, link }: WarningWords, home: string): Letter {
  return {
    title: message,
    paragraphs: details,
    ...(answer && { facts: [['The receiver said', answer]] }),
    action: { label: link.label, url: `${home}/${link.path}` },
  }
}

function manyWarnings(warnings: readonly WarningWords[], home: string): Letter {
  return {
    title: `${warnings.length} things to know`,
    items: warnings.map(({ message, details }) => ({ text: message, note: details.join(' ') })),
    action: { label: 'Open the notifications', url: `${home}/notifications` },
  }
}

import type { PolicyView } from '@/lib/ledger/policies/policy-view'

/** More are counted. */
const MAX_NAMED = 4

/** Whose events a policy matches. */
export function sourcesWords(
  { isDefault, sources }: Pick<PolicyView, 'isDefault' | 'sources'>,
  labels: Readonly<Record<string, string>>,
): string {
  const named = sources.slice(0, MAX_NAMED).map((origin) => labels[origin] ?? origin)
  const more = sources.length - named.length
  const own = [...named, ...(more > 0 ? [`${more} more`] : [])].join(', ')
  if (!isDefault) return own || 'nothing yet'
  return own ? `${own}, and all without one of their own` : 'all sources without one of their own'
}

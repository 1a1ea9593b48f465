import type { NewToken } from '@/lib/tokens/create'

const EVENT =
  '{"type":"account","action":"signed in","status":"success","actor":{"login":"ada"},"message":"Hello, trail"}'

/** A line to try the token with, by what it may do; undefined for a token that has nothing to do with events. */
export function tokenExample(
  { secret, scopes }: Pick<NewToken, 'secret' | 'scopes'>,
  origin: string,
): { label: string; code: string } | undefined {
  const call = `curl ${origin}/api/v1/events \\\n  -H 'Authorization: Bearer ${secret}'`
  if (scopes.includes('events:write')) {
    const code = `${call} \\\n  -H 'Content-Type: application/json' \\\n  -d '${EVENT}'`
    return { label: 'Send a first event', code }
  }
  return scopes.includes('events:read') ? { label: 'Read the newest events', code: call } : undefined
}

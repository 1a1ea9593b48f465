import type { TenantScope } from '@/lib/access/scope'
import type { StoredEvent } from '@/lib/event/stored-event'
import { readMatchedEvents } from '@/lib/ledger/matched/read-matched-events'

/** Events as JSON texts, one a line, each with `matched` as its last member; what was accepted is not written again. */
export async function matchLines(scope: TenantScope, lines: string): Promise<string> {
  const texts = lines.split('\n')
  const events = texts.map((text): StoredEvent => JSON.parse(text))
  const found = await readMatchedEvents(scope, events)
  return texts
    .map((text, i) => {
      const matched = found.get(events[i]?.seq ?? -1) ?? {}
      return `${text.slice(0, -1)},"matched":${JSON.stringify(matched)}}`
    })
    .join('\n')
}

import type { StoredEvent } from '@/lib/event/stored-event'
import { NEEDLE } from './load-trails'

/** Each filter alone, common and very rare, and pairs that never meet. */
export const CASES: [name: string, query: string][] = [
  ['no filter', ''],
  ['type, common', 'type=admin'],
  ['type, all but one', 'type=!admin'],
  ['type, never', 'type=none'],
  ['level', 'level=error'],
  ['minimum level', 'minLevel=warning'],
  ['level, never', 'minLevel=critical'],
  ['action', 'action=deleted'],
  ['status, 1 in 20', 'status=fail'],
  ['code', 'code=CREATED_BY_USER'],
  ['category, never', 'category=none'],
  ['actor, common', 'actor=user1@example.com'],
  ['actor, rare', 'actor=user4999@example.com'],
  [`actor, ${NEEDLE.times} events`, `actor=${NEEDLE.actor}`],
  ['actor, never', 'actor=nobody'],
  ['target, common', 'target=object-1'],
  ['target, rare', 'target=object-49999'],
  ['target type, never', 'targetType=none'],
  ['source, all but it', 'source=!app.example.com'],
  ['data source', 'dataSource=bench'],
  ['session', 'session=0x1eef'],
  ['address', 'ip=10.7.7.7'],
  ['network /16', 'ip=10.3.0.0/16'],
  ['network /22', 'ip=10.3.4.0/22'],
  ['field in data', 'data.request.path=/api/objects/77'],
  ['field in data, one event', 'data.request.id=req-777'],
  ['field in data, 1 in 500', 'data.durationMs=17'],
  ['text, part of a common word', 'q=xampl'],
  ['text, part of rare words', 'q=bject-4999'],
  ['text, one event', `q=${NEEDLE.text.slice(2)}`],
  ['text, never', 'q=xqzv'],
  ['text, two letters, never', 'q=qz'],
  ['text, one letter', 'q=k'],
  ['text, mark, never', 'q=%23'],
  ['text, phrase', 'q=signed in'],
  ['text, phrase, never', 'q=signed object'],
  ['pair, common', 'type=admin&action=created'],
  ['pair, never meets', 'code=DELETED_BY_USER&action=created'],
  ['pair, rare and common', 'actor=user4000@example.com&type=admin'],
  ['three', 'level=error&status=fail&actor=user1@example.com'],
  ['one day a month ago', 'from=-30d&to=-29d'],
  ['one day a month ago, rare', 'from=-30d&to=-29d&actor=user3000@example.com'],
  ['30 days', 'from=-30d'],
  ['30 days, text never', 'from=-30d&q=xqzv'],
]

/** Filters that a reader may make of what an event says, each as `name=value`. */
function partsOf(event: StoredEvent, random: () => number): string[] {
  const { actor, targets, data } = event
  const [target] = targets ?? []
  const message = event.message ?? ''
  const from = Math.floor(random() * message.length)
  const text = message.slice(from, from + 3 + Math.floor(random() * 10)).trim()
  const at = Date.parse(event.occurredAt)
  const spanMs = 3_600_000 * 10 ** (random() * 3)
  const moment = (ms: number) => new Date(ms).toISOString()
  const [a, b] = (actor?.ip ?? '10.0.0.1').split('.')
  const request = data?.request as { path: string } | undefined
  const pairs: [string, unknown][] = [
    ['type', event.type],
    ['level', event.level],
    ['minLevel', event.level],
    ['action', event.action],
    ['status', event.status],
    ['code', event.code],
    ['actor', actor?.login],
    ['actor', actor?.id],
    ['session', actor?.sessionId],
    ['ip', actor?.ip],
    ['ip', `${a}.${b}.0.0/16`],
    ['target', target?.name],
    ['targetType', target?.type],
    ['source', event.source],
    ['q', text || 'user'],
    ['q', `${text}zz`],
    ['data.request.path', request?.path],
    ['data.durationMs', data?.durationMs],
    ['from', moment(at - spanMs)],
    ['to', moment(at + spanMs)],
  ]
  return pairs.map(([name, value]) => {
    const excludes = !['minLevel', 'from', 'to'].includes(name) && random() < 0.2
    return `${name}=${excludes ? '!' : ''}${encodeURIComponent(String(value))}`
  })
}

/** One to four filters, the first of one event and the others of it or of another one, so that many never meet. */
export function fuzzedQuery(sample: readonly StoredEvent[], random: () => number): string {
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T
  const event = pick(sample)
  const count = 1 + Math.floor(random() * 4)
  const chosen = new Map<string, string>()
  while (chosen.size < count) {
    const part = pick(partsOf(random() < 0.7 ? event : pick(sample), random))
    chosen.set(part.slice(0, part.indexOf('=')), part)
  }
  return [...chosen.values()].join('&')
}

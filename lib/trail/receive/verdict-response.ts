import { createResponse } from '@/lib/http/create-response'
import { problemResponse } from '@/lib/http/problem'
import { countVerdicts, type Verdict, type VerdictCounts } from './verdict'

/** 201 all created · 200 created or known · 207 some rejected · 422 all rejected. */
export function verdictStatus({ accepted, duplicates, rejected }: VerdictCounts): number {
  if (rejected > 0) return accepted + duplicates > 0 ? 207 : 422
  return duplicates > 0 ? 200 : 201
}

/** Every event was rejected: a problem that carries the verdicts too. */
export function allRejected(verdicts: Verdict[]): Response {
  const first = verdicts[0]?.status === 'rejected' ? verdicts[0].errors[0] : undefined
  const where = first?.pointer ? ` at ${first.pointer}` : ''
  const detail = `Nothing was stored. The first reason${where}: ${first?.detail ?? 'unknown'}.`
  return problemResponse(422, 'Every event was rejected', detail, {
    ...countVerdicts(verdicts),
    results: verdicts,
  })
}

/** `sealed` is said to those who waited for it. */
export function answerVerdicts(verdicts: Verdict[], sealed?: boolean): Response {
  const counts = countVerdicts(verdicts)
  const status = verdictStatus(counts)
  if (status === 422) return allRejected(verdicts)
  return createResponse(JSON.stringify({ ...counts, results: verdicts, sealed }), {
    status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  })
}

import type { Origin } from './origin'

/** Names an origin for people, without secrets: `s3://acme-logs/windows/`. */
export function describeOrigin(origin: Origin): string {
  if (origin.kind === 's3') return `s3://${origin.bucket}/${origin.prefix}`
  return origin.kind === 'folder' ? origin.path : 'upload'
}

import type { Origin } from '@/lib/collection/origins/origin'

/** Where files come from, in a few words: `s3://logs/ad/`. */
export function originInWords(origin: Origin): string {
  if (origin.kind === 'upload') return 'upload'
  if (origin.kind === 'folder') return origin.path
  return `s3://${origin.bucket}/${origin.prefix}`
}

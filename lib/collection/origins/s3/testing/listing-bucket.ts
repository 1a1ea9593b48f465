import { createHash } from 'node:crypto'
import type { Behaviour, Received } from '@/lib/http/testing/loopback-receiver'

export type ListingBucket = {
  /** Content by key. */
  objects: Map<string, Buffer>
  /** Keys that were asked for, in order. */
  fetched: string[]
  /** Answers as S3 does to listings and GETs of a bucket addressed by path; two keys a page. */
  behaviour: Behaviour
}

const KEYS_A_PAGE = 2
const etagOf = (content: Buffer) => `"${createHash('md5').update(content).digest('hex')}"`
const escapeXml = (text: string) => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`)

function list({ path }: Received, objects: Map<string, Buffer>): string {
  const query = new URL(path, 'http://bucket').searchParams
  const prefix = query.get('prefix') ?? ''
  const delimiter = query.get('delimiter')
  const after = query.get('continuation-token') ?? ''
  const keys = [...objects.keys()]
    .filter((key) => key.startsWith(prefix) && key > after)
    .filter((key) => !delimiter || !key.slice(prefix.length).includes(delimiter))
    .sort()
  const page = keys.slice(0, KEYS_A_PAGE)
  const isCut = keys.length > page.length
  const contents = page.map((key) => {
    const content = objects.get(key) ?? Buffer.alloc(0)
    return `<Contents><Key>${escapeXml(key)}</Key><ETag>${escapeXml(etagOf(content))}</ETag><Size>${content.length}</Size></Contents>`
  })
  const next = isCut ? `<NextContinuationToken>${escapeXml(page.at(-1) ?? '')}</NextContinuationToken>` : ''
  return `<?xml version="1.0"?><ListBucketResult><IsTruncated>${isCut}</IsTruncated>${contents.join('')}${next}</ListBucketResult>`
}

export function listingBucket(): ListingBucket {
  const objects = new Map<string, Buffer>()
  const fetched: string[] = []
  const behaviour: Behaviour = (request, response) => {
    const { path, headers } = request
    if (path.includes('list-type=2')) return response.writeHead(200).end(list(request, objects))
    const [, , ...parts] = decodeURIComponent(path.replace(/\?.*/, '')).split('/')
    const key = parts.join('/')
    fetched.push(key)
    const content = objects.get(key)
    if (!content) return response.writeHead(404).end('<Error><Code>NoSuchKey</Code></Error>')
    if (headers['if-match'] !== etagOf(content))
      return response.writeHead(412).end('<Error><Code>PreconditionFailed</Code></Error>')
    return response.writeHead(200, { 'content-length': String(content.length) }).end(content)
  }
  return { objects, fetched, behaviour }
}

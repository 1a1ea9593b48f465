import type { Behaviour } from '@/lib/http/testing/loopback-receiver'

export type StoredObject = { body: string; metadata: Record<string, string> }
export type MemoryBucket = {
  /** By key. */
  objects: Map<string, StoredObject>
  /** Answers as S3 does to PUT and HEAD of objects addressed by path, conditional writes included. */
  behaviour: Behaviour
}

const META = 'x-amz-meta-'

export function memoryBucket(): MemoryBucket {
  const objects = new Map<string, StoredObject>()
  const behaviour: Behaviour = ({ method, path, headers, body }, response) => {
    const [, , ...parts] = decodeURIComponent(path.replace(/\?.*/, '')).split('/')
    const key = parts.join('/')
    const found = objects.get(key)
    if (method === 'HEAD') {
      const told = Object.entries(found?.metadata ?? {}).map(([name, value]) => [META + name, value])
      return response.writeHead(found ? 200 : 404, Object.fromEntries(told)).end()
    }
    if (found && headers['if-none-match'] === '*')
      return response.writeHead(412).end('<Error><Code>PreconditionFailed</Code></Error>')
    const given = Object.entries(headers).filter(([name]) => name.startsWith(META))
    const metadata = Object.fromEntries(
      given.map(([name, value]) => [name.slice(META.length), String(value)]),
    )
    objects.set(key, { body, metadata })
    return response.writeHead(200).end()
  }
  return { objects, behaviour }
}

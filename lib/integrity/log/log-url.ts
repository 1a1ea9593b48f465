import { env } from '@/env'

/** Where a log is served: its origin with the scheme by which this instance is reached (C2SP tlog-tiles). */
export function logUrl(origin: string): string {
  return `${new URL(env.publicUrl()).protocol}//${origin}`
}

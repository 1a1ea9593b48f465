import type { Level } from '@/lib/event/levels'

/** An event type that Spoor itself records. */
export type OwnCode = {
  type: 'account' | 'admin' | 'forwarding' | 'collection' | 'system'
  action: string
  level: Level
  status: 'success' | 'fail'
  /** One sentence for people: what it means that this was recorded. */
  meaning: string
}

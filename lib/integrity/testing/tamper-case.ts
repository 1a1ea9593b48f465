import type { Victim } from './tamper-forgeries'

/** What the ways to verify say that are to say no; all others may not notice. Empty: nothing that leaves us was touched. */
export type Answers = Partial<Record<'fsck' | 'watch' | 'bundle', string>>

export type TamperCase = {
  what: string
  tamper(victim: Victim): Promise<void>
  /** What the scrubber must say, and where. */
  found: { reason: string; place: unknown }[]
  verified: Answers
}

export const at = (seq: number, through?: number) => ({
  kind: 'event',
  seq,
  ...(through !== undefined && { through }),
})
export const tile = (level: number, index: number, through?: number) => ({
  kind: 'tile',
  level,
  index,
  ...(through !== undefined && { through }),
})
export const head = { kind: 'head' }

export const sqlCase = (
  what: string,
  statements: string,
  verified: Answers,
  ...found: TamperCase['found']
): TamperCase => ({ what, tamper: ({ run }) => run(statements), found, verified })

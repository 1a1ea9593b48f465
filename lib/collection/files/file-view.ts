import type { Reading } from '@/lib/collection/reading/reading'

/** `failed`: it could not be read, or not on from `readBytes`. */
export const FILE_STATES = ['new', 'collecting', 'collected', 'failed'] as const
export type FileState = (typeof FILE_STATES)[number]

/** A file of a silo, as its readers see it. */
export type FileView = {
  id: string
  /** The silo's name. */
  silo: string
  name: string
  /** Of the content, unpacked. */
  bytes: number
  /** Of the content, unpacked; hex. Null where nothing of it was kept. */
  sha256: string | null
  state: FileState
  /** Null where nobody found out yet. */
  reading: Reading | null
  /** The names of the columns; null where the line names them. */
  header: string[] | null
  rows: number
  collected: number
  duplicates: number
  filtered: number
  rejected: number
  /** Of the rejected rows those that wait to be collected again. */
  openRejects: number
  /** How far it is collected. */
  readBytes: number
  /** Why it failed, and what to do. */
  error: string | null
  receivedBy: string
  receivedAt: Date
  collectedAt: Date | null
  /** When its content was forgotten, or that none was kept: what became of its rows stays. */
  forgottenAt: Date | null
}

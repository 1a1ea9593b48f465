import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { acquireProcessLock, findLockHolder, type ProcessLock } from '@/db/process-lock'
import { replaceFile } from '@/db/replace-file'

/** What was published last of a log, kept where a restored database can't take it back. */
export type PublishedHead = { size: number; root: string; note: string }

/** The journal is written anew when it has grown to this and to twice what it must hold. */
const COMPACT_BYTES = 16 * 1024 * 1024
/** Sealers of one machine at a time: the server's, a worker, a cron route. More are a mistake. */
const MAX_SEALERS = 32

/** Reads size and base64 root from a checkpoint of our own. */
function readNote(note: string): PublishedHead {
  const [, size, root = ''] = note.split('\n', 3)
  return { size: Number(size), root, note }
}

/**
 * The last published checkpoint of every log, in journals of the sealers: a line `["<logId>","<note>"]` for each
 * publication, appended and flushed to the disk before the next seal. Each sealer of a machine has a journal of its
 * own in the folder, and reads all of them when it starts. Without a folder only this process remembers.
 */
export class PublishedHeads {
  readonly #heads = new Map<string, PublishedHead>()
  #journal: Journal | undefined
  #isKept = true

  constructor(folder?: string) {
    if (!folder) return
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    this.#journal = openJournal(folder)
    try {
      for (const name of readdirSync(folder)) if (name.endsWith('.jsonl')) this.#load(join(folder, name))
      this.#journal.replace(this.#lines())
    } catch (error) {
      this.close()
      throw error
    }
  }

  get(logId: string): PublishedHead | undefined {
    return this.#heads.get(logId)
  }

  /** Ids of all logs of which anything was ever published from this machine. */
  logIds(): string[] {
    return [...this.#heads.keys()]
  }

  /**
   * To be called after the commit, before the next one: what was committed is public from then on. Where the disk is
   * full it throws, and so does `requireKept` until everything is written.
   */
  note(published: readonly { logId: string; note: string }[]): void {
    if (published.length === 0) return
    for (const { logId, note } of published) this.#keep(logId, note)
    if (!this.#journal) return
    this.#isKept = false
    this.#journal.append(published.map(({ logId, note }) => `${JSON.stringify([logId, note])}\n`).join(''))
    this.#isKept = true
    if (this.#journal.isOvergrown()) this.#journal.replace(this.#lines())
  }

  /**
   * To be called before anything is signed. Writes anew what could not be written before, torn lines included; throws
   * where the disk still takes nothing: what a crash would forget must not grow.
   */
  requireKept(): void {
    if (this.#isKept) return
    this.#journal?.replace(this.#lines())
    this.#isKept = true
  }

  close(): void {
    this.#journal?.close()
    this.#journal = undefined
  }

  /** Journals are read in any order: the larger tree is the later one. */
  #keep(logId: string, note: string): void {
    const head = readNote(note)
    if (head.size >= (this.#heads.get(logId)?.size ?? 0)) this.#heads.set(logId, head)
  }

  /** What a crash cut off at the end of a journal was committed: the database has it. */
  #load(path: string): void {
    const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1)
    for (const [i, line] of lines.entries()) {
      try {
        const [logId, note] = JSON.parse(line) as [string, string]
        this.#keep(logId, note)
      } catch (cause) {
        const message = `${path}, line ${i + 1}, is damaged. It says what was published, so nothing is signed without it: bring it back from a copy, or remove the line if you know that log.`
        throw new Error(message, { cause })
      }
    }
  }

  #lines(): string {
    return [...this.#heads].map(([logId, { note }]) => `${JSON.stringify([logId, note])}\n`).join('')
  }
}

/** The first journal that no living process writes. */
function openJournal(folder: string): Journal {
  for (let number = 0; number < MAX_SEALERS; number++) {
    const lock = join(folder, `${number}.lock`)
    if (findLockHolder(lock) !== undefined) continue
    try {
      return new Journal(
        join(folder, `${number}.jsonl`),
        acquireProcessLock(lock, 'A journal of published heads'),
      )
    } catch (error) {
      if (findLockHolder(lock) === undefined) throw error
    }
  }
  throw new Error(`${MAX_SEALERS} processes seal with the folder ${folder}. End those that are too many.`)
}

class Journal {
  readonly #path: string
  readonly #lock: ProcessLock
  #handle: number | undefined
  #bytes = 0
  #neededBytes = 0

  constructor(path: string, lock: ProcessLock) {
    this.#path = path
    this.#lock = lock
  }

  append(lines: string): void {
    this.#handle ??= openSync(this.#path, 'a', 0o600)
    // A disk that is nearly full takes a part and says so by the count alone.
    const bytes = Buffer.from(lines)
    for (let at = 0; at < bytes.length; ) at += writeSync(this.#handle, bytes, at)
    fsyncSync(this.#handle)
    this.#bytes += bytes.length
  }

  isOvergrown(): boolean {
    return this.#bytes > COMPACT_BYTES && this.#bytes > 2 * this.#neededBytes
  }

  replace(lines: string): void {
    this.#closeHandle()
    replaceFile(this.#path, lines)
    this.#bytes = lines.length
    this.#neededBytes = lines.length
  }

  close(): void {
    this.#closeHandle()
    this.#lock.release()
  }

  #closeHandle(): void {
    if (this.#handle !== undefined) closeSync(this.#handle)
    this.#handle = undefined
  }
}

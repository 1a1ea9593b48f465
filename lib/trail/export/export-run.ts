import { AppError } from '@/lib/errors/app-error'
import { newReference, reportError } from '@/lib/errors/report-error'
import { openStream } from '@/lib/http/open-streams'
import { type ExportOutcome, endExport, type RunningExport } from './running-exports'

/** A reader that takes nothing for so long has gone, whatever its connection says. */
const IDLE_MS = 10 * 60_000
/** A revoked token or session takes events for at most so long. */
const RECHECK_MS = 2_000

/** A part of a file: text with `events` events, for which `seen` places of the trail were looked at. */
export type ExportPiece = { text: string; events: number; seen: number }

type Parts = {
  run: RunningExport
  /** The file from its beginning to its end. */
  pieces: AsyncGenerator<ExportPiece>
  /** Makes the end an event of the trail; `events` left the server. */
  record: (outcome: ExportOutcome, events: number) => Promise<void>
  /** Throws an expected error once the reader may not read any more. */
  recheck: () => Promise<void>
}

/**
 * A stream of bytes that pulls pieces as it is read, and settles once: finished, cancelled by its reader or
 * broken by us. All but the first end it with an error: a clean end would say that the file is whole.
 */
export function streamExport({ run, pieces, record, recheck }: Parts): ReadableStream<Uint8Array> {
  const open = openStream()
  const encoder = new TextEncoder()
  let controller: ReadableStreamDefaultController<Uint8Array>
  let idle: NodeJS.Timeout
  let checks: NodeJS.Timeout
  let isSettled = false

  async function settle(outcome: ExportOutcome): Promise<void> {
    if (isSettled) return
    isSettled = true
    clearTimeout(idle)
    clearInterval(checks)
    open.close()
    endExport(run, outcome)
    await record(outcome, run.progress.events)
  }

  function stop(outcome: ExportOutcome): void {
    // By this name servers tell an end on purpose from a bug, and break the connection without logging it.
    controller.error(new DOMException(`the export was ${outcome}`, 'AbortError'))
    // What is being read ends with its piece, and nothing more is read.
    void pieces.return(undefined).catch(() => {})
    void settle(outcome).catch((error) => reportError(error, newReference()))
  }

  /** Other failures are the database's, of which the reading tells. */
  function check(): void {
    recheck().catch((error) => {
      if (error instanceof AppError && !isSettled) stop('broken')
    })
  }

  /** False for a piece without text. */
  function write({ text, events, seen }: ExportPiece): boolean {
    const bytes = encoder.encode(text)
    run.progress.seen += seen
    run.progress.events += events
    run.progress.bytes += bytes.length
    if (bytes.length > 0) controller.enqueue(bytes)
    return bytes.length > 0
  }

  /** Reads on until there is something to send, or the end. */
  async function advance(): Promise<void> {
    while (!isSettled) {
      const { value, done } = await pieces.next()
      if (isSettled) return
      if (done) {
        await settle('finished')
        controller.close()
      } else if (write(value)) return
    }
  }

  return new ReadableStream<Uint8Array>(
    {
      start: (given) => {
        controller = given
        idle = setTimeout(() => stop('broken'), IDLE_MS).unref()
        checks = setInterval(check, RECHECK_MS).unref()
        run.cancel = () => stop('cancelled')
        open.signal.addEventListener('abort', () => stop('broken'))
      },
      pull: async () => {
        idle.refresh()
        try {
          await advance()
        } catch (error) {
          reportError(error, newReference())
          stop('broken')
        }
      },
      cancel: () => stop('cancelled'),
    },
    { highWaterMark: 0 },
  )
}

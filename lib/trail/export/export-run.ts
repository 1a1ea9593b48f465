import type { TenantScope } from '@/lib/access/scope'
import { AppError } from '@/lib/errors/app-error'
import { newReference, reportError } from '@/lib/errors/report-error'
import { openStream } from '@/lib/http/open-streams'
import type { MatchingChunk } from './read-chunks'
import { type ExportFacts, recordExport } from './record-export'
import { type ExportOutcome, endExport, type RunningExport } from './running-exports'
import type { FormatWriter } from './write-format'

/** A reader that takes nothing for so long has gone, whatever its connection says. */
const IDLE_MS = 10 * 60_000
/** A revoked token or session takes events for at most so long. */
const RECHECK_MS = 2_000

type Parts = {
  scope: TenantScope
  facts: ExportFacts
  run: RunningExport
  chunks: AsyncGenerator<MatchingChunk>
  writer: FormatWriter
  /** Throws an expected error once the reader may not read any more. */
  recheck: () => Promise<void>
}

/**
 * A stream of bytes that pulls chunks as it is read, and settles once: finished, cancelled by its reader or
 * broken by us. All but the first end it with an error: a clean end would say that the file is whole.
 */
export function streamExport({
  scope,
  facts,
  run,
  chunks,
  writer,
  recheck,
}: Parts): ReadableStream<Uint8Array> {
  const open = openStream()
  const encoder = new TextEncoder()
  let controller: ReadableStreamDefaultController<Uint8Array>
  let idle: NodeJS.Timeout
  let checks: NodeJS.Timeout
  let isSettled = false
  let hasHead = false

  async function settle(outcome: ExportOutcome): Promise<void> {
    if (isSettled) return
    isSettled = true
    clearTimeout(idle)
    clearInterval(checks)
    open.close()
    endExport(run, outcome)
    await recordExport(scope, facts, outcome)
  }

  function stop(outcome: ExportOutcome): void {
    // By this name servers tell an end on purpose from a bug, and break the connection without logging it.
    controller.error(new DOMException(`the export was ${outcome}`, 'AbortError'))
    // What is being read ends with its chunk, and nothing more is read.
    void chunks.return(undefined).catch(() => {})
    void settle(outcome).catch((error) => reportError(error, newReference()))
  }

  /** Other failures are the database's, of which the reading tells. */
  function check(): void {
    recheck().catch((error) => {
      if (error instanceof AppError && !isSettled) stop('broken')
    })
  }

  function write(text: string): void {
    const bytes = encoder.encode(text)
    run.progress.bytes += bytes.length
    if (bytes.length > 0) controller.enqueue(bytes)
  }

  function writeChunk({ lines, events, fromSeq, toSeq }: MatchingChunk): void {
    const isFirst = facts.events === 0
    run.progress.seen += toSeq - fromSeq + 1
    facts.events += events
    run.progress.events = facts.events
    if (events > 0) write(writer.write(lines, isFirst))
  }

  /** Reads on until there is something to send, or the end. */
  async function advance(): Promise<void> {
    if (!hasHead) write(writer.head)
    hasHead = true
    for (const before = facts.events; !isSettled && facts.events === before; ) {
      const { value, done } = await chunks.next()
      if (isSettled) return
      if (!done) {
        writeChunk(value)
        continue
      }
      write(writer.tail)
      await settle('finished')
      controller.close()
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

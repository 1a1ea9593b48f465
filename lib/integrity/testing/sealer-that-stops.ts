import { appendFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { closeDatabase } from '@/db/client'
import { LogSigner } from '@/lib/integrity/seal/log-signer'
import { PublishedHeads } from '@/lib/integrity/seal/published-heads'
import { sealTrails } from '@/lib/integrity/seal/seal-trails'
import { MASTER_SECRET } from './sealed-log'

// A sealer in a process of its own, for tests that kill it: `<folder of journals> <where to stop>`. It says "stopped" on
// standard output and stands still there; with `run` it seals again and again until its standard input ends.
const [, , folder = '', where = 'run'] = process.argv

const say = (word: string) => writeSync(1, `${word}\n`)

/** Stands still in the middle of whatever it is, as a process does that is about to be killed. */
function stop(): void {
  say('stopped')
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
}

class StoppingSigner extends LogSigner {
  override sign(...of: Parameters<LogSigner['sign']>): string {
    if (where === 'before signing') stop()
    const note = super.sign(...of)
    if (where === 'after signing') stop()
    return note
  }
}

class StoppingHeads extends PublishedHeads {
  override note(published: Parameters<PublishedHeads['note']>[0]): void {
    const [first] = published
    if (!first) return
    if (where === 'after the commit') stop()
    if (where === 'within the record') {
      const line = JSON.stringify([first.logId, first.note])
      // The only sealer of the folder has the first journal.
      appendFileSync(join(folder, '0.jsonl'), line.slice(0, line.length / 2))
      stop()
    }
    super.note(published)
    if (where === 'after the record') stop()
  }
}

const tools = {
  signer: new StoppingSigner(MASTER_SECRET),
  published: new StoppingHeads(folder),
  now: Date.now,
}
const end = new AbortController()
process.stdin.on('end', () => end.abort()).resume()
say('ready')
while (!end.signal.aborted) {
  await sealTrails({ ...tools, budgetMs: 60_000, signal: end.signal })
  await sleep(20)
}
tools.published.close()
await closeDatabase()

import { existsSync, readFileSync } from 'node:fs'
import { driver } from '@/db/client'
import { env } from '@/env'
import { AppError } from '@/lib/errors/app-error'
import { reportWarning } from '@/lib/errors/report-warning'
import { LogSigner } from './log-signer'
import { PublishedHeads } from './published-heads'
import type { SealTools } from './seal-heads'
import { arrayLiteral } from './seal-statements'
import { type SealCounts, sealTrails } from './seal-trails'

const SECRET_BYTES = 32
/** Of logs that are lost so many are named. */
const NAMED = 3

const LOST_LOGS_STATEMENT = `
select array_agg(x.id order by x.id) as ids from unnest($1::text::uuid[]) as x(id)
where not exists (select from logs l where l.log_id = x.id)`

/** One sealer of a process: the master secret, and the memory of what it published. */
export class Sealer {
  readonly tools: SealTools
  #reconsidered = false

  constructor(tools: SealTools) {
    this.tools = tools
  }

  /** Seals what is behind. The first run looks again at logs that an earlier process refused. */
  async run(options: { budgetMs: number; signal?: AbortSignal }): Promise<SealCounts> {
    if (!this.#reconsidered) {
      await driver('seal').unsafe(
        'update log_heads set refused = null, refused_at = null where refused is not null',
      )
      await this.#warnOfLostLogs()
      this.#reconsidered = true
    }
    return sealTrails({ ...this.tools, ...options })
  }

  /** A log that was opened after a backup is gone with what was restored: others may still hold its checkpoints. */
  async #warnOfLostLogs(): Promise<void> {
    const [lost] = await driver('seal').unsafe<{ ids: string[] | null }[]>(LOST_LOGS_STATEMENT, [
      arrayLiteral(this.tools.published.logIds()),
    ])
    if (!lost?.ids) return
    const named = lost.ids.slice(0, NAMED).join(', ')
    reportWarning(
      `${lost.ids.length} logs that were published are not in the database, such as ${named}: it was restored to before ` +
        'they were opened. Their trails are signed under other names now.',
    )
  }
}

/**
 * The sealer of a process that was given the master secret: base64 of 32 bytes in the file that
 * SPOOR_LOG_SECRET_FILE names. Throws `unavailable` where it wasn't.
 */
export function openSealer(): Sealer {
  const file = env.logSecretFile()
  if (!file) {
    const message =
      'This process has no log master secret, so it can\'t seal: "npm start" and "npm run worker" do it. ' +
      'To seal by cron, set SPOOR_LOG_SECRET_FILE and SPOOR_PUBLISHED_DIR.'
    throw new AppError('unavailable', message)
  }
  if (!existsSync(file)) throw new Error(`SPOOR_LOG_SECRET_FILE names ${file}, which does not exist.`)
  const secret = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64')
  if (secret.length !== SECRET_BYTES)
    throw new Error(`${file} must hold the log master secret: 32 bytes in base64, not ${secret.length}.`)
  const published = new PublishedHeads(env.publishedDir())
  return new Sealer({ signer: new LogSigner(secret), published, now: Date.now })
}

// On globalThis: what was published must be remembered once in a process, whichever bundle asks.
const store = globalThis as unknown as { spoorSealer?: Sealer }

/** The one sealer of this process, for callers that come and go. Throws like `openSealer`. */
export function sharedSealer(): Sealer {
  store.spoorSealer ??= openSealer()
  return store.spoorSealer
}

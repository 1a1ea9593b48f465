import type { TransactionSql } from 'postgres'
import { hostOf, type LogSigner, type PublishedKey, WrongSecretError } from './log-signer'

const CLOCKS_STATEMENT = `
select number, vkey from clock_keys
where host = $1::text and (retires_at is null or retires_at > to_timestamp($2::float8)) order by number desc`

const NEXT_CLOCK_STATEMENT =
  'select coalesce(max(number) + 1, 0)::int as number from clock_keys where host = $1::text'

const OPEN_CLOCK_STATEMENT =
  'insert into clock_keys (host, number, vkey) values ($1::text, $2::int, $3::text) on conflict do nothing'

/**
 * The clocks that sign for a host now and are this master secret's, the newest first. Those of a secret that was lost
 * stay, for whoever remembers what they signed.
 */
async function readClockKeys(
  sql: TransactionSql,
  host: string,
  nowSeconds: number,
  signer: LogSigner,
): Promise<PublishedKey[]> {
  const known = await sql.unsafe<PublishedKey[]>(CLOCKS_STATEMENT, [host, nowSeconds], { prepare: true })
  return known.filter(({ number, vkey }) => signer.clockKey(host, number).vkey === vkey)
}

/**
 * The same, with a first clock for a host that has none. Another secret's host gets one only where somebody says that
 * this secret takes over (`takesOver`), else it throws `WrongSecretError`: it may have been put there by mistake.
 */
export async function openClockKeys(
  sql: TransactionSql,
  host: string,
  nowSeconds: number,
  signer: LogSigner,
  takesOver = false,
): Promise<PublishedKey[]> {
  const own = await readClockKeys(sql, host, nowSeconds, signer)
  if (own.length > 0) return own
  const [next] = await sql.unsafe<{ number: number }[]>(NEXT_CLOCK_STATEMENT, [host])
  const number = next?.number ?? 0
  if (number > 0 && !takesOver) throw new WrongSecretError(`the clock of ${host}`)
  await sql.unsafe(OPEN_CLOCK_STATEMENT, [host, number, signer.clockKey(host, number).vkey])
  return readClockKeys(sql, host, nowSeconds, signer)
}

/** The same for many origins, each host once. */
export async function readClocks(
  sql: TransactionSql,
  origins: readonly string[],
  nowSeconds: number,
  signer: LogSigner,
): Promise<(origin: string) => readonly PublishedKey[]> {
  const clocks = new Map<string, PublishedKey[]>()
  for (const host of new Set(origins.map(hostOf)))
    clocks.set(host, await readClockKeys(sql, host, nowSeconds, signer))
  return (origin) => clocks.get(hostOf(origin)) ?? []
}

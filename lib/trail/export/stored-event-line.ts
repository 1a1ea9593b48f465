import { sql } from 'drizzle-orm'

/**
 * A row's JSON text as `GET /api/v1/events` gives it, put together by PostgreSQL: what the trail added, then the
 * accepted bytes. Nothing is parsed. `right(body, -1)` and not `substr(body, 2)`, which counts the characters of
 * the whole text: 0.6 against 6 µs a row (measured).
 */
export const STORED_EVENT_LINE = sql.raw(`'{"id":"' || id || '","seq":' || seq || ',"receivedAt":"'
  || to_char(received_at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') || '","leafHash":"' || encode(leaf_hash, 'hex')
  || '","origin":' || to_json(origin) || ',' || right(body, -1)`)

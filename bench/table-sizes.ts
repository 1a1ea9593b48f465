import type postgres from 'postgres'

/** Prints bytes per event of the trail's tables and indexes. */
export async function printSizes(client: postgres.Sql): Promise<void> {
  const [total] = await client<{ events: number }[]>`select sum(next_seq)::float8 as events from trail_heads`
  const rows = await client<{ name: string; bytes: number }[]>`
    select c.relname as name, pg_relation_size(c.oid)::float8 + coalesce(pg_total_relation_size(c.reltoastrelid), 0)::float8 as bytes
    from pg_class c where c.relname in ('events', 'trail_blocks') union all
    select i.relname, pg_relation_size(i.oid)::float8
    from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class t on t.oid = x.indrelid
    where t.relname in ('events', 'trail_blocks') order by 1`
  const events = total?.events ?? 1
  console.log('  on disk, bytes per event:')
  for (const { name, bytes } of rows)
    console.log(
      `    ${name.padEnd(40)} ${(bytes / events).toFixed(1).padStart(8)}   ${(bytes / 2 ** 20).toFixed(0)} MiB`,
    )
  const parts = await client<{ name: string; bytes: number }[]>`
    select part as name, sum(bytes)::float8 as bytes from trail_blocks b, lateral (values
      ('signature', length(signature)), ('directory', length(directory)), ('postings', length(postings)),
      ('words', length(words)), ('times', length(times)), ('facets', length(facets))) as p(part, bytes)
    group by 1 order by 2 desc`
  const text = parts.map(({ name, bytes }) => `${name} ${(bytes / events).toFixed(1)}`)
  console.log(`    of trail_blocks: ${text.join(', ')}`)
}

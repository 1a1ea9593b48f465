import Link from 'next/link'
import { Table, TableFrame, Td, Th, Tr } from '@/components/ui/table'
import { Time } from '@/components/ui/time'
import { TABLE_KINDS, type TableView } from '@/lib/collection/tables/table'
import { KIND_TEXTS } from './kind-texts'

type Props = { tables: readonly TableView[]; path: string }

/** All tables, kind by kind. */
export function TableList({ tables, path }: Props) {
  const kinds = TABLE_KINDS.filter((kind) => tables.some((table) => table.kind === kind))
  return (
    <div className="flex flex-col gap-6">
      {kinds.map((kind) => (
        <section key={kind}>
          <h2 className="mb-2 font-semibold text-base">{KIND_TEXTS[kind].plural}</h2>
          <TableFrame label={KIND_TEXTS[kind].plural}>
            <Table>
              <thead>
                <tr>
                  <Th>Name</Th>
                  <Th className="text-right">Rows</Th>
                  <Th className="max-sm:hidden">Used by</Th>
                  <Th className="text-right">Version</Th>
                  <Th className="max-md:hidden">Changed</Th>
                </tr>
              </thead>
              <tbody>
                {tables
                  .filter((table) => table.kind === kind)
                  .map((table) => (
                    <Row key={table.id} table={table} path={path} />
                  ))}
              </tbody>
            </Table>
          </TableFrame>
        </section>
      ))}
    </div>
  )
}

function Row({
  table: { id, name, note, rows, usedBy, version, updatedAt },
  path,
}: {
  table: TableView
  path: string
}) {
  return (
    <Tr>
      <Td className="w-full min-w-40">
        <Link href={`${path}/${id}`} className="wrap-anywhere rounded-sm font-medium hover:underline">
          {name}
        </Link>
        {note && <p className="line-clamp-1 text-quiet text-xs">{note}</p>}
      </Td>
      <Td className="numeric text-right">{rows.toLocaleString('en')}</Td>
      <Td className="min-w-32 max-sm:hidden">
        {usedBy.length === 0 ? (
          <span className="text-faint">no line</span>
        ) : (
          usedBy.map((line) => line.name).join(', ')
        )}
      </Td>
      <Td className="numeric text-right">
        <Link href={`${path}/${id}/versions`} className="rounded-sm underline underline-offset-3">
          {version}
        </Link>
      </Td>
      <Td className="max-md:hidden">
        <Time value={updatedAt.toISOString()} />
      </Td>
    </Tr>
  )
}

'use client'

import {
  type ColumnDef,
  FlexRender,
  type RowData,
  type Row as TableRow,
  useTable,
} from '@tanstack/react-table'
import { type HTMLAttributes, memo } from 'react'
import { joinClasses } from '@/components/ui/join-classes'
import { Table, TableFrame, Td, Th, Tr } from '@/components/ui/table'
import { features } from './columns'
import { moveByArrows } from './move-by-arrows'

type Columns<Row extends RowData> = ColumnDef<typeof features, Row>[]

type Props<Row extends RowData> = {
  label: string
  columns: Columns<Row>
  rows: readonly Row[]
  rowKey: (row: Row) => string
  /** Must not change with what is outside the row: rows that stay the same are not drawn again. */
  rowProps?: (row: Row) => HTMLAttributes<HTMLTableRowElement>
  /** Less room between the rows. */
  dense?: boolean
  /** The first column stays while the others scroll sideways. */
  pinned?: boolean
}

const DENSE = '[&_td]:py-0.5'
const PINNED =
  '[&_tr>:first-child]:sticky [&_tr>:first-child]:left-0 [&_tr>:first-child]:z-10 [&_td:first-child]:bg-inherit [&_tbody_tr]:bg-surface'

/** Rows of one kind. The arrow keys go from row to row, and in a row from value to value. */
export function DataTable<Row extends RowData>(props: Props<Row>) {
  const { label, columns, rows, rowKey, rowProps, dense, pinned } = props
  const table = useTable({ features, columns, data: rows, getRowId: rowKey })
  return (
    <TableFrame label={label} onKeyDown={moveByArrows}>
      <Table className={joinClasses(dense && DENSE, pinned && PINNED)}>
        <thead>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id}>
              {group.headers.map((header) => (
                <Th key={header.id} className={header.column.columnDef.meta?.header}>
                  <FlexRender header={header} />
                </Th>
              ))}
            </tr>
          ))}
        </thead>
        <tbody>
          {table.getRowModel().rows.map((row) => (
            <DataRow key={row.id} row={row} columns={columns} rowProps={rowProps} />
          ))}
        </tbody>
      </Table>
    </TableFrame>
  )
}

type RowProps<Row extends RowData> = Pick<Props<Row>, 'columns' | 'rowProps'> & {
  row: TableRow<typeof features, Row>
}

function PlainRow<Row extends RowData>({ row, rowProps }: RowProps<Row>) {
  return (
    <Tr {...rowProps?.(row.original)}>
      {row.getAllCells().map((cell) => (
        <Td key={cell.id} className={cell.column.columnDef.meta?.cell}>
          <FlexRender cell={cell} />
        </Td>
      ))}
    </Tr>
  )
}

/** The library makes new row objects for new data; what they show changes only with the data's own row. */
const DataRow = memo(
  PlainRow,
  (before, after) =>
    before.row.original === after.row.original &&
    before.columns === after.columns &&
    before.rowProps === after.rowProps,
) as typeof PlainRow

'use client'

import { type ColumnDef, type RowData, useTable } from '@tanstack/react-table'
import type { HTMLAttributes } from 'react'
import { Table, TableFrame, Td, Th, Tr } from '@/components/ui/table'
import { features } from './columns'
import { moveByArrows } from './move-by-arrows'

type Props<Row extends RowData> = {
  label: string
  columns: ColumnDef<typeof features, Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
  rowProps?: (row: Row) => HTMLAttributes<HTMLTableRowElement>
}

/** Rows of one kind. The arrow keys go from row to row while the focus is on a row's link. */
export function DataTable<Row extends RowData>({ label, columns, rows, rowKey, rowProps }: Props<Row>) {
  const table = useTable({ features, columns, data: rows, getRowId: rowKey })
  return (
    <TableFrame label={label} onKeyDown={moveByArrows}>
      <Table>
        <thead>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id}>
              {group.headers.map((header) => (
                <Th key={header.id} className={header.column.columnDef.meta?.header}>
                  <table.FlexRender header={header} />
                </Th>
              ))}
            </tr>
          ))}
        </thead>
        <tbody>
          {table.getRowModel().rows.map((row) => (
            <Tr key={row.id} {...rowProps?.(row.original)}>
              {row.getAllCells().map((cell) => (
                <Td key={cell.id} className={cell.column.columnDef.meta?.cell}>
                  <table.FlexRender cell={cell} />
                </Td>
              ))}
            </Tr>
          ))}
        </tbody>
      </Table>
    </TableFrame>
  )
}

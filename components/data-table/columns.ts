import { createColumnHelper, metaHelper, type RowData, tableFeatures } from '@tanstack/react-table'

/** How a column's cells look; `header` also gives what the heading needs beyond that. */
export type ColumnStyle = { cell?: string; header?: string }

/** The server filters, sorts and pages, so the table needs none of the library's optional features. */
export const features = tableFeatures({ columnMeta: metaHelper<ColumnStyle>() })

export function columnsFor<Row extends RowData>() {
  return createColumnHelper<typeof features, Row>()
}

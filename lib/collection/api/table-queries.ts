import {
  diffTableSchema,
  restoreTableSchema,
  tableVersionSchema,
  updateTableSchema,
} from '@/lib/collection/tables/input'

// What tables are asked with where the path names them.

export const changeTableSchema = updateTableSchema.omit({ id: true })
export const tableContentSchema = updateTableSchema
  .pick({ content: true, unchangedSince: true })
  .required({ content: true })
export const restoreTableBodySchema = restoreTableSchema.omit({ id: true })
export const diffQuerySchema = diffTableSchema.omit({ id: true })
export const tableVersionQuerySchema = tableVersionSchema.omit({ id: true })

import { AppError } from '@/lib/errors/app-error'
import { isObject } from '@/lib/ways-in/is-object'
import { parseExactJson } from '@/lib/ways-in/parse-exact-json'
import { listOf } from './any-value'
import { readGroup, type SentLog } from './log-group'

const member = (parent: unknown, name: string) => (isObject(parent) ? parent[name] : undefined)

/** The log records of an `ExportLogsServiceRequest` as JSON. Throws `invalid` where it is none. */
export function* readJsonLogs(bytes: Buffer): Generator<SentLog> {
  const request = parseExactJson(bytes)
  if (!isObject(request))
    throw new AppError('invalid', 'The request must be a JSON object with "resourceLogs".')
  for (const resourceLogs of listOf(request, 'resourceLogs')) {
    for (const scopeLogs of listOf(resourceLogs, 'scopeLogs')) {
      const records = listOf(scopeLogs, 'logRecords')
      if (records.length === 0) continue
      const group = readGroup({
        resource: member(resourceLogs, 'resource'),
        resourceSchemaUrl: member(resourceLogs, 'schemaUrl'),
        scope: member(scopeLogs, 'scope'),
        scopeSchemaUrl: member(scopeLogs, 'schemaUrl'),
      })
      for (const record of records) yield { group, bytes: group.bytes, readRecord: () => record }
    }
  }
}

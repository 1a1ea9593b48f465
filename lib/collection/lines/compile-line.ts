import { inTenant } from '@/lib/access/in-tenant'
import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { openSandbox, type Sandbox } from '@/lib/collection/sandbox/sandbox'
import { readMandants } from '@/lib/workspaces/read-mandants'
import { checkDefinition } from './check-definition'
import type { CompiledLine, LineVersions, RowProcessor } from './compiled-line'
import type { LineDefinition } from './definition'
import { needsSandbox } from './expressions-of'
import { noSuchLine } from './find-line'
import { requireHeader } from './header'
import { requireNoProblem } from './invalid-line'
import { type LineParts, loadParts, readSavedLines } from './line-parts'
import { makeProcessor } from './row-processor'
import { stageMaker } from './stages'

/** Files of a silo usually have one header; what was made for others is made again. */
const MAX_KEPT = 8

type Loaded = { definition: LineDefinition; name: string; id?: string; version?: number; parts: LineParts }

/**
 * Makes a line ready to run: a saved one in its newest version, or a definition that is being tried. Close it. Throws
 * `not_found`, and `invalid` where it can't run: it was saved whole, but its tables may have changed since.
 */
export async function compileLine(
  scope: TenantScope,
  source: string | LineDefinition,
): Promise<CompiledLine> {
  requirePermission(scope, 'collection:read')
  const { definition, name, id, version, parts } = await load(scope, source)
  const sandbox = needsSandbox(definition, parts) ? await openSandbox() : undefined
  try {
    requireNoProblem(name, checkDefinition(definition, { parts, sandbox }, id))
  } catch (error) {
    sandbox?.close()
    throw error
  }
  const { attributes } = definition.source
  return {
    versions: versionsOf(parts, id, version),
    required: attributes,
    attributes,
    open: opener(definition, parts, sandbox),
    close: () => sandbox?.close(),
  }
}

async function load(scope: TenantScope, source: string | LineDefinition): Promise<Loaded> {
  const mandants = await readMandants(scope)
  return inTenant(scope, async (tx) => {
    if (typeof source !== 'string')
      return {
        definition: source,
        name: 'The line',
        parts: await loadParts(tx, scope.tenantId, source, mandants),
      }
    const [line] = await readSavedLines(tx, scope.tenantId, [source])
    if (!line) throw noSuchLine()
    const parts = await loadParts(tx, scope.tenantId, line.definition, mandants)
    return { ...line, name: `The line ${line.name}`, parts }
  })
}

function opener(
  definition: LineDefinition,
  parts: LineParts,
  sandbox: Sandbox | undefined,
): CompiledLine['open'] {
  const makeStages = stageMaker(parts, sandbox)
  const kept = new Map<string, RowProcessor>()
  return (header) => {
    requireHeader(header, definition.source.attributes)
    const key = JSON.stringify(header)
    const known = kept.get(key)
    if (known) return known
    const processor = makeProcessor(definition, header, makeStages, parts.mandants)
    if (kept.size >= MAX_KEPT) kept.clear()
    kept.set(key, processor)
    return processor
  }
}

function versionsOf({ tables, lines }: LineParts, id?: string, version?: number): LineVersions {
  const own: [string, number][] = id !== undefined && version !== undefined ? [[id, version]] : []
  return {
    lines: Object.fromEntries([
      ...own,
      ...[...lines.values()].map((line) => [line.id, line.version] as const),
    ]),
    tables: Object.fromEntries([...tables.values()].map((table) => [table.id, table.version])),
  }
}

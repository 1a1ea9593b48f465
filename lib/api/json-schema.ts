import { z } from 'zod'

export type JsonSchema = { [name: string]: unknown }

const DEFS = '#/$defs/'
const COMPONENTS = '#/components/schemas/'

/** Every reference into the document's own components. */
function pointToComponents(schema: JsonSchema): JsonSchema {
  const text = JSON.stringify(schema).replaceAll(`"${DEFS}`, `"${COMPONENTS}`)
  return JSON.parse(text)
}

/**
 * A zod schema as JSON Schema 2020-12. Schemas with an id (`.meta({ id })`) become references, and stand in
 * `components`, which collects them.
 */
export function toJsonSchema(
  schema: z.ZodType,
  components: Record<string, JsonSchema>,
  io: 'input' | 'output' = 'output',
): JsonSchema {
  // As a member, because a schema with an id at the top would not become a reference.
  const whole = z.toJSONSchema(z.object({ value: schema }), { io, unrepresentable: 'any' })
  for (const [id, definition] of Object.entries(whole.$defs ?? {})) {
    const { id: _, ...rest } = definition as JsonSchema
    components[id] = pointToComponents(rest)
  }
  return pointToComponents((whole.properties?.value ?? {}) as JsonSchema)
}

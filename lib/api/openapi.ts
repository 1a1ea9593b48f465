import type { z } from 'zod'
import { fieldParametersSchema } from '@/lib/trail/filter-parameters'
import { type JsonSchema, toJsonSchema } from './json-schema'
import type { Answer, Operation, Scheme } from './operation'
import { OPERATIONS } from './operations'
import { COMMON_PROBLEMS, problemSchema } from './problem-schema'

/** The part of OpenAPI 3.1 that we write: https://spec.openapis.org/oas/v3.1.1 */
export type OpenApiParameter = {
  name: string
  in: 'path' | 'query' | 'header'
  required: boolean
  description?: string
  style?: 'form'
  explode?: boolean
  schema: JsonSchema
}
type Content = Record<string, { schema: JsonSchema }>
export type OpenApiAnswer = {
  description: string
  content?: Content
  headers?: Record<string, { description: string; schema: JsonSchema }>
}
export type OpenApiOperation = {
  operationId: string
  tags: string[]
  summary: string
  description: string
  security: Record<string, string[]>[]
  parameters: OpenApiParameter[]
  requestBody?: { description: string; required: boolean; content: Content }
  responses: Record<string, OpenApiAnswer>
}
export type OpenApiDocument = {
  openapi: '3.1.1'
  info: { title: string; version: string; description: string }
  servers: { url: string }[]
  tags: { name: string }[]
  paths: Record<string, Record<string, OpenApiOperation>>
  components: {
    schemas: Record<string, JsonSchema>
    securitySchemes: Record<string, Record<string, string>>
  }
}

const SECURITY: Record<Scheme, Record<string, string>> = {
  bearer: {
    type: 'http',
    scheme: 'bearer',
    description: 'An API token, made in Settings, Tokens: `Authorization: Bearer spoor_…`.',
  },
  splunk: {
    type: 'apiKey',
    in: 'header',
    name: 'Authorization',
    description: 'The same token as Splunk’s forwarders send it: `Authorization: Splunk spoor_…`.',
  },
}

/** Writes one document; collects the schemas that are referred to. */
class Writer {
  readonly schemas: Record<string, JsonSchema> = {}

  private content(types: Record<string, z.ZodType>, io: 'input' | 'output'): Content {
    const entries = Object.entries(types)
    return Object.fromEntries(
      entries.map(([type, schema]) => [type, { schema: toJsonSchema(schema, this.schemas, io) }]),
    )
  }

  private parametersIn(place: OpenApiParameter['in'], set: z.ZodObject | undefined): OpenApiParameter[] {
    return Object.entries(set?.shape ?? {}).map(([name, member]) => {
      const { description, ...schema } = toJsonSchema(member as z.ZodType, this.schemas)
      return {
        name,
        in: place,
        required: place === 'path' || !(member as z.ZodType).safeParse(undefined).success,
        ...(typeof description === 'string' && { description }),
        ...(schema.type === 'array' && { style: 'form' as const, explode: true }),
        schema,
      }
    })
  }

  private parameters({ parameters = {}, takesFieldPaths }: Operation): OpenApiParameter[] {
    return [
      ...this.parametersIn('path', parameters.path),
      ...this.parametersIn('query', parameters.query),
      ...(takesFieldPaths ? [this.fieldPaths()] : []),
      ...this.parametersIn('header', parameters.header),
    ]
  }

  /** An exploded object: each of its members is a parameter of its own. */
  private fieldPaths(): OpenApiParameter {
    const { description, ...schema } = toJsonSchema(fieldParametersSchema, this.schemas)
    const base = { name: 'data.… and custom.…', in: 'query' as const, required: false, schema }
    return { ...base, description: String(description), style: 'form', explode: true }
  }

  private answer({ description, content, headers }: Answer): OpenApiAnswer {
    const named = Object.entries(headers ?? {}).map(([name, { description: text, schema }]) => [
      name,
      { description: text, schema: toJsonSchema(schema, this.schemas) },
    ])
    return {
      description,
      ...(content && { content: this.content(content, 'output') }),
      ...(headers && { headers: Object.fromEntries(named) }),
    }
  }

  private problem(description: string): OpenApiAnswer {
    return { description, content: this.content({ 'application/problem+json': problemSchema }, 'output') }
  }

  operation(operation: Operation): OpenApiOperation {
    const { id, tag, summary, description, permission, schemes = ['bearer'], body, answers } = operation
    const problems = { ...(permission && COMMON_PROBLEMS), ...operation.problems }
    return {
      operationId: id,
      tags: [tag],
      summary,
      description,
      security: permission ? schemes.map((scheme) => ({ [scheme]: [] })) : [],
      parameters: this.parameters(operation),
      ...(body && { requestBody: { ...body, content: this.content(body.content, 'input') } }),
      responses: Object.fromEntries([
        ...Object.entries(problems).map(([status, text]) => [status, this.problem(text)]),
        ...Object.entries(answers).map(([status, answer]) => [status, this.answer(answer)]),
      ]),
    }
  }
}

/** The OpenAPI 3.1 document of everything that a token can call, from the schemas that the handlers use. */
export function makeOpenApiDocument(url: string): OpenApiDocument {
  const writer = new Writer()
  const paths: OpenApiDocument['paths'] = {}
  for (const operation of OPERATIONS) {
    paths[operation.path] ??= {}
    Object.assign(paths[operation.path] ?? {}, {
      [operation.method.toLowerCase()]: writer.operation(operation),
    })
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Spoor',
      version: '1',
      description: 'Send events to an audit trail, search it, export it and follow it.',
    },
    servers: [{ url }],
    tags: [...new Set(OPERATIONS.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: { schemas: writer.schemas, securitySchemes: SECURITY },
  }
}

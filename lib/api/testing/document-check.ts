import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020'
import { makeOpenApiDocument, type OpenApiAnswer } from '@/lib/api/openapi'

const document = makeOpenApiDocument('http://localhost')
const ajv = new Ajv2020({ strict: false, allErrors: true })
const isDateTime = (text: string) => /^\d{4}-\d\d-\d\dT/.test(text) && !Number.isNaN(Date.parse(text))
ajv.addFormat('date-time', isDateTime)
ajv.addFormat('base64', /^[A-Za-z0-9+/]*={0,2}$/)
ajv.addFormat('uri', (text: string) => URL.canParse(text))
ajv.addFormat('uuid', /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)

const validators = new Map<object, ValidateFunction>()

function validatorOf(schema: object): ValidateFunction {
  const known = validators.get(schema)
  if (known) return known
  const made = ajv.compile({ allOf: [schema], components: document.components })
  validators.set(schema, made)
  return made
}

/** What the document says of an operation's answer with that status; undefined if it says nothing. */
function documentedAnswer(path: string, method: string, status: number): OpenApiAnswer | undefined {
  return document.paths[path]?.[method.toLowerCase()]?.responses[status]
}

/** All statuses that the document names for an operation. */
export function documentedStatuses(path: string, method: string): number[] {
  return Object.keys(document.paths[path]?.[method.toLowerCase()]?.responses ?? {}).map(Number)
}

/** What is wrong with a real answer by the document; empty if nothing is. */
export async function findDeviations(path: string, method: string, response: Response): Promise<unknown[]> {
  const answer = documentedAnswer(path, method, response.status)
  if (!answer) return [`${method} ${path} answered ${response.status}, which is not documented`]
  const missing = Object.keys(answer.headers ?? {}).filter((name) => !response.headers.has(name))
  const type = (response.headers.get('content-type') ?? '').replace(/;.*/, '')
  const content = answer.content?.[type]
  if (!content) return [...missing, `${type} is not documented`]
  // A stream without end is only looked at from outside.
  if (type === 'text/event-stream') return missing
  const text = await response.text()
  const validate = validatorOf(content.schema)
  validate(/^application\/(.+\+)?json$/.test(type) ? JSON.parse(text) : text)
  return [...missing, ...(validate.errors ?? [])]
}

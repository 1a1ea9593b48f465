import { CodeBlock } from '@/components/ui/code-block'
import type { OpenApiAnswer, OpenApiOperation, OpenApiParameter } from '@/lib/api/openapi'
import type { Operation } from '@/lib/api/operation'
import { describeSchema, listMembers, type SchemaRow } from './describe-schema'
import { MarkedText } from './marked-text'
import { MethodBadge } from './method-badge'
import { Kind, SchemaTable } from './schema-table'

type Props = {
  operation: Operation
  described: OpenApiOperation
  url: string
  /** Parameters that many operations share stand in a section of their own. */
  isShared: (parameter: OpenApiParameter) => boolean
}

export const toRow = ({ name, required, schema, description = '' }: OpenApiParameter): SchemaRow => ({
  path: name,
  required,
  kind: describeSchema(schema),
  description,
})

function authorizationOf({ permission, schemes: [scheme = 'bearer'] = [] }: Operation): string {
  return permission ? ` -H "Authorization: ${scheme === 'splunk' ? 'Splunk' : 'Bearer'} $TOKEN"` : ''
}

/** One operation: what it does, what it takes, what it answers, and how to try it. */
export function OperationSection({ operation, described, url, isShared }: Props) {
  const { id, tag, method, path, summary, description, permission, example } = operation
  const own = described.parameters.filter((parameter) => !isShared(parameter))
  return (
    <section aria-label={`${tag}: ${summary}`} className="border-line border-t pt-8">
      <h3 id={id} className="scroll-mt-6 font-semibold text-lg tracking-[-0.01em]">
        <a href={`#${id}`} className="hover:underline">
          {summary}
        </a>
      </h3>
      <p className="mt-1 flex min-w-0 flex-wrap items-center gap-2">
        <MethodBadge method={method} />
        <code className="literal break-all">{path}</code>
        <span className="text-quiet text-xs">
          {permission ? (
            <>
              needs <code className="literal">{permission}</code>
            </>
          ) : (
            'for everyone'
          )}
        </span>
      </p>
      <div className="mt-3 max-w-[68ch] space-y-2 text-pretty text-quiet text-sm">
        {description.split('\n\n').map((text) => (
          <p key={text}>
            <MarkedText text={text} />
          </p>
        ))}
      </div>
      <div className="mt-4 space-y-5">
        <CodeBlock
          label="Try it"
          code={`curl${authorizationOf(operation)} ${example.replaceAll('$SPOOR', url)}`}
        />
        {(own.length > 0 || operation.takesFieldPaths) && (
          <Part title="Parameters">
            {operation.takesFieldPaths && (
              <p className="mb-2 text-quiet text-sm">
                All of the{' '}
                <a href="#filter" className="text-accent underline underline-offset-2">
                  filter
                </a>
                {own.length > 0 && ', and:'}
              </p>
            )}
            {own.length > 0 && <SchemaTable rows={own.map(toRow)} label={`Parameters of ${summary}`} />}
          </Part>
        )}
        {described.requestBody && (
          <Part title="Body">
            <p className="mb-2 text-quiet text-sm">{described.requestBody.description}</p>
            <Content answer={described.requestBody} />
          </Part>
        )}
        <Part title="Answers">
          <dl className="divide-y divide-line rounded-md border border-line">
            {Object.entries(described.responses).map(([status, answer]) => (
              <div key={status} className="grid grid-cols-[3rem_1fr] gap-x-2 px-3 py-1.5">
                <dt className="literal">{status}</dt>
                <dd className="min-w-0 text-sm">
                  <MarkedText text={answer.description} />
                  <Content answer={answer} />
                </dd>
              </div>
            ))}
          </dl>
        </Part>
      </div>
    </section>
  )
}

function Part({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <div>
      <h4 className="mb-1.5 font-medium text-sm">{title}</h4>
      {children}
    </div>
  )
}

/** Media types with the kind of what comes in them; errors are all alike, and described once. */
function Content({ answer }: { answer: Pick<OpenApiAnswer, 'content'> }) {
  return Object.entries(answer.content ?? {}).map(([type, { schema }]) => {
    if (type === 'application/problem+json') return null
    const members = listMembers(schema)
    return (
      <div key={type} className="mb-1 last:mb-0">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <code className="literal break-all">{type}</code>
          <Kind kind={describeSchema(schema)} />
        </p>
        {members.length > 0 && !schema.$ref && <SchemaTable rows={members} label={type} />}
      </div>
    )
  })
}

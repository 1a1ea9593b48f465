import type { Metadata } from 'next'
import { ApiContents } from '@/components/api-docs/api-contents'
import { listMembers } from '@/components/api-docs/describe-schema'
import { OperationSection, toRow } from '@/components/api-docs/operation-section'
import { SchemaTable } from '@/components/api-docs/schema-table'
import { Wordmark } from '@/components/layout/logo'
import { CodeBlock } from '@/components/ui/code-block'
import { env } from '@/env'
import { makeOpenApiDocument } from '@/lib/api/openapi'
import type { Operation } from '@/lib/api/operation'
import { OPERATIONS } from '@/lib/api/operations'

export const metadata: Metadata = { title: 'API' }

function groupByTag(operations: readonly Operation[]): [string, Operation[]][] {
  const tags = [...new Set(operations.map(({ tag }) => tag))]
  return tags.map((tag) => [tag, operations.filter((one) => one.tag === tag)])
}

export default function ApiDocsPage() {
  const url = env.publicUrl()
  const { paths, components } = makeOpenApiDocument(url)
  const { Problem, ...schemas } = components.schemas
  const groups = groupByTag(OPERATIONS)
  // Any operation that takes the filter has all of it; those that only list pages come last.
  const filtered = paths['/api/v1/events/count']?.get?.parameters ?? []
  const filterNames = new Set(filtered.map(({ name }) => name))
  return (
    <div className="mx-auto grid max-w-[76rem] gap-x-12 px-5 py-8 lg:grid-cols-[13rem_minmax(0,1fr)]">
      <ApiContents groups={groups} schemas={Object.keys(schemas)} />
      <main className="min-w-0 space-y-10">
        <header>
          <Wordmark />
          <h1 className="mt-6 font-semibold text-2xl tracking-[-0.02em]">API</h1>
          <p className="mt-2 max-w-[68ch] text-pretty text-quiet">
            Every request carries an API token, made in Settings, Tokens, which opens one workspace. The same
            as{' '}
            <a href="/api/v1/openapi.json" className="text-accent underline underline-offset-2">
              OpenAPI 3.1
            </a>
            , for generators of clients.
          </p>
          <div className="mt-4">
            <CodeBlock label="For the examples" code="export TOKEN=spoor_…" />
          </div>
        </header>
        {groups.map(([tag, operations]) => (
          <section key={tag} aria-label={`Operations: ${tag}`} className="space-y-10">
            <h2 className="font-semibold text-xl tracking-[-0.018em]">{tag}</h2>
            {operations.map((operation) => {
              const described = paths[operation.path]?.[operation.method.toLowerCase()]
              return (
                described && (
                  <OperationSection
                    key={operation.id}
                    operation={operation}
                    described={described}
                    url={url}
                    isShared={({ name, in: place }) => place === 'query' && filterNames.has(name)}
                  />
                )
              )
            })}
          </section>
        ))}
        <Reference id="filter" title="The filter">
          <p className="mb-3 max-w-[68ch] text-pretty text-quiet text-sm">
            The same everywhere. Each may be repeated: an event passes if it has one of the values. An
            exclamation mark before a value excludes it (<code className="literal">type=!aws</code>); a value
            that begins with one is written <code className="literal">\!</code>.
          </p>
          <SchemaTable rows={filtered.map(toRow)} label="Filter" />
        </Reference>
        <Reference id="errors" title="Errors">
          <p className="mb-3 max-w-[68ch] text-pretty text-quiet text-sm">
            All are <code className="literal">application/problem+json</code> (RFC 9457), and none tells of
            another workspace: what is not yours is not found.
          </p>
          <SchemaTable rows={listMembers(Problem ?? {})} label="Problem" />
        </Reference>
        {Object.entries(schemas).map(([name, schema]) => (
          <Reference key={name} id={`schema-${name}`} title={name}>
            {typeof schema.description === 'string' && (
              <p className="mb-3 text-quiet text-sm">{schema.description}</p>
            )}
            {listMembers(schema).length > 0 ? (
              <SchemaTable rows={listMembers(schema)} label={name} />
            ) : (
              <CodeBlock label={name} code={JSON.stringify(schema, null, 2)} />
            )}
          </Reference>
        ))}
      </main>
    </div>
  )
}

function Reference({ id, title, children }: { id: string; title: string; children: React.ReactNode }) {
  return (
    <section aria-labelledby={id} className="border-line border-t pt-8">
      <h2 id={id} className="mb-2 scroll-mt-6 font-semibold text-lg tracking-[-0.01em]">
        {title}
      </h2>
      {children}
    </section>
  )
}

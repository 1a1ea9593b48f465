import type { SchemaKind, SchemaRow } from './describe-schema'
import { MarkedText } from './marked-text'

/** Names, kinds and meanings under each other; on a phone the meaning stands below its name. */
export function SchemaTable({ rows, label }: { rows: SchemaRow[]; label: string }) {
  return (
    <dl aria-label={label} className="divide-y divide-line rounded-md border border-line">
      {rows.map(({ path, required, kind, description }) => (
        <div
          key={`${path} ${kind.text}`}
          className="grid gap-x-4 gap-y-0.5 px-3 py-1.5 sm:grid-cols-[minmax(9rem,14rem)_1fr]"
        >
          <dt className="literal min-w-0 break-words">
            {path}
            {required && <span className="text-danger"> required</span>}
          </dt>
          <dd className="min-w-0 text-sm">
            <Kind kind={kind} />
            {description && (
              <span className="block text-quiet">
                <MarkedText text={description} />
              </span>
            )}
          </dd>
        </div>
      ))}
    </dl>
  )
}

export function Kind({ kind: { text, refers, isList } }: { kind: SchemaKind }) {
  return (
    <span className="text-quiet text-xs">
      {isList && 'list of '}
      {refers ? (
        <a href={`#schema-${refers}`} className="text-accent underline underline-offset-2">
          {text}
        </a>
      ) : (
        text
      )}
    </span>
  )
}

import { CodeBlock } from '@/components/ui/code-block'
import { Panel } from '@/components/ui/panel'
import { visibleText } from '@/components/ui/visible-text'
import type { JsonChange, JsonPath } from '@/lib/event/diff-json'
import { diffText } from '@/lib/event/diff-text'
import { diffValues, type ValueDiff } from '@/lib/event/diff-values'
import { DiffLines } from './diff-lines'

/** Changed members that stand open: more are a document that was replaced. */
const MAX_MEMBERS = 40

type Props = { oldValue?: string; newValue?: string }

/** What the change changed: old and new value compared, then each in full. */
export function ValueChange({ oldValue, newValue }: Props) {
  if (oldValue === undefined && newValue === undefined) return null
  const diff = diffValues(oldValue, newValue)
  return (
    <Panel title="Change" description={describe(diff, oldValue, newValue)}>
      <Difference diff={diff} value={newValue ?? ''} />
      <details className="mt-2">
        <summary className="rounded-sm text-quiet text-xs hover:text-ink">Old and new value in full</summary>
        <div className="mt-2 grid gap-2">
          <Whole label="Old value" text={oldValue} />
          <Whole label="New value" text={newValue} />
        </div>
      </details>
    </Panel>
  )
}

function describe(diff: ValueDiff, oldValue: string | undefined, newValue: string | undefined): string {
  if (oldValue === undefined) return 'The old value is not given.'
  if (newValue === undefined) return 'The new value is not given.'
  if (diff.form === 'equal') return 'The old value and the new one are the same.'
  if (diff.form === 'text') return 'The old value (−) and the new one (+).'
  const { changes, unchanged } = diff
  const count = (kind: JsonChange['kind']) => changes.filter((change) => change.kind === kind).length
  const parts = (['changed', 'added', 'removed'] as const).map(
    (kind) => count(kind) && `${count(kind)} ${kind}`,
  )
  return `${[...parts, `${unchanged.toLocaleString('en')} unchanged`].filter(Boolean).join(', ')}.`
}

function Difference({ diff, value }: { diff: ValueDiff; value: string }) {
  if (diff.form === 'equal') return <DiffLines lines={diffText(value, value)} />
  if (diff.form === 'text')
    return diff.lines.length > 0 ? (
      <DiffLines lines={diff.lines} />
    ) : (
      <p className="text-faint text-sm">empty</p>
    )
  const shown = diff.changes.slice(0, MAX_MEMBERS)
  const rest = diff.changes.slice(MAX_MEMBERS)
  return (
    <>
      <Members changes={shown} />
      {rest.length > 0 && (
        <details className="mt-2">
          <summary className="rounded-sm text-quiet text-xs hover:text-ink">
            {`${rest.length.toLocaleString('en')} more changes`}
          </summary>
          <div className="mt-2">
            <Members changes={rest} />
          </div>
        </details>
      )}
    </>
  )
}

function Members({ changes }: { changes: JsonChange[] }) {
  return (
    <ul className="grid gap-2">
      {changes.map((change) => (
        <li key={`${change.kind} ${nameOf(change.path)}`}>
          <p className="wrap-anywhere mb-0.5 flex flex-wrap items-baseline gap-x-2 text-xs">
            <bdi className="font-mono">{visibleText(nameOf(change.path))}</bdi>
            <span className="text-quiet">{change.kind}</span>
          </p>
          <DiffLines
            lines={diffText(
              change.kind === 'added' ? '' : textOf(change.oldValue),
              change.kind === 'removed' ? '' : textOf(change.newValue),
            )}
          />
        </li>
      ))}
    </ul>
  )
}

/** `request.items[2]`; a name that is none in a program stands in quotes. */
function nameOf(path: JsonPath): string {
  return path.reduce<string>((name, part) => {
    if (typeof part === 'number') return `${name}[${part}]`
    if (!/^[\p{L}_$][\p{L}\p{N}_$-]*$/u.test(part)) return `${name}[${JSON.stringify(part)}]`
    return name ? `${name}.${part}` : part
  }, '')
}

/** A text of several lines is compared by its lines; all else as JSON, which tells 5 from "5". */
function textOf(value: unknown): string {
  return typeof value === 'string' && value.includes('\n') ? value : JSON.stringify(value, null, 2)
}

function Whole({ label, text }: { label: string; text: string | undefined }) {
  if (text === undefined) return <p className="text-faint text-sm">{label}: not given</p>
  if (text === '') return <p className="text-faint text-sm">{label}: empty</p>
  return <CodeBlock label={label} code={text} wrap />
}

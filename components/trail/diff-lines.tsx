import { visibleText } from '@/components/ui/visible-text'
import type { DiffLine, DiffPart } from '@/lib/event/diff-text'
import { foldLines } from './fold-lines'

const KINDS = {
  same: { sign: '', word: '', style: '' },
  removed: { sign: '−', word: 'removed: ', style: 'bg-danger-soft' },
  added: { sign: '+', word: 'added: ', style: 'bg-accent-soft' },
} as const

/** A comparison as people know it from source code: a sign before each line, changed words underlined. */
export function DiffLines({ lines }: { lines: DiffLine[] }) {
  return (
    <div className="overflow-hidden rounded-md border border-line font-mono text-xs leading-5">
      {foldLines(lines).map(({ from, isFolded, lines: group }) =>
        isFolded ? (
          <details key={from} className="group/fold">
            <summary className="bg-sunken px-2 font-sans text-quiet hover:text-ink">
              <span className="group-open/fold:hidden">Show</span>
              <span className="hidden group-open/fold:inline">Hide</span>
              {` ${group.length.toLocaleString('en')} ${describe(group)}`}
            </summary>
            <Lines lines={group} />
          </details>
        ) : (
          <Lines key={from} lines={group} />
        ),
      )}
    </div>
  )
}

function Lines({ lines }: { lines: DiffLine[] }) {
  return (
    <ol>
      {lines.map((line, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an event never changes, and neither does its comparison
        <Line key={at} line={line} />
      ))}
    </ol>
  )
}

function describe(group: DiffLine[]): string {
  const lines = group.length === 1 ? 'line' : 'lines'
  return group.every(({ kind }) => kind === 'same') ? `unchanged ${lines}` : `more ${lines}`
}

function Line({ line: { kind, parts } }: { line: DiffLine }) {
  const { sign, word, style } = KINDS[kind]
  const Words = kind === 'removed' ? 'del' : kind === 'added' ? 'ins' : 'span'
  return (
    <li className={`flex ${style}`}>
      <span aria-hidden className="w-6 shrink-0 select-none text-center text-quiet">
        {sign}
      </span>
      {word && <span className="sr-only">{word}</span>}
      <Words className="wrap-anywhere min-w-0 whitespace-pre-wrap pr-2 no-underline">
        <bdi>
          {parts.map((part, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: as above
            <Part key={at} part={part} />
          ))}
          {parts.every(({ text }) => text === '') && '\u00a0'}
        </bdi>
      </Words>
    </li>
  )
}

function Part({ part: { text, isChanged } }: { part: DiffPart }) {
  const shown = visibleText(text)
  if (!isChanged) return shown
  return (
    <mark className="rounded-xs bg-transparent font-semibold text-ink underline decoration-2 underline-offset-2">
      {shown}
    </mark>
  )
}

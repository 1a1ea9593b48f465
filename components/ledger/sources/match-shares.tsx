import type { SourceView } from '@/lib/ledger/policies/policy-view'

const PARTS = [
  { name: 'matched', words: 'matched', style: 'bg-accent' },
  { name: 'ambiguous', words: 'ambiguous', style: 'bg-warning' },
  { name: 'unmatched', words: 'unmatched', style: 'bg-edge' },
  { name: 'off', words: 'not looked for', style: 'bg-line' },
] as const

/** What became of a source's names: a bar, and the same in words. */
export function MatchShares({ references }: Pick<SourceView, 'references'>) {
  const parts = PARTS.filter(({ name }) => references[name] > 0)
  if (parts.length === 0) return <span className="text-faint">no names yet</span>
  return (
    <>
      <span aria-hidden className="mb-1 flex h-1.5 gap-px overflow-hidden rounded-full">
        {parts.map(({ name, style }) => (
          <span key={name} className={`min-w-1 ${style}`} style={{ flexGrow: references[name] }} />
        ))}
      </span>
      <span className="numeric text-quiet text-xs">
        {parts.map(({ name, words }) => `${references[name].toLocaleString('en')} ${words}`).join(' · ')}
      </span>
    </>
  )
}

import Link from 'next/link'
import { Table, TableFrame, Td, Th, Tr } from '@/components/ui/table'
import { visibleText } from '@/components/ui/visible-text'
import type { FormAction } from '@/lib/errors/form-state'
import type { SourceView } from '@/lib/ledger/policies/policy-view'
import { MatchShares } from './match-shares'
import { PolicyChoice, type PolicyOption } from './policy-choice'

type Props = {
  sources: readonly SourceView[]
  policies: readonly PolicyOption[]
  /** Left out for who may not. */
  setSource?: FormAction<void>
  slug: string
}

const KIND_WORDS: Record<SourceView['kind'], string> = {
  silo: 'silo',
  token: 'API token',
  console: 'Spoor itself',
  system: 'Spoor itself',
}

/** Where events come from, by which policy they are matched, and what became of the names in them. */
export function SourceTable({ sources, policies, setSource, slug }: Props) {
  return (
    <TableFrame label="Sources">
      <Table>
        <thead>
          <tr>
            <Th>Source</Th>
            <Th>Policy</Th>
            <Th className="text-right max-md:hidden">Names</Th>
            <Th className="max-md:hidden">Matched</Th>
            <Th className="text-right max-md:hidden">Mentions</Th>
          </tr>
        </thead>
        <tbody>
          {sources.map((source) => {
            const { origin, kind, label, policy, isOwn, references, events } = source
            const names = references.matched + references.ambiguous + references.unmatched + references.off
            return (
              <Tr key={origin} id={encodeURIComponent(origin)} className="target:bg-accent-soft">
                <Td className="w-full min-w-28 md:min-w-40">
                  <SourceName source={source} slug={slug} />
                  <span className="block text-quiet text-xs">{KIND_WORDS[kind]}</span>
                </Td>
                <Td className="min-w-48 md:min-w-56">
                  {setSource ? (
                    <PolicyChoice
                      origin={origin}
                      label={label}
                      value={isOwn ? (policy?.id ?? 'none') : 'default'}
                      policies={policies}
                      setSource={setSource}
                    />
                  ) : (
                    <PolicyName policy={policy} isOwn={isOwn} slug={slug} />
                  )}
                  <div className="mt-2 md:hidden">
                    <MatchShares references={references} />
                  </div>
                </Td>
                <Td className="numeric text-right max-md:hidden">{names.toLocaleString('en')}</Td>
                <Td className="min-w-64 max-md:hidden">
                  <MatchShares references={references} />
                </Td>
                <Td className="numeric text-right max-md:hidden">{events.toLocaleString('en')}</Td>
              </Tr>
            )
          })}
        </tbody>
      </Table>
    </TableFrame>
  )
}

function SourceName({ source: { kind, label }, slug }: { source: SourceView; slug: string }) {
  const shown = <bdi className="wrap-anywhere font-medium">{visibleText(label)}</bdi>
  if (kind !== 'silo') return shown
  return (
    <Link href={`/${slug}/collection/silos/${label}`} className="rounded-sm hover:underline">
      {shown}
    </Link>
  )
}

function PolicyName({ policy, isOwn, slug }: Pick<SourceView, 'policy' | 'isOwn'> & { slug: string }) {
  if (!policy) return <span className="text-quiet">none: not matched</span>
  return (
    <>
      <Link
        href={`/${slug}/ledger/policies/${policy.id}`}
        className="rounded-sm underline underline-offset-3"
      >
        {policy.name}
      </Link>
      {!isOwn && <span className="text-quiet"> (default)</span>}
    </>
  )
}

import Link from 'next/link'
import { Badge } from '@/components/ui/badge'
import { visibleText } from '@/components/ui/visible-text'
import type { ShownEntity } from '@/lib/ledger/matched/matched-event'
import type { ExplainedEntry, MatchExplanation } from '@/lib/ledger/policies/policy-view'
import { logEntityWords } from './log-entity-words'

type Props = {
  explanation: MatchExplanation
  slug: string
  /** Of a policy the whole way is told; a rule by itself has no other entries. */
  isPolicy: boolean
}

/** Whom a name finds, and the way there: each entry that was tried, with what each of its comparisons found. */
export function ExplainedMatch({ explanation: { entries, result }, slug, isPolicy }: Props) {
  return (
    <div className="flex flex-col gap-3">
      <p role="status" className="wrap-anywhere text-sm">
        <Verdict result={result} slug={slug} />
      </p>
      {entries.length === 0 ? (
        <p className="text-quiet text-sm">The policy has no entry for this.</p>
      ) : (
        <ol className="divide-y divide-line rounded-md border border-line">
          {entries.map((entry) => (
            <EntryView key={entry.place} entry={entry} slug={slug} isPolicy={isPolicy} />
          ))}
        </ol>
      )}
    </div>
  )
}

function Verdict({ result, slug }: { result: MatchExplanation['result']; slug: string }) {
  if (!result) return <Badge>finds nobody</Badge>
  if (result.candidates)
    return (
      <>
        <Badge tone="warning">ambiguous</Badge> {result.candidates.length} fit:{' '}
        <Entities entities={result.candidates} slug={slug} />
      </>
    )
  const { id, display, identity, organisation } = result
  const others = [identity, organisation].filter((one) => one !== undefined && one.id !== id)
  return (
    <>
      <Badge tone="accent">finds</Badge>{' '}
      {id ? (
        <EntityLink slug={slug} id={id}>
          {display}
        </EntityLink>
      ) : (
        <bdi>{visibleText(display)}</bdi>
      )}
      {result.key && <span className="text-quiet"> {visibleText(result.key)}</span>}
      {others.length > 0 && (
        <>
          {', of '}
          <Entities entities={others.flatMap((one) => one ?? [])} slug={slug} />
        </>
      )}
    </>
  )
}

type EntryProps = { entry: ExplainedEntry; slug: string; isPolicy: boolean }

function EntryView({ entry, slug, isPolicy }: EntryProps) {
  const { place, logEntity, rule, isTried, found, comparisons, says } = entry
  const name = rule.name || 'This rule'
  return (
    <li className={`px-3 py-2 text-sm ${isTried ? '' : 'text-quiet'}`}>
      <p className="flex flex-wrap items-baseline gap-x-2">
        {isPolicy && <span className="numeric text-quiet text-xs">{place + 1}.</span>}
        {isPolicy && <span className="text-quiet">{logEntityWords(logEntity)}, by</span>}
        {rule.id ? (
          <Link
            href={`/${slug}/ledger/rules/${rule.id}${rule.version ? `?version=${rule.version}` : ''}`}
            className="wrap-anywhere rounded-sm underline underline-offset-3"
          >
            {name}
          </Link>
        ) : (
          <span>{name}</span>
        )}
        {!isTried && <Badge>not tried</Badge>}
        {isTried && found.length === 0 && <Badge>nothing</Badge>}
        {found.length === 1 && <Badge tone="accent">found</Badge>}
        {found.length > 1 && <Badge tone="warning">{found.length} found</Badge>}
      </p>
      {isTried && <p className="wrap-anywhere mt-0.5 text-quiet text-xs">{says}</p>}
      {comparisons.length > 0 && (
        <ul className="mt-1 flex flex-col gap-0.5 text-xs">
          {comparisons.map(({ text, holds, isMore, left }, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a rule may have the same comparison twice
            <li key={at} className="flex items-baseline justify-between gap-3">
              <span className="wrap-anywhere min-w-0">{visibleText(text)}</span>
              <span className={`numeric shrink-0 ${left > 0 ? 'text-ink' : 'text-quiet'}`}>
                {holds.toLocaleString('en')}
                {isMore && '+'}
                {at > 0 && <span className="text-quiet"> · {left.toLocaleString('en')} left</span>}
              </span>
            </li>
          ))}
        </ul>
      )}
    </li>
  )
}

function Entities({ entities, slug }: { entities: readonly ShownEntity[]; slug: string }) {
  return entities.map(({ id, display, key }, at) => (
    <span key={id}>
      {at > 0 && ', '}
      <EntityLink slug={slug} id={id}>
        {display}
      </EntityLink>
      {display !== key && <span className="text-quiet"> {visibleText(key)}</span>}
    </span>
  ))
}

function EntityLink({ slug, id, children }: { slug: string; id: string; children: string }) {
  return (
    <Link
      href={`/${slug}/ledger/entities/${id}`}
      className="rounded-sm font-medium underline underline-offset-3"
    >
      <bdi>{visibleText(children)}</bdi>
    </Link>
  )
}

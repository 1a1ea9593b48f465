import Link from 'next/link'
import { number } from '@/components/collection/row-counts'
import { ReferenceName } from '@/components/ledger/reference-name'
import { LinkButton } from '@/components/ui/link-button'
import { Table, TableFrame, Td, Th, Tr } from '@/components/ui/table'
import { Time } from '@/components/ui/time'
import { visibleText } from '@/components/ui/visible-text'
import { ENTITY_LABELS, isEntityType } from '@/lib/ledger/entity-types'
import type { ShownEntity } from '@/lib/ledger/matched/matched-event'
import type { UnmatchedName } from '@/lib/ledger/matching/unmatched-view'
import { explainHref, makeHref } from './make-href'

type Props = {
  slug: string
  names: readonly UnmatchedName[]
  /** What sources are called, by their origins. */
  labels: ReadonlyMap<string, string>
  canWrite: boolean
}

/** Names that events use and the ledger does not know, those of most events first. */
export function UnmatchedTable({ slug, names, labels, canWrite }: Props) {
  const path = `/${slug}/ledger`
  return (
    <TableFrame label="Unmatched names">
      <Table>
        <thead>
          <tr>
            <Th>Name</Th>
            <Th className="max-sm:hidden">As</Th>
            <Th className="max-lg:hidden">Sources</Th>
            <Th className="text-right">Events</Th>
            <Th className="max-md:hidden">Last</Th>
            <Th>
              <span className="sr-only">Acts</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {names.map((name) => (
            <Tr key={keyOf(name)}>
              <Td className="w-full min-w-32">
                <ReferenceName reference={name} trailPath={`/${slug}/trail`} />
                <p className="text-quiet text-xs sm:hidden">{roleWords(name)}</p>
                {name.candidates && <Candidates candidates={name.candidates} path={path} />}
              </Td>
              <Td className="whitespace-nowrap max-sm:hidden">{roleWords(name)}</Td>
              <Td className="wrap-anywhere min-w-56 text-quiet max-lg:hidden">
                {visibleText(name.origins.map((origin) => labels.get(origin) ?? origin).join(', '))}
              </Td>
              <Td className="numeric text-right">{number(name.events)}</Td>
              <Td className="max-md:hidden">{name.lastAt && <Time value={name.lastAt.toISOString()} />}</Td>
              <Td>
                <span className="flex items-center justify-end gap-3 whitespace-nowrap max-sm:flex-col max-sm:items-end max-sm:gap-1">
                  <Link
                    href={explainHref(slug, name)}
                    prefetch={false}
                    className="rounded-sm underline underline-offset-3 pointer-coarse:py-2"
                  >
                    Explain
                  </Link>
                  {canWrite && !name.candidates && (
                    <LinkButton size="sm" href={makeHref(path, name)} prefetch={false}>
                      {makeWords(name)}
                    </LinkButton>
                  )}
                </span>
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </TableFrame>
  )
}

const keyOf = ({ role, type, name, parent, identity, refId }: UnmatchedName): string =>
  JSON.stringify([role, type, name, parent, identity, refId])

const roleWords = ({ role, type }: UnmatchedName): string =>
  role === 'actor' ? 'actor' : type ? `target: ${type}` : 'target'

/** What the form begins with; of other types nobody knows what they would be here. */
function makeWords({ role, type }: UnmatchedName): string {
  if (role === 'actor') return 'Create account here'
  return isEntityType(type) ? `Create ${ENTITY_LABELS[type].one.toLowerCase()} here` : 'Create here'
}

function Candidates({ candidates, path }: { candidates: readonly ShownEntity[]; path: string }) {
  return (
    <p className="mt-0.5 flex flex-wrap gap-x-2 text-xs">
      <span className="text-quiet">fits</span>
      {candidates.map(({ id, type, key, display }) => (
        <Link
          key={id}
          href={`${path}/entities/${id}`}
          prefetch={false}
          title={visibleText(`${ENTITY_LABELS[type].one} ${key}`)}
          className="wrap-anywhere rounded-sm underline underline-offset-3"
        >
          {visibleText(display)}
        </Link>
      ))}
    </p>
  )
}

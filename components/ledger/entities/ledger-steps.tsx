import { FirstSteps } from '@/components/collection/silos/first-steps'
import type { EntityType } from '@/lib/ledger/entity-types'

type Props = {
  counts: Partial<Record<EntityType, number>>
  /** Of the section. */
  path: string
  canWrite: boolean
  hasMatches: boolean
}

/** What leads from an empty ledger to names in the trail. */
export function LedgerSteps({ counts, path, canWrite, hasMatches }: Props) {
  return (
    <section aria-label="First steps">
      <h2 className="font-semibold text-lg tracking-[-0.01em]">Nobody is known by name yet</h2>
      <p className="mt-1 mb-4 max-w-[68ch] text-pretty text-quiet text-sm">
        {canWrite
          ? 'Two files are enough to see people where the trail has logins and SIDs. Organisations and groups can follow.'
          : 'An owner or administrator of this workspace loads these files; then the trail shows people.'}
      </p>
      <FirstSteps
        steps={[
          {
            title: 'Identities',
            text: 'The people: key, display name, e-mail, organisation. As CSV, from the directory or the HR system.',
            href: canWrite ? `${path}/imports/new?type=identity` : path,
            isDone: (counts.identity ?? 0) > 0,
          },
          {
            title: 'Accounts',
            text: 'What they sign in with: login, repository, SID, and the identity that each belongs to.',
            href: canWrite ? `${path}/imports/new?type=account` : path,
            isDone: (counts.account ?? 0) > 0,
          },
          {
            title: 'Names in the trail',
            text: 'Events are matched by login and repository, by SID and by e-mail, also those that came before.',
            href: path.replace(/\/ledger$/, '/trail'),
            isDone: hasMatches,
          },
        ]}
      />
    </section>
  )
}

import { LinkButton } from '@/components/ui/link-button'
import { visibleText } from '@/components/ui/visible-text'
import type { EntitySummary } from '@/lib/ledger/entities/entity-view'

/** People to whom a new account may belong, by its name: a click fills in who it is. */
export function OwnerSuggestions({ owners }: { owners: readonly (EntitySummary & { href: string })[] }) {
  if (owners.length === 0) return null
  return (
    <section aria-label="Whose it may be" className="mb-4 flex flex-wrap items-center gap-2 text-sm">
      <span className="text-quiet">By its name it may belong to</span>
      {owners.map(({ id, displayName, href }) => (
        <LinkButton key={id} href={href} replace scroll={false} size="sm">
          {visibleText(displayName)}
        </LinkButton>
      ))}
    </section>
  )
}

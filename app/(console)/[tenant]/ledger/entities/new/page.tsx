import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import {
  saveEntityAction,
  saveUnmatchedAction,
  suggestEntitiesAction,
} from '@/app/(console)/[tenant]/ledger/actions'
import { requireMember } from '@/app/session'
import { Above } from '@/components/collection/above'
import { type Known, newDraft } from '@/components/ledger/entities/entity-draft'
import { EntityForm } from '@/components/ledger/entities/entity-form'
import { OwnerSuggestions } from '@/components/ledger/entities/owner-suggestions'
import { queryHref, wordOf } from '@/components/ledger/query-href'
import { PageHeader } from '@/components/ui/page-header'
import type { TenantScope } from '@/lib/access/scope'
import type { EntitySummary } from '@/lib/ledger/entities/entity-view'
import { listEntities } from '@/lib/ledger/entities/list'
import { ENTITY_LABELS, ENTITY_TYPES } from '@/lib/ledger/entity-types'

export const metadata: Metadata = { title: 'New entity' }

/** What an address may fill in; more is no name of an event. */
const MAX_KNOWN = 20
const MAX_LENGTH = 500
/** People who may own an account of that name. */
const MAX_OWNERS = 5

type Sent = Record<string, string | string[] | undefined>
type Props = { params: Promise<{ tenant: string }>; searchParams: Promise<Sent> }

/** With what the address says filled in: the work list leads here with what events call somebody. */
export default async function NewEntityPage({ params, searchParams }: Props) {
  const [{ tenant }, sent] = await Promise.all([params, searchParams])
  const section = `/${tenant}/ledger`
  const path = `${section}/entities/new`
  const known = knownBy(sent)
  const here = queryHref(path, known)
  const scope = await requireMember(tenant, here)
  if (!scope.permissions.has('ledger:write')) notFound()
  const { type: _, back, ...fields } = known
  const type = wordOf(sent, 'type', ENTITY_TYPES) ?? 'identity'
  const isUnmatched = back === 'unmatched'
  const backHref = isUnmatched ? `${section}/unmatched` : section
  const owners = type === 'account' && !fields.identity ? await findOwners(scope, fields) : []
  const save = isUnmatched ? saveUnmatchedAction : saveEntityAction
  return (
    <>
      <PageHeader
        above={<Above href={backHref}>{isUnmatched ? 'Unmatched' : 'Ledger'}</Above>}
        title={isUnmatched ? `New ${ENTITY_LABELS[type].one.toLowerCase()}` : 'New entity'}
        description={isUnmatched && 'What events say of it is filled in.'}
      />
      <OwnerSuggestions
        owners={owners.map((owner) => ({
          ...owner,
          href: queryHref(path, { ...known, identity: owner.key }),
        }))}
      />
      <EntityForm
        // Another suggestion begins the form anew.
        key={here}
        begin={newDraft(type, fields)}
        known={{}}
        save={save.bind(null, tenant)}
        suggest={suggestEntitiesAction.bind(null, tenant)}
        cancelHref={backHref}
      />
    </>
  )
}

function knownBy(sent: Sent): Known {
  const texts = Object.entries(sent).filter(
    (entry): entry is [string, string] =>
      typeof entry[1] === 'string' && entry[1] !== '' && entry[1].length <= MAX_LENGTH,
  )
  return Object.fromEntries(texts.slice(0, MAX_KNOWN))
}

/** People whose names, keys or e-mail addresses have what the account is called. */
async function findOwners(scope: TenantScope, { login, email }: Known): Promise<EntitySummary[]> {
  const q = email ?? login
  if (!q) return []
  const { entities } = await listEntities(scope, { type: 'identity', q: q.slice(0, 200), limit: MAX_OWNERS })
  return entities
}

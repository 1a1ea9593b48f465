import type { Metadata } from 'next'
import { found } from '@/app/(console)/[tenant]/collection/found'
import { applyImportAction, discardImportAction } from '@/app/(console)/[tenant]/ledger/actions'
import { requireMember } from '@/app/session'
import { Above } from '@/components/collection/above'
import { ActButton } from '@/components/collection/act-button'
import { ApplyButton } from '@/components/ledger/imports/apply-button'
import { ChangeSamples } from '@/components/ledger/imports/change-samples'
import { ImportDetails } from '@/components/ledger/imports/import-details'
import { ImportBadge } from '@/components/ledger/imports/import-table'
import { amountOf } from '@/components/ledger/imports/import-words'
import { MatchingState } from '@/components/ledger/matching-state'
import { LinkButton } from '@/components/ui/link-button'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { ENTITY_LABELS } from '@/lib/ledger/entity-types'
import { getImport } from '@/lib/ledger/imports/get'
import { getMatchingStatus } from '@/lib/ledger/matching/matching-status'

export const metadata: Metadata = { title: 'Import' }

type Props = { params: Promise<{ tenant: string; id: string }> }

/** What an import would do, and then what it did. */
export default async function ImportPage({ params }: Props) {
  const { tenant, id } = await params
  const section = `/${tenant}/ledger`
  const path = `${section}/imports`
  const scope = await requireMember(tenant, `${path}/${id}`)
  const [shown, status] = await Promise.all([found(getImport(scope, { id })), getMatchingStatus(scope)])
  const { type, state, asks, hints } = shown
  const isOpen = state === 'preview'
  const mayApply = isOpen && scope.permissions.has('ledger:write')
  const isIdle = shown.added + shown.changed + shown.removed === 0
  return (
    <>
      <PageHeader
        above={<Above href={path}>Imports</Above>}
        title={shown.name || `${ENTITY_LABELS[type].many} without a file name`}
        description={<ImportBadge state={state} />}
        actions={
          mayApply ? (
            <>
              <ActButton
                action={discardImportAction.bind(null, tenant)}
                fields={{ id }}
                pendingLabel="Discarding …"
              >
                Discard
              </ActButton>
              <ApplyButton id={id} type={type} asks={asks} apply={applyImportAction.bind(null, tenant)} />
            </>
          ) : (
            state === 'applied' && (
              <LinkButton href={`${section}?type=${type}`} variant="primary">
                See {ENTITY_LABELS[type].many.toLowerCase()}
              </LinkButton>
            )
          )
        }
      />
      {state === 'applied' && <MatchingState status={status} path={section} now={Date.now()} />}
      <div className="flex flex-col gap-4">
        {asks && isOpen && (
          <Notice
            kind="warning"
            title={`${amountOf(type, asks.removed)} of ${asks.of.toLocaleString('en')} would go`}
          >
            That is more than a tenth, so applying it asks for the number. Look at them below.
          </Notice>
        )}
        {isOpen && isIdle && (
          <Notice>The ledger says all of this already: applying it changes nothing.</Notice>
        )}
        <ImportDetails shown={shown} />
        {hints.length > 0 && (
          <Notice kind="warning" title="What may be wrong, and is taken all the same">
            <ul className="list-disc pl-4">
              {hints.map((hint) => (
                <li key={hint} className="wrap-anywhere">
                  {hint}
                </li>
              ))}
            </ul>
          </Notice>
        )}
        {isOpen && <ChangeSamples shown={shown} />}
      </div>
    </>
  )
}

import { Eraser } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { eraseActorAction } from '@/app/(console)/[tenant]/settings/retention/actions'
import { requireMember } from '@/app/session'
import { ActorForm } from '@/components/erasure/actor-form'
import { ActorPreviewList } from '@/components/erasure/actor-preview-list'
import { EraseActorForm } from '@/components/erasure/erase-actor-form'
import { HoldNotice } from '@/components/retention/hold-notice'
import { EmptyState } from '@/components/ui/empty-state'
import { PageHeader } from '@/components/ui/page-header'
import { Panel } from '@/components/ui/panel'
import { previewActorSchema } from '@/lib/erasure/input'
import { previewActor } from '@/lib/erasure/preview-actor'
import { listHolds } from '@/lib/holds/list'

export const metadata: Metadata = { title: 'Erase an actor' }

type Props = { params: Promise<{ tenant: string }>; searchParams: Promise<{ actor?: string | string[] }> }

export default async function EraseActorPage({ params, searchParams }: Props) {
  const { tenant } = await params
  const path = `/${tenant}/settings/retention`
  const scope = await requireMember(tenant, path)
  const header = (
    <PageHeader
      above={
        <Link href={path} className="rounded-sm hover:text-ink hover:underline">
          Retention
        </Link>
      }
      title="Erase everything about an actor"
      description="Who they are goes from every event in which they acted, were acted for, or are named as a target. What was done, and when, stays and stays provable."
    />
  )
  if (!scope.permissions.has('events:erase'))
    return (
      <>
        {header}
        <EmptyState title="Owners and admins erase" mark={<Eraser aria-hidden />}>
          Your role in {scope.tenantName} doesn&apos;t include it.
        </EmptyState>
      </>
    )
  const hold = (await listHolds(scope)).find(({ isActive }) => isActive)
  const names = namesOf((await searchParams).actor)
  const parsed = previewActorSchema.safeParse({ actor: names })
  const preview = names.length > 0 && parsed.success ? await previewActor(scope, parsed.data) : undefined
  const error = names.length > 0 ? parsed.error?.issues[0]?.message : undefined
  return (
    <>
      {header}
      <div className="flex max-w-3xl flex-col gap-4">
        <Panel title="Actor">
          <ActorForm names={names} error={error} />
        </Panel>
        {preview && (
          <Panel title="What would be erased" description="Events of the whole trail as it is now.">
            <ActorPreviewList preview={preview} path={`/${tenant}/trail`} names={names} />
            <div className="mt-4">
              {hold ? (
                <HoldNotice hold={hold} slug={tenant} />
              ) : (
                <EraseActorForm
                  key={names.join()}
                  names={names}
                  action={eraseActorAction.bind(null, tenant)}
                />
              )}
            </div>
          </Panel>
        )}
      </div>
    </>
  )
}

/** One a line as the form sends them, or one a parameter as links do; each once. */
function namesOf(sent: string | string[] | undefined): string[] {
  const lines = [sent ?? []].flat().flatMap((text) => text.split('\n'))
  return [...new Set(lines.map((line) => line.trim()).filter(Boolean))]
}

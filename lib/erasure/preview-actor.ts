import { requirePermission, type TenantScope } from '@/lib/access/scope'
import { type Count, countEvents } from '@/lib/trail/overview'
import type { PreviewActor } from './input'

/** How often somebody stands in the trail, as far as that is known before all events are read. */
export type ActorPreview = {
  asActor: Count
  asTarget: Count
  /** Events that name one of the values in a message, actor, target, code or source. */
  mentioned: Count
}

/** What erasing an actor would touch. Events are found anew, to the letter, when they are erased. */
export async function previewActor(scope: TenantScope, { actor }: PreviewActor): Promise<ActorPreview> {
  requirePermission(scope, 'events:erase')
  const include = { include: actor, exclude: [] }
  const asActor = await countEvents(scope, { actor: include })
  const asTarget = await countEvents(scope, { target: include })
  let mentioned: Count = { value: 0, exact: actor.length === 1 }
  for (const value of actor) {
    const count = await countEvents(scope, { q: { include: [value], exclude: [] } })
    // Several may stand in one event, so of their sum only the largest is certain.
    mentioned = { value: Math.max(mentioned.value, count.value), exact: mentioned.exact && count.exact }
  }
  return { asActor, asTarget, mentioned }
}

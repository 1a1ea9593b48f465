import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { memberAction } from '@/app/action'
import type { TenantScope } from '@/lib/access/scope'
import { type DestinationRole, ROLE_WORDS } from '@/lib/delivery/destinations/roles'
import type { FormState } from '@/lib/errors/form-state'
import { cancelReplay } from '@/lib/forwarding/cancel-replay'
import { createDestination } from '@/lib/forwarding/create'
import { estimateVolume } from '@/lib/forwarding/estimate-volume'
import { INPUT_SCHEMAS, idSchemaOf, volumeSchema } from '@/lib/forwarding/input'
import { pauseDestination } from '@/lib/forwarding/pause'
import { previewDestination } from '@/lib/forwarding/preview-destination'
import { removeDestination } from '@/lib/forwarding/remove'
import { replayEvents } from '@/lib/forwarding/replay-events'
import { restoreDestination } from '@/lib/forwarding/restore'
import { resumeDestination } from '@/lib/forwarding/resume'
import { retryNow } from '@/lib/forwarding/retry-now'
import { previewSkip, skipEvents } from '@/lib/forwarding/skip-events'
import { streamSchemasOf } from '@/lib/forwarding/stream-input'
import { testDestination } from '@/lib/forwarding/test-destination'
import { updateDestination } from '@/lib/forwarding/update'

const MANAGE = 'destinations:manage'

type MemberAction<Result> = (
  slug: unknown,
  state: FormState<Result>,
  form: FormData,
) => Promise<FormState<Result>>

/** What people do with destinations, or with channels: an id of the other role is not found. */
export function destinationActions(role: DestinationRole) {
  const { create, update, preview } = INPUT_SCHEMAS[role]
  const { resume, skip, replay, cancelReplay: cancel } = streamSchemasOf(role)
  const named = idSchemaOf(role)
  const pathOf = (scope: TenantScope) => `/${scope.tenantSlug}/${ROLE_WORDS[role].page}`
  /** The verb, and after it the pages anew. */
  const thenRefresh =
    <Input, Result>(verb: (scope: TenantScope, input: Input) => Promise<Result>) =>
    async (scope: TenantScope, input: Input): Promise<Result> => {
      const result = await verb(scope, input)
      revalidatePath(pathOf(scope), 'layout')
      return result
    }
  const silently =
    <Input>(verb: (scope: TenantScope, input: Input) => Promise<unknown>) =>
    async (scope: TenantScope, input: Input): Promise<void> => {
      await verb(scope, input)
    }
  /** For a verb whose answer nobody shows. */
  const act = <Input>(verb: (scope: TenantScope, input: Input) => Promise<unknown>) =>
    thenRefresh(silently(verb))

  /** The forms hold what was typed themselves, and an address may be a secret: nothing of it goes back. */
  const withoutValues =
    <Result>(action: MemberAction<Result>): MemberAction<Result> =>
    async (slug, state, form) => {
      const answer = await action(slug, state, form)
      return answer.ok === false ? { ...answer, values: {} } : answer
    }

  return {
    create: withoutValues(
      memberAction(MANAGE, create, async (scope, input): Promise<never> => {
        const { id } = await createDestination(scope, input)
        redirect(`${pathOf(scope)}/${id}`)
      }),
    ),
    update: withoutValues(
      memberAction(MANAGE, update, async (scope, input): Promise<never> => {
        await updateDestination(scope, input)
        redirect(`${pathOf(scope)}/${input.id}`)
      }),
    ),
    remove: memberAction(MANAGE, named, async (scope, input) => {
      await removeDestination(scope, input)
      redirect(pathOf(scope))
    }),
    preview: withoutValues(memberAction(MANAGE, preview, previewDestination)),
    estimate: memberAction(MANAGE, volumeSchema, estimateVolume),
    previewSkip: memberAction(MANAGE, skip.omit({ reason: true }), previewSkip),
    pause: memberAction(MANAGE, named, act(pauseDestination)),
    resume: memberAction(MANAGE, resume, act(resumeDestination)),
    retry: memberAction(MANAGE, named, act(retryNow)),
    replay: memberAction(MANAGE, replay, act(replayEvents)),
    cancelReplay: memberAction(MANAGE, cancel, act(cancelReplay)),
    skip: memberAction(MANAGE, skip, act(skipEvents)),
    restore: memberAction(MANAGE, named, act(restoreDestination)),
    test: memberAction(MANAGE, named, thenRefresh(testDestination)),
  }
}

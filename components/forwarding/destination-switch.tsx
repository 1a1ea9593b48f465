'use client'

import { useOptimistic, useTransition } from 'react'
import { Switch } from '@/components/ui/switch'
import { showToast } from '@/components/ui/toast'
import type { DestinationRole } from '@/lib/delivery/destinations/roles'
import type { FormAction } from '@/lib/errors/form-state'
import type { DestinationSummary } from './destination-summary'
import { ROLE_TEXTS } from './role-texts'
import { runIdAction } from './run-id-action'

export type SwitchActions = { pause: FormAction<void>; resume: FormAction<void>; canManage: boolean }

type Props = SwitchActions & {
  id: string
  name: string
  state: DestinationSummary['state']
  ofRole?: DestinationRole
}

/** On: events leave. Off: they wait, and none is lost. */
export function DestinationSwitch(props: Props) {
  const { id, name, state, pause, resume, canManage, ofRole = 'forwarding' } = props
  const [isOn, setIsOn] = useOptimistic(state === 'active')
  const [pending, startTransition] = useTransition()

  function change(next: boolean) {
    startTransition(async () => {
      setIsOn(next)
      const answer = await runIdAction(next ? resume : pause, id)
      if (answer.ok === false)
        showToast(`${name} could not be ${next ? 'resumed' : 'paused'}`, answer.message)
      else
        showToast(
          next ? `${name} resumed` : `${name} paused`,
          next ? ROLE_TEXTS[ofRole].sentNow : 'Events wait until you resume.',
        )
    })
  }

  return (
    <Switch
      label={`${ROLE_TEXTS[ofRole].switch} ${name}`}
      checked={isOn}
      disabled={pending || !canManage}
      onCheckedChange={change}
    />
  )
}

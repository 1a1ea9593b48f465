'use client'

import { useOptimistic, useTransition } from 'react'
import { Switch } from '@/components/ui/switch'
import { showToast } from '@/components/ui/toast'
import type { FormAction } from '@/lib/errors/form-state'
import type { DestinationSummary } from './destination-summary'
import { runIdAction } from './run-id-action'

export type SwitchActions = { pause: FormAction<void>; resume: FormAction<void>; canManage: boolean }

type Props = SwitchActions & { id: string; name: string; state: DestinationSummary['state'] }

/** On: events are forwarded. Off: they wait, and none is lost. */
export function DestinationSwitch({ id, name, state, pause, resume, canManage }: Props) {
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
          next ? 'What waited is sent now.' : 'Events wait until you resume.',
        )
    })
  }

  return (
    <Switch
      label={`Forward to ${name}`}
      checked={isOn}
      disabled={pending || !canManage}
      onCheckedChange={change}
    />
  )
}

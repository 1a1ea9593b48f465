import { useSyncExternalStore } from 'react'

const never = () => () => {}

/** Whether scripts run by now: a form that only they can send must not be sent by the browser before. */
export function useIsReady(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
}

'use client'

import { Toast } from '@base-ui/react/toast'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'

const manager = Toast.createToastManager()

/** With something to do about it, a toast stays for longer. */
const ACTION_TIMEOUT_MS = 12_000

/** Says that something was done, for as long as it takes to read it. What failed stands beside its control. */
export function showToast(
  title: string,
  description?: string,
  action?: { label: string; onClick: () => void },
): void {
  if (!action) return void manager.add({ title, description })
  const id = manager.add({
    title,
    description,
    timeout: ACTION_TIMEOUT_MS,
    actionProps: {
      children: action.label,
      onClick: () => {
        manager.close(id)
        action.onClick()
      },
    },
  })
}

export function ToastProvider({ children }: { children: ReactNode }) {
  return (
    <Toast.Provider toastManager={manager} timeout={4500}>
      {children}
      <Toast.Portal>
        <Toast.Viewport className="fixed right-4 bottom-4 z-50 flex w-80 max-w-[calc(100vw-2rem)] flex-col gap-2">
          <Toasts />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  )
}

function Toasts() {
  const { toasts } = Toast.useToastManager()
  return toasts.map((toast) => (
    <Toast.Root
      key={toast.id}
      toast={toast}
      data-toast=""
      className="rounded-lg bg-raised text-sm shadow-pop transition-[opacity,translate] data-ending-style:translate-y-2 data-starting-style:translate-y-2 data-ending-style:opacity-0 data-starting-style:opacity-0"
    >
      <Toast.Content className="flex items-start gap-2 py-2.5 pr-2 pl-3.5">
        <div className="min-w-0 flex-1">
          <Toast.Title className="wrap-anywhere font-medium" render={<p />} />
          <Toast.Description className="wrap-anywhere whitespace-pre-line text-quiet" />
          <Toast.Action className="mt-1 rounded-sm font-medium text-accent hover:underline empty:hidden" />
        </div>
        <Toast.Close
          aria-label="Dismiss"
          className="grid size-6 place-items-center rounded-md text-quiet hover:bg-hover"
        >
          <X aria-hidden className="size-3.5" />
        </Toast.Close>
      </Toast.Content>
    </Toast.Root>
  ))
}

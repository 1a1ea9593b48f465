'use client'

import { RefreshCw } from 'lucide-react'
import { ActDialog } from '@/components/form/act-dialog'
import { Button } from '@/components/ui/button'
import type { FormAction } from '@/lib/errors/form-state'
import { ReasonField } from './reason-field'

export function RotateKeyButton({ rotate }: { rotate: FormAction<void> }) {
  return (
    <ActDialog
      title="Rotate the signing key?"
      description="The next checkpoint is signed with a new key, and with the old one for 30 days more. Tell those who pinned the old one; both stand in the policy file."
      trigger={
        <Button>
          <RefreshCw aria-hidden />
          Rotate key
        </Button>
      }
      confirm="Rotate key"
      pendingLabel="Asking …"
      action={rotate}
      done={() => 'The sealer rotates the key within seconds'}
    >
      {({ errors, values }) => <ReasonField error={errors.reason} value={values.reason} />}
    </ActDialog>
  )
}

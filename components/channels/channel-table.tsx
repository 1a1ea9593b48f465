'use client'

import { useRouter } from 'next/navigation'
import { type MouseEvent, useCallback, useState } from 'react'
import { DataTable } from '@/components/data-table/data-table'
import type { SwitchActions } from '@/components/forwarding/destination-switch'
import type { FormAction } from '@/lib/errors/form-state'
import { channelColumns } from './channel-columns'
import type { ChannelSummary } from './channel-summary'

type Props = SwitchActions & { path: string; rows: ChannelSummary[]; remove: FormAction<never> }

/** The channels of a workspace. A double click opens one, as its name and its eye do. */
export function ChannelTable({ path, rows, pause, resume, canManage, remove }: Props) {
  const router = useRouter()
  // Made once: each refresh brings new functions for the same actions, and new columns would close an open dialog.
  const [columns] = useState(() => channelColumns(path, { pause, resume, canManage, remove }))
  const rowProps = useCallback(
    ({ id }: ChannelSummary) => ({
      onDoubleClick: ({ target }: MouseEvent) => {
        // Two quick clicks on a switch are two switches.
        if (!(target as Element).closest(CONTROLS)) router.push(`${path}/${id}`)
      },
    }),
    [path, router],
  )
  return <DataTable label="Channels" columns={columns} rows={rows} rowKey={rowKey} rowProps={rowProps} />
}

/** A dialog stands in the row for React, wherever it is drawn. */
const CONTROLS = 'a, button, input, [role=switch], [role=dialog], [role=alertdialog]'

function rowKey({ id }: ChannelSummary): string {
  return id
}

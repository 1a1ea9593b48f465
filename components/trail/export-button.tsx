'use client'

import { Download } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { ExportForm } from './export-form'
import { ExportStatus } from './export-status'
import { useExport } from './use-export'

type Props = {
  path: string
  /** The parameters of the filter alone. */
  query: string
  /** Whether the workspace has a ledger that names could come from. */
  hasLedger: boolean
}

/** Exports exactly what the trail shows now; the dialog may be closed and the page left while it runs. */
export function ExportButton({ path, query, hasLedger }: Props) {
  const { state, start, cancel, reset } = useExport(path)
  const share =
    state.kind === 'known' && state.progress.state === 'running' ? shareOf(state.progress) : undefined
  return (
    <Dialog
      title="Export"
      description={query ? 'Exactly the events that pass this filter.' : 'The whole trail.'}
      trigger={
        <Button>
          <Download aria-hidden />
          {share === undefined ? 'Export' : <span className="numeric">Exporting {share} %</span>}
        </Button>
      }
    >
      {state.kind === 'none' || state.kind === 'refused' ? (
        <ExportForm
          query={query}
          hasLedger={hasLedger}
          refusal={state.kind === 'refused' ? state.message : undefined}
          onStart={(params) => start(`${path}/export`, params)}
          onEvidence={() =>
            start(`${path.replace(/trail$/, 'integrity')}/evidence/bundle`, new URLSearchParams(query))
          }
        />
      ) : (
        <ExportStatus state={state} onCancel={cancel} onAgain={reset} />
      )}
    </Dialog>
  )
}

function shareOf({ seen, total }: { seen: number; total: number }): number {
  return total === 0 ? 0 : Math.floor((100 * seen) / total)
}

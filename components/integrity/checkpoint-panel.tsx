import { Download } from 'lucide-react'
import { buttonStyle } from '@/components/ui/button-style'
import { CodeBlock } from '@/components/ui/code-block'
import { Panel } from '@/components/ui/panel'
import type { FoundLog } from '@/lib/integrity/log/find-log'

/** The latest signed statement about the log. */
export function CheckpointPanel({ log: { note, logId, size } }: { log: FoundLog }) {
  return (
    <Panel
      title="Latest checkpoint"
      description="Keep one outside our reach: whatever is rewritten before it can then be shown."
      actions={
        <a
          href={`/log/${logId}/checkpoint`}
          download={`checkpoint-${size}.txt`}
          className={buttonStyle('secondary', 'sm')}
        >
          <Download aria-hidden />
          Download
        </a>
      }
    >
      <CodeBlock label="A signed note: name, size, root, signatures" code={note} />
    </Panel>
  )
}

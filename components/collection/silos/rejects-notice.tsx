import { LinkButton } from '@/components/ui/link-button'
import { Notice } from '@/components/ui/notice'
import type { RejectView } from '@/lib/collection/rejects/reject-view'

type Props = { first: RejectView; open: number; href: string; aliasesHref: string | undefined }

/** Says that rows were rejected, and why the first one was: whoever has just collected looks here. */
export function RejectsNotice({ first, open, href, aliasesHref }: Props) {
  const { file, line, column, reason, code } = first
  return (
    <Notice
      kind="warning"
      title={open === 1 ? 'One row was rejected' : `${open.toLocaleString('en')} rows were rejected`}
      className="mb-5"
    >
      <p>
        {open > 1 && 'The first one: '}
        {file.name}, line {line.toLocaleString('en')}
        {column && `, ${column}`}: {reason} Nothing is lost: mend it, then collect the rejects again.
      </p>
      <div className="mt-2 flex flex-wrap gap-2">
        <LinkButton size="sm" href={href}>
          Show the rejects
        </LinkButton>
        {code === 'mandant_unknown' && aliasesHref && (
          <LinkButton size="sm" href={aliasesHref}>
            Other names of the workspace
          </LinkButton>
        )}
      </div>
    </Notice>
  )
}

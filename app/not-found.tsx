import { MessagePage } from '@/components/layout/message-page'
import { LinkButton } from '@/components/ui/link-button'

export const metadata = { title: 'Not found' }

export default function NotFound() {
  return (
    <MessagePage
      title="There is nothing at this address"
      actions={
        <LinkButton href="/" variant="primary">
          Go to your trail
        </LinkButton>
      }
    >
      <p>
        The link may be mistyped, the thing may be gone, or it belongs to a workspace that you are not a
        member of.
      </p>
    </MessagePage>
  )
}

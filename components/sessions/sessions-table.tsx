import { Badge } from '@/components/ui/badge'
import { Table, TableFrame, Td, Th, Tr } from '@/components/ui/table'
import { Time } from '@/components/ui/time'
import type { ListedSession } from '@/lib/auth/list-sessions'
import type { FormAction } from '@/lib/errors/form-state'
import { describeDevice } from './describe-device'
import { RevokeSessionButton } from './revoke-session-button'

type Props = {
  sessions: ListedSession[]
  revoke: FormAction<void>
}

export function SessionsTable({ sessions, revoke }: Props) {
  return (
    <TableFrame label="Sessions">
      <Table>
        <thead>
          <tr>
            <Th>Device</Th>
            <Th>Signed in from</Th>
            <Th>Last seen</Th>
            <Th>Signed in</Th>
            <Th>Ends</Th>
            <Th>
              <span className="sr-only">Actions</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {sessions.map((session) => {
            const device = describeDevice(session.userAgent)
            return (
              <Tr key={session.id}>
                <Td>
                  <span
                    className="flex items-center gap-2 font-medium"
                    title={session.userAgent ?? undefined}
                  >
                    {device}
                    {session.isCurrent && <Badge tone="accent">this session</Badge>}
                  </span>
                </Td>
                <Td className="numeric">{session.ip ?? <span className="text-quiet">unknown</span>}</Td>
                <Td>
                  <Time value={session.lastSeenAt.toISOString()} />
                </Td>
                <Td>
                  <Time value={session.createdAt.toISOString()} />
                </Td>
                <Td>
                  <Time value={session.expiresAt.toISOString()} />
                </Td>
                <Td className="text-right">
                  {!session.isCurrent && (
                    <RevokeSessionButton id={session.id} device={device} revoke={revoke} />
                  )}
                </Td>
              </Tr>
            )
          })}
        </tbody>
      </Table>
    </TableFrame>
  )
}

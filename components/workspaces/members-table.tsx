import { Badge } from '@/components/ui/badge'
import { Table, TableFrame, Td, Th, Tr } from '@/components/ui/table'
import { Time } from '@/components/ui/time'
import type { ListedMember } from '@/lib/members/list'

export function MembersTable({ members }: { members: ListedMember[] }) {
  return (
    <TableFrame label="Members">
      <Table>
        <thead>
          <tr>
            <Th>Person</Th>
            <Th>Role</Th>
            <Th>Since</Th>
          </tr>
        </thead>
        <tbody>
          {members.map(({ userId, name, email, role, joinedAt }) => (
            <Tr key={userId}>
              <Td>
                <span className="block font-medium">{name}</span>
                <span className="text-quiet">{email}</span>
              </Td>
              <Td>
                <Badge>{role}</Badge>
              </Td>
              <Td>
                <Time value={joinedAt.toISOString()} />
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </TableFrame>
  )
}

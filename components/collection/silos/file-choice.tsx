'use client'

import { useRouter } from 'next/navigation'
import { Select } from '@/components/ui/select'

type Props = {
  path: string
  files: readonly { id: string; name: string }[]
  chosen: string | undefined
}

/** Which file is tried; what is chosen is in the address. */
export function FileChoice({ path, files, chosen }: Props) {
  const router = useRouter()
  return (
    <Select
      aria-label="File"
      className="max-w-80 sm:min-w-64"
      value={chosen ?? ''}
      onChange={({ target }) => router.push(target.value ? `${path}?file=${target.value}` : path)}
    >
      <option value="">the first file that waits</option>
      {files.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </Select>
  )
}

'use client'

import { useRouter } from 'next/navigation'
import { Select } from '@/components/ui/select'
import type { RejectCode } from '@/lib/collection/reject'
import { REJECT_WORDS } from './reject-words'
import { readSiloAddress, type SiloAddress, siloHref } from './silo-address'

type Props = {
  address: SiloAddress
  /** How many there are of each reason, whatever reason is chosen. */
  codes: readonly { code: RejectCode; count: number }[]
  /** The file that is chosen, where one is. */
  fileName: string | undefined
}

/** Which rejects are shown; what is chosen is in the address. */
export function RejectFilter({ address, codes, fileName }: Props) {
  const router = useRouter()
  const go = (part: Record<string, string | undefined>) => {
    const { path, code, file, state } = address
    const next = readSiloAddress(path, { list: 'rejects', code, file, state, ...part })
    router.push(siloHref(next), { scroll: false })
  }
  return (
    <div className="flex flex-wrap items-end gap-2">
      <div className="w-40">
        <Select
          aria-label="State"
          value={address.state}
          onChange={({ target }) => go({ state: target.value })}
        >
          <option value="open">to mend</option>
          <option value="collected">collected since</option>
          <option value="discarded">discarded</option>
        </Select>
      </div>
      <div className="w-60">
        <Select
          aria-label="Reason"
          value={address.code ?? ''}
          onChange={({ target }) => go({ code: target.value || undefined })}
        >
          <option value="">all reasons</option>
          {codes.map(({ code, count }) => (
            <option key={code} value={code}>
              {REJECT_WORDS[code]} ({count.toLocaleString('en')})
            </option>
          ))}
          {address.code && codes.every(({ code }) => code !== address.code) && (
            <option value={address.code}>{REJECT_WORDS[address.code]} (0)</option>
          )}
        </Select>
      </div>
      {fileName !== undefined && (
        <button
          type="button"
          onClick={() => go({ file: undefined })}
          className="inline-flex h-8 max-w-64 items-center gap-1 rounded-md bg-accent-soft px-2.5 text-accent text-sm pointer-coarse:h-10"
        >
          <span className="truncate">{fileName}</span>
          <span aria-hidden>×</span>
          <span className="sr-only">: show all files</span>
        </button>
      )}
    </div>
  )
}

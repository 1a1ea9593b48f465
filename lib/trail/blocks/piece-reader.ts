import type { Transaction } from '@/db/client'
import { type BlockRow, type Part, type Piece, readPieces, readWhole } from './block-row'

type Wanted = Piece & { bytes?: Buffer }
type WantedWhole = { row: BlockRow; bytes?: Buffer | undefined }

const got = ({ bytes }: { bytes?: Buffer | undefined }): Buffer => {
  if (!bytes) throw new Error('A piece of the block index is used before it was read.')
  return bytes
}

/** Collects what is wanted of many rows, so that it is read in one statement a part. */
export class PieceReader {
  private readonly pieces = new Map<Part, Wanted[]>()
  private readonly wholes = new Map<Part, Map<BlockRow, WantedWhole>>()

  /** The piece, once `read` has run. */
  want(part: Part, row: BlockRow, offset: number, length: number): () => Buffer {
    const wanted: Wanted = { row, offset, length }
    const list = this.pieces.get(part) ?? []
    list.push(wanted)
    this.pieces.set(part, list)
    return () => got(wanted)
  }

  wantWhole(part: Part, row: BlockRow): () => Buffer {
    const rows = this.wholes.get(part) ?? new Map<BlockRow, WantedWhole>()
    const wanted = rows.get(row) ?? { row }
    rows.set(row, wanted)
    this.wholes.set(part, rows)
    return () => got(wanted)
  }

  async read(tx: Transaction, tenantId: string): Promise<void> {
    const pieces = [...this.pieces].map(async ([part, wanted]) => {
      const read = await readPieces(tx, tenantId, part, wanted)
      for (const [i, bytes] of read.entries()) (wanted[i] as Wanted).bytes = bytes
    })
    const wholes = [...this.wholes].map(async ([part, wanted]) => {
      const read = await readWhole(tx, tenantId, part, [...wanted.keys()])
      for (const [row, bytes] of read) (wanted.get(row) as WantedWhole).bytes = bytes
    })
    await Promise.all([...pieces, ...wholes])
  }
}

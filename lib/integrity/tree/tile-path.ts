import { TILE_WIDTH, type Tile } from './tile'

/** What a path of the tile layout names: a tile, or a bundle of the entries under a tile of level 0. */
export type TileResource = { kind: 'hashes' | 'entries'; tile: Tile }

const PATH = /^tile\/(0|[1-9]\d?|entries)\/((?:x\d{3}\/)*\d{3})(?:\.p\/([1-9]\d{0,2}))?$/
const MAX_LEVEL = 63

/** `x001/x234/067`: groups of three digits, of which all but the last begin with an x. */
function indexPath(index: number): string {
  const digits = String(index)
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/\d{3}/g) ?? []
  return groups.map((group, i) => (i < groups.length - 1 ? `x${group}` : group)).join('/')
}

/** The path below a log's prefix, C2SP tlog-tiles: `tile/0/x001/x234/067`, `tile/entries/000.p/7`. */
export function tilePath({ kind, tile: { level, index, width } }: TileResource): string {
  const suffix = width === TILE_WIDTH ? '' : `.p/${width}`
  return `tile/${kind === 'entries' ? 'entries' : level}/${indexPath(index)}${suffix}`
}

/** The opposite; undefined for every spelling but the one that `tilePath` writes. */
export function parseTilePath(path: string): TileResource | undefined {
  const [, level, groups, width] = PATH.exec(path) ?? []
  if (level === undefined || groups === undefined) return undefined
  const index = Number(groups.replace(/[x/]/g, ''))
  const tile = { level: level === 'entries' ? 0 : Number(level), index, width: Number(width ?? TILE_WIDTH) }
  if (!Number.isSafeInteger(index) || tile.level > MAX_LEVEL) return undefined
  const resource: TileResource = { kind: level === 'entries' ? 'entries' : 'hashes', tile }
  return tilePath(resource) === path ? resource : undefined
}

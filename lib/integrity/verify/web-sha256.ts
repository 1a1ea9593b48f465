const BLOCK_BYTES = 64
const LENGTH_BYTES = 8
const ROUNDS = 64
const START_WORDS = 8

/** The first 32 bits of a root's fraction, which is where FIPS 180-4 takes its constants from. */
const fractionBits = (root: number) => Math.floor((root - Math.floor(root)) * 2 ** 32)

function firstPrimes(count: number): number[] {
  const primes: number[] = []
  for (let n = 2; primes.length < count; n++) if (primes.every((prime) => n % prime !== 0)) primes.push(n)
  return primes
}

const K = Int32Array.from(firstPrimes(ROUNDS), (prime) => fractionBits(Math.cbrt(prime)))
const START = Int32Array.from(firstPrimes(START_WORDS), (prime) => fractionBits(Math.sqrt(prime)))

const rotate = (x: number, bits: number) => (x >>> bits) | (x << (32 - bits))
const at = (words: Int32Array, i: number) => words[i] as number

/** FIPS 180-4 section 6.2.2 on the block at `offset`. */
function compress(state: Int32Array, w: Int32Array, view: DataView, offset: number): void {
  for (let t = 0; t < 16; t++) w[t] = view.getInt32(offset + t * 4)
  for (let t = 16; t < ROUNDS; t++) {
    const x = at(w, t - 15)
    const y = at(w, t - 2)
    const s0 = rotate(x, 7) ^ rotate(x, 18) ^ (x >>> 3)
    const s1 = rotate(y, 17) ^ rotate(y, 19) ^ (y >>> 10)
    w[t] = at(w, t - 16) + s0 + at(w, t - 7) + s1
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state
  for (let t = 0; t < ROUNDS; t++) {
    const s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + at(K, t) + at(w, t)) | 0
    const s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0
    h = g
    g = f
    f = e
    e = (d + t1) | 0
    d = c
    c = b
    b = a
    a = (t1 + t2) | 0
  }
  for (const [i, word] of [a, b, c, d, e, f, g, h].entries()) state[i] = at(state, i) + word
}

/** SHA-256 for platforms that have no synchronous one; the digest as 32 characters, one a byte. */
export function createSha256(): (data: Uint8Array) => string {
  const state = new Int32Array(START_WORDS)
  const schedule = new Int32Array(ROUNDS)
  let padded = new Uint8Array(4096)
  return (data) => {
    const end = Math.ceil((data.length + 1 + LENGTH_BYTES) / BLOCK_BYTES) * BLOCK_BYTES
    if (padded.length < end) padded = new Uint8Array(end * 2)
    padded.set(data)
    padded.fill(0, data.length, end)
    padded[data.length] = 0x80
    const view = new DataView(padded.buffer)
    view.setBigUint64(end - LENGTH_BYTES, BigInt(data.length) * 8n)
    state.set(START)
    for (let offset = 0; offset < end; offset += BLOCK_BYTES) compress(state, schedule, view, offset)
    let digest = ''
    for (const word of state)
      digest += String.fromCharCode((word >>> 24) & 255, (word >>> 16) & 255, (word >>> 8) & 255, word & 255)
    return digest
  }
}

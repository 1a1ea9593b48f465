import type { Primitives } from './primitives'
import { COSIGNER_KEY, LOG_KEY, type PinnedKey, parseVkey } from './vkey'

/** `least` of the members must have cosigned; a witness is a member by itself. */
type Group = { least: number; members: string[] }

/** Whom the verifier's user believes, C2SP tlog-policy. Keys in the files that are verified are never taken. */
export type Policy = {
  logs: PinnedKey[]
  witnesses: Map<string, PinnedKey>
  groups: Map<string, Group>
  /** Name of a witness or group; undefined: no cosignature is asked for. */
  quorum: string | undefined
}

const NONE = 'none'

class PolicyReader {
  readonly policy: Policy = { logs: [], witnesses: new Map(), groups: new Map(), quorum: undefined }
  private hasQuorum = false

  constructor(private readonly sha256: Primitives['sha256']) {}

  /** Takes one line, split at its white space. */
  take([keyword, ...words]: string[]): void {
    if (keyword === 'log') this.takeLog(words)
    else if (keyword === 'witness') this.takeWitness(words)
    else if (keyword === 'group') this.takeGroup(words)
    else if (keyword === 'quorum') this.takeQuorum(words)
    else throw new Error(`"${keyword}" is not log, witness, group or quorum`)
  }

  finish(): Policy {
    if (!this.hasQuorum) throw new Error('The policy has no quorum line; "quorum none" asks for no witness.')
    if (this.policy.logs.length === 0)
      throw new Error('The policy names no log, so nothing could be verified.')
    return this.policy
  }

  private takeLog([vkey = '', _url, ...rest]: string[]): void {
    const key = this.readKey(vkey, LOG_KEY, rest)
    if (this.policy.logs.some(({ publicKey }) => publicKey === key.publicKey))
      throw new Error('this log key stands there twice')
    this.policy.logs.push(key)
  }

  private takeWitness([name = '', vkey = '', _url, ...rest]: string[]): void {
    this.checkNew(name)
    const key = this.readKey(vkey, COSIGNER_KEY, rest)
    const others = [...this.policy.witnesses.values()]
    if (others.some(({ publicKey }) => publicKey === key.publicKey))
      throw new Error('this witness key stands there twice')
    this.policy.witnesses.set(name, key)
  }

  private takeGroup([name = '', rule = '', ...members]: string[]): void {
    this.checkNew(name)
    for (const member of members) this.checkKnown(member)
    const taken = [...this.policy.groups.values()].flatMap((group) => group.members)
    if (new Set([...taken, ...members]).size !== taken.length + members.length)
      throw new Error('a name may be a member only once')
    const least = rule === 'any' ? 1 : rule === 'all' ? members.length : Number(rule)
    if (!Number.isInteger(least) || least < 1 || least > members.length)
      throw new Error(`${rule} of ${members.length} members is no rule`)
    this.policy.groups.set(name, { least, members })
  }

  private takeQuorum([name = '', ...rest]: string[]): void {
    if (this.hasQuorum || rest.length > 0) throw new Error('there must be one quorum line with one name')
    if (name !== NONE) this.checkKnown(name)
    this.policy.quorum = name === NONE ? undefined : name
    this.hasQuorum = true
  }

  private readKey(vkey: string, type: number, rest: string[]): PinnedKey {
    const key = parseVkey(this.sha256, vkey)
    if (key.type !== type) throw new Error(`the key of ${key.name} has type ${key.type}, not ${type}`)
    if (rest.length > 0) throw new Error(`"${rest[0]}" is too much`)
    return key
  }

  private checkNew(name: string): void {
    const isTaken = this.policy.witnesses.has(name) || this.policy.groups.has(name)
    if (name === '' || name === NONE || isTaken) throw new Error(`"${name}" can't be a new name`)
  }

  private checkKnown(name: string): void {
    if (!this.policy.witnesses.has(name) && !this.policy.groups.has(name))
      throw new Error(`"${name}" is not defined above`)
  }
}

/** Reads a policy file. Throws with the line that is wrong. */
export function parsePolicy(sha256: Primitives['sha256'], text: string): Policy {
  const reader = new PolicyReader(sha256)
  for (const [i, line] of text.split('\n').entries()) {
    if (line.includes('\r'))
      throw new Error(
        `Policy, line ${i + 1}: it ends with CR: save the file with LF alone at the ends of lines.`,
      )
    const words = line.split(/[ \t]+/).filter(Boolean)
    if (words.length === 0 || words[0]?.startsWith('#')) continue
    try {
      reader.take(words)
    } catch (error) {
      throw new Error(`Policy, line ${i + 1}: ${(error as Error).message}`)
    }
  }
  return reader.finish()
}

/** Whether the witnesses that cosigned are enough. */
export function meetsQuorum({ quorum, groups }: Policy, cosigned: ReadonlySet<string>): boolean {
  const meets = (name: string): boolean => {
    const group = groups.get(name)
    return group ? group.members.filter(meets).length >= group.least : cosigned.has(name)
  }
  return quorum === undefined || meets(quorum)
}

/** RFC 6901: a member's name as one step of a JSON pointer. */
export function pointerStep(name: string): string {
  return name.includes('~') || name.includes('/')
    ? `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
    : `/${name}`
}

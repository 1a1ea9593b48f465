/** What stands above a refused form: also what is wrong with a field that is not on it. */
export function formMessage(
  message: string,
  errors: Readonly<Record<string, string | undefined>>,
  shown: readonly string[],
): string {
  const hidden = Object.entries(errors).filter(([name]) => name !== '' && !shown.includes(name))
  return [message, ...hidden.map(([name, detail]) => `${name}: ${detail}`)].join(' ')
}

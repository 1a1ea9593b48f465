/** Logs what the operator should look at, in one sentence that says what to do, as one JSON line on standard error. */
export function reportWarning(message: string): void {
  const line = { time: new Date().toISOString(), level: 'warning', message }
  process.stderr.write(`${JSON.stringify(line)}\n`)
}

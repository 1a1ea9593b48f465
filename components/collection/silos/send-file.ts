/** What the silo says about a file that it was sent. */
type SentFile =
  | { state: 'received' }
  | { state: 'duplicate'; message: string }
  | { state: 'refused'; message: string }
  | { state: 'stopped' }

type Options = { url: string; file: File; signal: AbortSignal; onProgress: (share: number) => void }

/** Sends a file's bytes as they are. By XMLHttpRequest: `fetch` does not say how much it has sent. */
export function sendFile({ url, file, signal, onProgress }: Options): Promise<SentFile> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest()
    request.open('POST', `${url}?${new URLSearchParams({ name: file.name })}`)
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.responseType = 'text'
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 1)
    request.onload = () => resolve(readAnswer(request.status, request.responseText))
    request.onerror = () =>
      resolve({
        state: 'refused',
        message: 'The server did not answer. Check your connection and try again.',
      })
    request.onabort = () => resolve({ state: 'stopped' })
    signal.addEventListener('abort', () => request.abort())
    request.send(file)
  })
}

type Answer = { detail?: string; duplicate?: boolean; file?: { name: string; receivedAt: string } }

function readAnswer(status: number, text: string): SentFile {
  const answer = parse(text)
  if (status >= 200 && status < 300 && answer) {
    if (!answer.duplicate) return { state: 'received' }
    return { state: 'duplicate', message: `The same content is here already, as ${answer.file?.name}.` }
  }
  return { state: 'refused', message: answer?.detail ?? `The server answered ${status}. Try again.` }
}

function parse(text: string): Answer | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

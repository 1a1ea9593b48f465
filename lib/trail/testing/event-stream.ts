/** One message of an event stream; `event` is `message` unless it says otherwise. */
export type StreamMessage = { id: string; event: string; data: string }

/** Reads a response of server-sent events message by message; comments are left out. */
export async function* readMessages(body: ReadableStream<Uint8Array>): AsyncGenerator<StreamMessage> {
  const decoder = new TextDecoder()
  const reader = body.getReader()
  let text = ''
  try {
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
      text += decoder.decode(chunk.value, { stream: true })
      const blocks = text.split('\n\n')
      text = blocks.pop() ?? ''
      for (const block of blocks) {
        const fields = new Map(
          block.split('\n').map((line) => {
            const colon = line.indexOf(':')
            return [line.slice(0, colon), line.slice(colon + 1).trimStart()] as const
          }),
        )
        const data = fields.get('data')
        if (data !== undefined)
          yield { id: fields.get('id') ?? '', event: fields.get('event') ?? 'message', data }
      }
    }
  } finally {
    await reader.cancel().catch(() => {})
  }
}

import { startEmbeddedPostgres } from '@/db/embedded'

// A process of its own that tests can kill: starts the server in the folder it is given and stays.
const server = await startEmbeddedPostgres({ dataDir: process.argv[2] ?? '' })
process.stdout.write(`${JSON.stringify({ pid: server.pid, url: server.url })}\n`)
setInterval(() => {}, 60_000)

import { type ChildProcess, fork } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { json } from 'node:stream/consumers'
import { inject } from 'vitest'

/**
 * Server processes for tests of what happens between processes: two for the whole run, started when the
 * first test asks for them. A test file asks by HTTP, because each runs in a process of its own.
 */

export type Asked =
  | { readonly ask: 'open' | 'close'; readonly ownerUrl: string }
  /** Of a process of one's own, for the clock is one for all that it serves. */
  | { readonly ask: 'clock'; readonly at: string }

declare module 'vitest' {
  interface ProvidedContext {
    serverProcesses: string
  }
}

/** For `describe.each`: a race must have the same end in one process and between two. */
export const oneAndTwoProcesses = [
  ['one process', 1],
  ['two processes', 2],
] as const

const count = 2

/** In a test: asks all server processes. @returns for 'open' the address of each. */
export async function askServerProcesses(asked: Asked): Promise<string[]> {
  const answer = await fetch(inject('serverProcesses'), { method: 'POST', body: JSON.stringify(asked) })
  if (!answer.ok) throw new Error(await answer.text())
  return (await answer.json()) as string[]
}

/** In the global set-up: listens for tests that want the processes. */
export async function offerServerProcesses(): Promise<{ url: string; stop: () => void }> {
  let children: ServerProcess[] | null = null
  const server = createServer((request, response) => {
    children ??= Array.from({ length: count }, () => new ServerProcess())
    const all = children
    json(request)
      .then((asked) => Promise.all(all.map((child) => child.ask(asked as Asked))))
      .then(
        (answers) => response.end(JSON.stringify(answers)),
        (error: unknown) => response.writeHead(500).end(String(error)),
      )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    stop() {
      server.close()
      server.closeAllConnections()
      for (const child of children ?? []) child.end()
    },
  }
}

/** One server process; who makes it ends it. */
export class ServerProcess {
  readonly #process: ChildProcess
  readonly #waiting = new Map<number, PromiseWithResolvers<string | null>>()
  #asked = 0

  constructor() {
    this.#process = fork(fileURLToPath(new URL('server-process.ts', import.meta.url)), {
      execArgv: [],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    this.#process.on('message', ({ id, result, error }: { id: number; result: string; error?: string }) => {
      const waiting = this.#waiting.get(id)
      this.#waiting.delete(id)
      if (error === undefined) waiting?.resolve(result)
      else waiting?.reject(new Error(error))
    })
    this.#process.once('exit', (code) => {
      for (const { reject } of this.#waiting.values())
        reject(new Error(`a server process of the tests ended with code ${code}`))
    })
  }

  ask(asked: Asked): Promise<string | null> {
    const waiting = Promise.withResolvers<string | null>()
    const id = ++this.#asked
    this.#waiting.set(id, waiting)
    this.#process.send({ ...asked, id })
    return waiting.promise
  }

  end(): void {
    this.#process.disconnect()
  }
}

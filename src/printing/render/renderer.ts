import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { Problem, ruleBroken } from '../../kernel/problem.ts'
import type { RenderReply, RenderRequest } from './messages.ts'

/** Seconds for one document; one of two hundred lines takes a tenth of one. */
const longest = 10
/** The fonts and Typst itself take 200 of these mebibytes. */
const largest = 768
/** More than these waiting means that something is wrong; the next is told to come again. */
const mostWaiting = 100
/** Seconds without work after which the process ends. */
const idle = 300

interface Waiting {
  readonly request: RenderRequest
  readonly resolve: (reply: RenderReply) => void
  readonly reject: (error: Error) => void
}

const waiting: Waiting[] = []
let child: ChildProcess | null = null
let running: Waiting | null = null
let clock: NodeJS.Timeout | null = null
let made = 0

export interface Rendered {
  readonly pdf: Uint8Array
  readonly pages: number
  /** Signs that no font has: something else stands for them. */
  readonly replaced: readonly string[]
}

/**
 * A document by Typst as PDF/A-3, in a process of its own with limits of time and memory. One after the
 * other: a page takes some hundredths of a second.
 * @param source of the template.
 * @param data what it prints; see print-model.ts.
 * @throws 422 `template-fails` when the template does, with what Typst says and where; `template-too-slow`
 *   when it exceeds a limit; 503 when too many are waiting.
 */
export async function renderPdf(source: string, data: object, timestamp: Date): Promise<Rendered> {
  if (waiting.length >= mostWaiting) {
    throw new Problem(503, 'printing-busy', 'Too many documents are being printed. Try again in a moment.')
  }
  const request: RenderRequest = {
    id: ++made,
    source,
    data: JSON.stringify(data),
    timestamp: Math.floor(timestamp.getTime() / 1000),
  }
  const reply = await new Promise<RenderReply>((resolve, reject) => {
    waiting.push({ request, resolve, reject })
    next()
  })
  if ('pdf' in reply) return { pdf: reply.pdf, pages: reply.pages, replaced: reply.replaced }
  const text = reply.faults.map(
    (fault) => (fault.line === null ? '' : `line ${fault.line}: `) + fault.message,
  )
  throw ruleBroken('template-fails', '/source', `The template cannot be printed: ${text.join('; ')}.`, {
    faults: reply.faults,
  })
}

function next(): void {
  if (running !== null) return
  if (clock !== null) clearTimeout(clock)
  const first = waiting.shift()
  if (first === undefined) {
    clock = setTimeout(stop, idle * 1000)
    clock.unref()
    return
  }
  running = first
  child ??= start()
  clock = setTimeout(() => child?.kill('SIGKILL'), longest * 1000)
  child.send(first.request)
}

function stop(): void {
  child?.disconnect()
  child = null
}

function start(): ChildProcess {
  const folder = fileURLToPath(new URL('../typst', import.meta.url))
  const started = fork(new URL('child.ts', import.meta.url), [folder, String(largest)], {
    serialization: 'advanced',
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: {
      // Typst would fetch packages that a template names: neither from the network nor from this machine.
      ...Object.fromEntries(
        ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'http_proxy', 'https_proxy', 'all_proxy'].map((name) => [
          name,
          'http://127.0.0.1:9',
        ]),
      ),
      HOME: '/nonexistent',
      XDG_DATA_HOME: '/nonexistent',
      XDG_CACHE_HOME: '/nonexistent',
      TYPST_PACKAGE_PATH: '/nonexistent',
      TYPST_PACKAGE_CACHE_PATH: '/nonexistent',
    },
  })
  started.on('message', (reply: RenderReply) => {
    if (running?.request.id !== reply.id) return
    running.resolve(reply)
    running = null
    next()
  })
  started.on('exit', (code) => {
    if (child === started) child = null
    const failed = running
    running = null
    // Ended by a signal: by the clock, by the watchdog, or by the system, which a stack without end annoys.
    failed?.reject(
      code === null ? tooMuch() : new Error(`the process that prints ended with the code ${code}`),
    )
    next()
  })
  // It is no reason for the server to stay.
  started.unref()
  started.channel?.unref()
  return started
}

function tooMuch(): Problem {
  return ruleBroken(
    'template-too-slow',
    '/source',
    `The document was given up: it takes more than ${longest} seconds or ${largest} MiB of memory. Does its template repeat something without end?`,
  )
}

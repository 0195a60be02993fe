import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import { readFonts } from '../fonts.ts'
import { type Coverage, coverageOf } from './coverage.ts'
import type { RenderReply, RenderRequest, TemplateFault } from './messages.ts'
import { missingGroups, replaceGroups, replaceUncovered } from './replace-signs.ts'

/**
 * The process that renders. It is one of its own because Typst runs in native code, which no thread can
 * be stopped in: the server kills the process when the time is over, and a watchdog thread does when it
 * takes too much memory or the server is gone. Typst reads below its folder only and finds no network
 * (see renderer.ts for the environment that this process is given).
 */
function serve(workspace: string, mebibytes: number): void {
  new Worker(new URL('watchdog.ts', import.meta.url), {
    workerData: { parent: process.ppid, mebibytes },
  }).unref()
  const fonts = readFonts()
  const coverage = coverageOf(fonts)
  const compiler = NodeCompiler.create({ workspace, fontArgs: [{ fontBlobs: fonts }] })
  process.on('disconnect', () => process.exit(0))
  process.on('message', (request: RenderRequest) => {
    process.send!(render(compiler, coverage, workspace, request))
  })
}

/** The template that is printed, which lies in no folder. */
const mainFile = '__template__.typ'
/** Renderings after which what Typst remembers of them and was not used again is forgotten. */
const remembered = 10
/** Times that a document is made anew without what no font has together; once is enough as a rule. */
const mostRounds = 5

function render(
  compiler: NodeCompiler,
  coverage: Coverage,
  workspace: string,
  request: RenderRequest,
): RenderReply {
  const { id } = request
  const replaced = new Set<string>()
  // A sign without a font stops Typst, and one within right-to-left text ends its process.
  let source = replaceUncovered(request.source, coverage, replaced)
  let data = replaceUncovered(request.data, coverage, replaced)
  for (let round = 1; ; round++) {
    try {
      const mainFilePath = join(workspace, mainFile)
      compiler.mapShadow(mainFilePath, Buffer.from(source))
      const compiled = compiler.compile({ mainFilePath, inputs: { data } })
      const document = compiled.result
      if (document === null) return { id, faults: faultsOf(compiler, workspace, compiled.takeDiagnostics()) }
      const pdf = compiler.pdf(document, { pdfStandard: 'a-3a', creationTimestamp: request.timestamp })
      return { id, pdf, pages: document.numOfPages, replaced: [...replaced] }
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      const groups = missingGroups(message)
      if (groups.length === 0 || round === mostRounds) return { id, faults: [{ message, line: null }] }
      for (const group of groups) replaced.add(group)
      source = replaceGroups(source, groups)
      data = replaceGroups(data, groups)
    } finally {
      compiler.evictCache(remembered)
    }
  }
}

interface Diagnostic {
  readonly message: string
  readonly path: string
  readonly range: { readonly start: { readonly line: number } } | null
}

function faultsOf(
  compiler: NodeCompiler,
  workspace: string,
  error: ReturnType<ReturnType<NodeCompiler['compile']>['takeDiagnostics']>,
): TemplateFault[] {
  if (error === null) return [{ message: 'Typst gives no reason', line: null }]
  const diagnostics = compiler.fetchDiagnostics(error) as Diagnostic[]
  return diagnostics.map(({ message, path, range }) => ({
    // The folder of the installation is nobody's business.
    message: message.replaceAll(workspace, ''),
    line: range !== null && path.endsWith(mainFile) ? range.start.line + 1 : null,
  }))
}

if (import.meta.main) serve(process.argv[2]!, Number(process.argv[3]))

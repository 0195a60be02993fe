import { runImport, importerOf, layoutOf, propose, proposeFormat } from '../../src/exchange/index.ts'
import type { FileSource, Format, ImportReport } from '../../src/exchange/index.ts'
import { asSystem } from '../../src/identity/index.ts'
import type { TestApp } from './test-app.ts'

export interface Said {
  readonly format?: Partial<Format>
  readonly mapping?: Readonly<Record<string, string>>
  readonly atFault?: 'nothing' | 'skip'
  readonly dryRun?: boolean
}

export function asSource(content: string | Buffer, name = 'file.csv'): FileSource {
  const bytes = Buffer.from(content as string)
  return {
    name,
    // In small pieces: letters, line ends and quotation marks are cut in two.
    async *read() {
      for (let at = 0; at < bytes.length; at += 4093) yield bytes.subarray(at, at + 4093)
    },
  }
}

/** Imports a file as the command line does: what is not said is proposed from the file. */
export async function importFile(
  app: TestApp,
  what: string,
  source: FileSource,
  said: Said = {},
): Promise<
  ImportReport & {
    readonly format: Format
    readonly mapping: Readonly<Record<string, string>>
    readonly preset: string | null
  }
> {
  const importer = importerOf(what)
  const ctx = await asSystem(app.db, app.company.id, 'import', async (_, found) => found)
  const { format, rows } = await proposeFormat(source, said.format ?? {}, ctx.company)
  const proposed = propose(importer, layoutOf(importer, rows[0], format, ctx.company).columns, null)
  const mapping = said.mapping ?? proposed.mapping
  const report = await runImport(app.db, ctx, {
    importer,
    source,
    format,
    mapping,
    preset: proposed.preset,
    atFault: said.atFault ?? 'nothing',
    dryRun: said.dryRun ?? false,
  })
  return { ...report, format, mapping, preset: proposed.preset?.name ?? null }
}

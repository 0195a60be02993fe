import { once } from 'node:events'
import { createWriteStream, mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Command, Option } from 'commander'
import { type ExportFormat, exportCsv, exporters } from '../exchange/index.ts'
import { asSystem } from '../identity/index.ts'
import { type CompanyOption, commandLine, companyOption } from './company.ts'
import { UsageError } from './outcome.ts'
import { printResult, progress } from './output.ts'
import { type CommonOptions, withInstallation } from './session.ts'

interface Options extends CommonOptions, CompanyOption {
  readonly delimiter: 'comma' | 'semicolon'
  readonly decimal: ExportFormat['decimalSign']
}

const known = exporters.map((each) => each.what)

export function exportCommand(): Command {
  return new Command('export')
    .description('write lists as CSV files, which `zapas import` reads back')
    .argument('<folder>', 'for the files, one of each list; those that are there are written over')
    .argument('[what...]', `${known.join(', ')}; left out: all of them`)
    .addOption(
      new Option('--delimiter <name>', 'between cells').choices(['comma', 'semicolon']).default('comma'),
    )
    .addOption(new Option('--decimal <sign>', 'before decimals').choices(['.', ',']).default('.'))
    .addOption(companyOption())
    .option('--json', 'print the result as JSON')
    .action(exportLists)
}

async function exportLists(given: string, what: readonly string[], options: Options): Promise<void> {
  const unknown = what.find((each) => !known.includes(each))
  if (unknown !== undefined)
    throw new UsageError(`There is no list "${unknown}". There are: ${known.join(', ')}.`)
  const folder = resolve(given)
  const json = options.json ?? false
  const format = {
    delimiter: options.delimiter === 'semicolon' ? ';' : ',',
    decimalSign: options.decimal,
  } as const
  await withInstallation({ ...options, migrate: false }, async ({ db }) => {
    const ctx = await asSystem(db, options.company ?? null, commandLine, async (_, found) => found)
    mkdirSync(folder, { recursive: true })
    const chosen = exporters.filter((each) => what.length === 0 || what.includes(each.what))
    const bar = progress(json)
    const files: { what: string; file: string; rows: number }[] = []
    for (const [index, exporter] of chosen.entries()) {
      bar.step(index, chosen.length, exporter.what)
      const file = join(folder, `${exporter.what}.csv`)
      const out = createWriteStream(file)
      try {
        // An error of the disk ends the export, whatever is being waited for.
        const failed = once(out, 'error').then(([error]) => Promise.reject(error as Error))
        failed.catch(() => {})
        const rows = await exportCsv(db, ctx, exporter, format, async (piece) => {
          if (!out.write(piece)) await Promise.race([once(out, 'drain'), failed])
        })
        out.end()
        await Promise.race([once(out, 'close'), failed])
        files.push({ what: exporter.what, file, rows })
      } finally {
        out.destroy()
      }
    }
    bar.end()
    const words = files.map((each) => `${each.rows} rows of ${each.what} in ${each.file}`)
    printResult({ folder, files }, json, words.join('\n'))
  })
}

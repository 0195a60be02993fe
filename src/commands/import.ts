import { createReadStream, existsSync, statSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { Argument, Command, Option } from 'commander'
import {
  type DateOrder,
  type DecimalSign,
  type Delimiter,
  type Encoding,
  type FileSource,
  type Format,
  layoutOf,
  dateOrders,
  decimalSigns,
  encodings,
  importerOf,
  importers,
  propose,
  proposeFormat,
  rememberMapping,
  rememberedMapping,
  runImport,
} from '../exchange/index.ts'
import { asSystem } from '../identity/index.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { type CompanyOption, commandLine, companyOption } from './company.ts'
import { UsageError, exitCodes } from './outcome.ts'
import { printResult, progress } from './output.ts'
import { type CommonOptions, withInstallation } from './session.ts'

interface Options extends CommonOptions, CompanyOption {
  readonly dryRun?: boolean
  readonly skipErrors?: boolean
  readonly map?: string[]
  readonly delimiter?: string
  readonly decimal?: string
  readonly encoding?: string
  readonly dates?: string
  readonly header: boolean
  readonly sheet?: string
}

const delimiterNames: Readonly<Record<string, Delimiter>> = {
  comma: ',',
  semicolon: ';',
  tab: '\t',
  pipe: '|',
}

export function importCommand(): Command {
  return new Command('import')
    .description('read rows from a CSV or XLSX file; one row at fault, and nothing is kept')
    .addArgument(new Argument('<what>').choices(importers.map((each) => each.what)))
    .argument('<file>')
    .option('--dry-run', 'tell what would be new, changed, the same and at fault; keep nothing')
    .option('--skip-errors', 'keep all rows but those at fault')
    .option('--map <field=column...>', 'the columns of fields, where their names do not tell')
    .addOption(new Option('--delimiter <name>', 'between cells').choices(Object.keys(delimiterNames)))
    .addOption(new Option('--decimal <sign>', 'before decimals').choices([...decimalSigns]))
    .addOption(new Option('--encoding <name>', 'of a CSV file').choices([...encodings]))
    .addOption(new Option('--dates <order>', 'order of day, month and year').choices([...dateOrders]))
    .option('--no-header', 'the first row is one of the data; columns are #1, #2 and so on')
    .option('--sheet <number>', 'of a workbook, from 1')
    .addOption(companyOption())
    .option('--json', 'print the result as JSON')
    .action(importFile)
}

async function importFile(what: string, given: string, options: Options): Promise<void> {
  const importer = importerOf(what)
  const source = localFile(resolve(given))
  const json = options.json ?? false
  await withInstallation({ ...options, migrate: false }, async ({ db }) => {
    const ctx = await asSystem(db, options.company ?? null, commandLine, async (_, found) => found)
    const { format, rows } = await proposeFormat(source, saidFormat(options), ctx.company)
    const { columns } = layoutOf(importer, rows[0], format, ctx.company)
    const inCompany = { companyId: ctx.company.id }
    const remembered = await inTransaction(db, inCompany, (tx) => rememberedMapping(tx, ctx.company.id, what))
    const { preset, mapping: proposed } = propose(importer, columns, remembered)
    const mapping = { ...proposed, ...saidMapping(options.map ?? []) }
    const bar = progress(json)
    const report = await runImport(db, ctx, {
      importer,
      source,
      format,
      mapping,
      preset,
      atFault: options.skipErrors ? 'skip' : 'nothing',
      dryRun: options.dryRun ?? false,
      onProgress: ({ rows: read, phase }) =>
        bar.step(read, read, phase === 'check' ? 'rows checked' : 'rows written'),
    }).finally(() => bar.end())
    if (report.applied)
      await inTransaction(db, inCompany, async (tx) =>
        rememberMapping(tx, ctx.company.id, what, { columns, mapping }),
      )
    const { created, changed, same, ignored, failed, faults, applied } = report
    const words = [
      `Read as ${preset === null ? '' : `${preset.title}, `}${formatInWords(format)}; columns: ${Object.entries(
        mapping,
      )
        .map(([field, column]) => `${field} from '${column}'`)
        .join(', ')}.`,
      ...faults
        .slice(0, 100)
        .map(({ line, field, message }) => `Line ${line}: ${field === null ? '' : `${field} `}${message}`),
      ...(faults.length > 100 ? ['There are more; see them all with --json.'] : []),
      `${created} new, ${changed} changed, ${same} the same, ${ignored > 0 ? `${ignored} not of this company, ` : ''}${failed} with errors.`,
      ...(applied
        ? []
        : [options.dryRun ? 'This was a dry run; nothing was kept.' : 'Nothing was imported.']),
    ]
    printResult(
      { what, file: source.name, preset: preset?.name ?? null, format, mapping, ...report },
      json,
      words.join('\n'),
    )
    if (failed > 0) process.exitCode = exitCodes.refused
  })
}

function localFile(path: string): FileSource {
  if (!existsSync(path) || !statSync(path).isFile()) throw new UsageError(`There is no file ${path}.`)
  return { name: basename(path), read: () => createReadStream(path) as AsyncIterable<Buffer> }
}

function saidFormat(options: Options): Partial<Format> {
  const sheet = options.sheet === undefined ? undefined : Number(options.sheet)
  if (sheet !== undefined && (!Number.isInteger(sheet) || sheet < 1)) {
    throw new UsageError(`--sheet is "${options.sheet}"; it is a number from 1.`)
  }
  return {
    ...(options.delimiter !== undefined && { delimiter: delimiterNames[options.delimiter]! }),
    ...(options.decimal !== undefined && { decimalSign: options.decimal as DecimalSign }),
    ...(options.encoding !== undefined && { encoding: options.encoding as Encoding }),
    ...(options.dates !== undefined && { dateOrder: options.dates as DateOrder }),
    ...(!options.header && { header: false }),
    ...(sheet !== undefined && { sheet }),
  }
}

function saidMapping(pairs: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=')
      if (at < 1) throw new UsageError(`--map is "${pair}"; it is field=column, such as sku=Code.`)
      return [pair.slice(0, at), pair.slice(at + 1)]
    }),
  )
}

function formatInWords(format: Format): string {
  const { kind, encoding, delimiter, decimalSign, dateOrder, sheet } = format
  const numbers = `decimal ${decimalSign === ',' ? 'comma' : 'point'}, dates ${dateOrder}`
  if (kind === 'xlsx') return `sheet ${sheet} of a workbook, ${numbers}`
  const [name] = Object.entries(delimiterNames).find(([, sign]) => sign === delimiter)!
  return `CSV in ${encoding}, ${name} between cells, ${numbers}`
}

import { Command, Option } from 'commander'
import { KeyBody, asSystem, createApiKey, listApiKeys, revokeApiKey } from '../identity/index.ts'
import { isCalendarDate, startOfDay } from '../kernel/dates.ts'
import { isId } from '../kernel/ids.ts'
import { type Role, roles } from '../permissions.ts'
import { type CompanyOption, commandLine, companyOption } from './company.ts'
import { UsageError } from './outcome.ts'
import { printResult, printRows } from './output.ts'
import { refuseUnfit } from './refuse-unfit.ts'
import { type CommonOptions, withInstallation } from './session.ts'

type Options = CommonOptions & CompanyOption

export function apiKeyCommand(): Command {
  const command = new Command('api-key').description('keys for programs that use the API')
  command
    .command('create')
    .description('make a key; it is shown once')
    .argument('<name>', 'what it is for')
    .addOption(new Option('--role <role>', 'what it may do').choices(programRoles).default('viewer'))
    .option(
      '--expires <date>',
      'not valid from this day on (of the company), YYYY-MM-DD; without it the key does not expire',
    )
    .addOption(companyOption())
    .option('--json', 'print the result as JSON')
    .action(create)
  command
    .command('list')
    .description('the keys of a company, the newest first')
    .option('--all', 'revoked and expired ones too')
    .addOption(companyOption())
    .option('--json', 'print the keys as JSON')
    .action(list)
  command
    .command('revoke')
    .description('make a key invalid for good')
    .argument('<id>', 'as `zapas api-key list` shows it')
    .addOption(companyOption())
    .option('--json', 'print the result as JSON')
    .action(revoke)
  return command
}

// A customer's key needs a party; those are made in the web app.
const programRoles: readonly Role[] = roles.filter((role) => role !== 'customer')

async function create(name: string, options: Options & { role: string; expires?: string }): Promise<void> {
  const { role, expires } = options
  refuseUnfit(KeyBody, { name, role }, { name: 'The name' })
  if (expires !== undefined && !isCalendarDate(expires))
    throw new UsageError(`--expires is "${expires}"; it is a date such as 2027-12-31.`)
  await withInstallation({ ...options, migrate: false }, async ({ db }) => {
    const made = await asSystem(db, options.company ?? null, commandLine, async (tx, ctx) =>
      createApiKey(tx, ctx, {
        name,
        role,
        expiresAt: expires === undefined ? null : startOfDay(expires, ctx.company.timeZone).toISOString(),
      }),
    )
    const words = `${made.key}\nKeep it now; it is not shown again. Its id is ${made.id}.`
    printResult(made, options.json ?? false, words)
  })
}

async function list(options: Options & { all?: boolean }): Promise<void> {
  await withInstallation({ ...options, migrate: false }, async ({ db }) => {
    const keys = await asSystem(db, options.company ?? null, commandLine, async (tx, ctx) => {
      const found = []
      let cursor: string | undefined
      do {
        const page = await listApiKeys(tx, ctx.company.id, ctx.now, {
          limit: 200,
          cursor,
          valid: options.all ? undefined : true,
        })
        found.push(...page.items)
        cursor = page.nextCursor ?? undefined
      } while (cursor !== undefined)
      return found
    })
    const rows = keys.map(({ id, name, role, createdByName, createdAt, lastUsedAt, expiresAt, valid }) => ({
      id,
      name,
      role,
      valid,
      createdBy: createdByName,
      createdAt,
      lastUsedAt,
      expiresAt,
    }))
    printRows(rows, options.json ?? false, 'There are no keys.')
  })
}

async function revoke(id: string, options: Options): Promise<void> {
  if (!isId(id)) throw new UsageError(`"${id}" is not the id of a key; \`zapas api-key list\` shows them.`)
  await withInstallation({ ...options, migrate: false }, async ({ db }) => {
    await asSystem(db, options.company ?? null, commandLine, (tx, ctx) => revokeApiKey(tx, ctx, id))
    printResult({ id, valid: false }, options.json ?? false, 'The key is not valid any more.')
  })
}

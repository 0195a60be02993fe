import { createInterface } from 'node:readline/promises'
import { Argument, Command, Option } from 'commander'
import {
  UserBody,
  asSystem,
  changeMembership,
  createUser,
  giveOneTimePassword,
  listUsers,
} from '../identity/index.ts'
import type { Context } from '../kernel/context.ts'
import { Problem } from '../kernel/problem.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { type Role, roles } from '../permissions.ts'
import { type CompanyOption, commandLine, companyOption } from './company.ts'
import { printResult, printRows } from './output.ts'
import { refuseUnfit } from './refuse-unfit.ts'
import { type CommonOptions, withInstallation } from './session.ts'

type Options = CommonOptions & CompanyOption

// A customer's login belongs to a party; it is made in the web app.
const staffRoles: readonly Role[] = roles.filter((role) => role !== 'customer')

export function userCommand(): Command {
  const command = new Command('user').description('people who may sign in to a company')
  command
    .command('add')
    .description('give somebody access; a new account gets a one-time password, shown once')
    .argument('<email>')
    .option('--name <name>', 'of a new account')
    .addOption(new Option('--role <role>', 'what the person may do').choices(staffRoles).default('viewer'))
    .option('--password-stdin', 'read the password of a new account from the input instead of making one')
    .addOption(companyOption())
    .option('--json', 'print the result as JSON')
    .action(add)
  command
    .command('list')
    .description('the people of a company')
    .addOption(companyOption())
    .option('--json', 'print them as JSON')
    .action(list)
  command
    .command('set-role')
    .description('change what somebody may do in a company')
    .argument('<email>')
    .addArgument(new Argument('<role>').choices(staffRoles))
    .addOption(companyOption())
    .option('--json', 'print the result as JSON')
    .action(setRole)
  command
    .command('password')
    .description('give somebody who forgot the password a one-time password, shown once; ends their sessions')
    .argument('<email>')
    .option('--reset-two-factor', 'take the second factor away as well')
    .addOption(companyOption())
    .option('--json', 'print the result as JSON')
    .action(givePassword)
  return command
}

async function add(
  email: string,
  options: Options & { name?: string; role: string; passwordStdin?: boolean },
): Promise<void> {
  const password = options.passwordStdin ? await firstLine() : undefined
  const { name, role } = options
  refuseUnfit(UserBody, { email: email.trim(), name, role }, { email: `"${email}"`, name: '--name' })
  await withInstallation({ ...options, migrate: false }, async ({ db }) => {
    const made = await asSystem(db, options.company ?? null, commandLine, (tx, ctx) =>
      createUser(tx, ctx, { email, name, role, password }),
    )
    const words =
      made.oneTimePassword === null
        ? `${email} may sign in.`
        : `${email} may sign in with the one-time password ${made.oneTimePassword}\nIt is not shown again.`
    printResult(made, options.json ?? false, words)
  })
}

async function list(options: Options): Promise<void> {
  await withInstallation({ ...options, migrate: false }, async ({ db }) => {
    const people = await asSystem(db, options.company ?? null, commandLine, async (tx, ctx) => {
      const found = []
      let cursor: string | undefined
      do {
        const page = await listUsers(tx, ctx.company.id, { limit: 200, cursor })
        found.push(...page.items)
        cursor = page.nextCursor ?? undefined
      } while (cursor !== undefined)
      return found
    })
    const rows = people.map(({ id, email, name, role, createdAt }) => ({ email, name, role, createdAt, id }))
    printRows(rows, options.json ?? false, 'Nobody may sign in to this company yet.')
  })
}

async function givePassword(email: string, options: Options & { resetTwoFactor?: boolean }): Promise<void> {
  await withInstallation({ ...options, migrate: false }, async ({ db }) => {
    const oneTimePassword = await asSystem(db, options.company ?? null, commandLine, async (tx, ctx) =>
      giveOneTimePassword(tx, ctx, await memberWith(tx, ctx, email), options),
    )
    const words = `${email} may sign in with the one-time password ${oneTimePassword}\nIt is not shown again.`
    printResult({ email, oneTimePassword }, options.json ?? false, words)
  })
}

/** The id of a member by e-mail address. */
async function memberWith(tx: Transaction, ctx: Context, email: string): Promise<string> {
  const [person] = (await listUsers(tx, ctx.company.id, { email, limit: 1 })).items
  if (person) return person.id
  const message = `Nobody with the address ${email} belongs to ${ctx.company.name}. \`zapas user list\` shows who does.`
  throw new Problem(404, 'unknown-user', message)
}

async function setRole(email: string, role: string, options: Options): Promise<void> {
  await withInstallation({ ...options, migrate: false }, async ({ db }) => {
    await asSystem(db, options.company ?? null, commandLine, async (tx, ctx) => {
      await changeMembership(tx, ctx, await memberWith(tx, ctx, email), { role: role as Role }, null)
    })
    printResult({ email, role }, options.json ?? false, `${email} now has the role ${role}.`)
  })
}

async function firstLine(): Promise<string> {
  const lines = createInterface({ input: process.stdin })
  for await (const line of lines) return line
  return ''
}

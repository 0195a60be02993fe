import { Command } from 'commander'
import { type Difference, checkCompany } from '../check.ts'
import { type CompanyName, findAllCompanies } from '../identity/index.ts'
import { Problem } from '../kernel/problem.ts'
import { type Database, inTransaction } from '../kernel/transaction.ts'
import type { CompanyOption } from './company.ts'
import { exitCodes } from './outcome.ts'
import { printRows, progress } from './output.ts'
import { type CommonOptions, withInstallation } from './session.ts'

export function checkCommand(): Command {
  return new Command('check')
    .description('recompute every balance, counter and status from the ledgers and list what differs')
    .option('--company <slug>', 'only this company, by slug or id')
    .option('--json', 'print the differences as JSON')
    .action(check)
}

async function check(options: CommonOptions & CompanyOption): Promise<void> {
  const json = options.json ?? false
  await withInstallation({ ...options, migrate: false }, async ({ db }) => {
    const companies = await chosen(db, options.company)
    const found: (Difference & { company: string })[] = []
    const bar = progress(json)
    for (const [done, { id, slug }] of companies.entries()) {
      bar.step(done, companies.length, slug)
      const differences = await inTransaction(db, { companyId: id }, (tx) => checkCompany(tx, id), {
        readOnly: true,
      })
      found.push(...differences.map((difference) => ({ company: slug, ...difference })))
    }
    bar.end()
    printRows(found, json, 'Everything is as the ledgers say.')
    if (found.length > 0) process.exitCode = exitCodes.refused
  })
}

async function chosen(db: Database, company: string | undefined): Promise<readonly CompanyName[]> {
  const all = await inTransaction(db, { companyId: null }, findAllCompanies, { readOnly: true })
  const wanted = all.filter(({ id, slug }) => company === undefined || company === slug || company === id)
  if (wanted.length > 0 || company === undefined) return wanted
  const known = all.map(({ slug }) => slug).join(', ')
  throw new Problem(404, 'unknown-company', `There is no company '${company}'. There are: ${known}.`)
}

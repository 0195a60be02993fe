import {
  type Membership,
  findAllCompanies,
  findMemberships,
  forgetPrincipals,
  isSignedIn,
} from '../identity/index.ts'
import type { Context } from '../kernel/context.ts'
import { newId } from '../kernel/ids.ts'
import { forbidden } from '../kernel/problem.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { slugFor } from './company-slug.ts'
import { type NewCompany, createCompany } from './create-company.ts'
import { enterCompany } from './enter-company.ts'

/**
 * Makes another company, whose owner is the one who makes it: an owner of any company may.
 * @returns the company as that person's list shows it.
 */
export async function addCompany(
  tx: Transaction,
  ctx: Context,
  input: Omit<NewCompany, 'slug' | 'owner'> & { readonly slug?: string | undefined },
): Promise<Membership> {
  const userId = ctx.actor.id
  if (ctx.actor.type !== 'user') {
    throw forbidden('An API key belongs to one company. A person makes another: sign in with a password.')
  }
  const [all, own] = await Promise.all([findAllCompanies(tx), findMemberships(tx, userId)])
  if (!own.some((company) => company.role === 'owner')) {
    throw forbidden('Only the owner of a company can make another one. Ask an owner to make it.')
  }
  const slug = input.slug ?? slugFor(input.name, new Set(all.map((company) => company.slug)))
  const companyId = newId()
  enterCompany(tx, companyId)
  const owner = { userId, email: isSignedIn(ctx.actor) ? ctx.actor.email : null }
  await createCompany(tx, companyId, ctx, { ...input, slug, owner })
  const made = (await findMemberships(tx, userId)).find((company) => company.id === companyId)
  enterCompany(tx, ctx.company.id)
  tx.afterCommit(forgetPrincipals)
  if (made === undefined) throw new Error('the new company is not among those of its owner')
  return made
}

import { difference, recordEvents } from '../journal/events.ts'
import type { Context } from '../kernel/context.ts'
import { refuseStale } from '../kernel/guards.ts'
import { conflict, notFound, ruleBroken } from '../kernel/problem.ts'
import { sql, statement } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { mergedFields } from './merged-fields.ts'
import { type PartyRow, partyColumns, selectParty } from './party-row.ts'
import { completeParty } from './party-rules.ts'
import type { PartyInput } from './schema.ts'
import { writeParty } from './write-parties.ts'

interface Pair {
  companyId: string
  id: string
  into: string
}

/** Both are locked, in one order whichever is merged into which. */
const lockPair = statement(
  'lock_parties_to_merge',
  partyColumns,
  (p: Pair) => sql`
    ${selectParty} from parties p where p.company_id = ${p.companyId} and p.id in (${p.id}, ${p.into}) order by p.id for update`,
)

const sameTaxNumber = statement(
  'same_tax_number',
  { same: 'bool' },
  (p: { one: string; other: string }) =>
    sql`select tax_number_key(${p.one}) = tax_number_key(${p.other}) as same`,
)

const setMerged = statement(
  'set_party_merged',
  {},
  (p: Pair) => sql`
    update parties set archived = true, merged_into = ${p.into}, version = version + 1
    where company_id = ${p.companyId} and id = ${p.id}`,
)

/** Those that were merged into it before go along: a link never leads to one that has moved on itself. */
const moveOlder = statement(
  'move_merged_parties',
  {},
  (p: Pair) => sql`
    update parties set merged_into = ${p.into}, version = version + 1
    where company_id = ${p.companyId} and merged_into = ${p.id}`,
)

export interface MergedParties {
  readonly duplicate: PartyRow
  readonly kept: PartyRow
  /** What of the duplicate the other lacked and has now. */
  readonly taken: ReturnType<typeof mergedFields>['taken']
}

/**
 * Archives a party as the duplicate of another, which takes over what it lacks. The documents are moved by whoever
 * calls this: they stand higher.
 * @throws 404; 412 when one of the two was changed; 409 when the other is archived; 422 for two tax numbers
 */
export async function mergeParty(
  tx: Transaction,
  ctx: Context,
  id: string,
  into: { readonly id: string; readonly version: number | null },
  ifMatch: number | null,
): Promise<MergedParties> {
  const p = { companyId: ctx.company.id, id, into: into.id }
  if (id === into.id) throw ruleBroken('same-party', '/into', 'Choose another party: this is the same one.')
  const rows = await tx.all(lockPair, p)
  const duplicate = rows.find((row) => row.id === id)
  const target = rows.find((row) => row.id === into.id)
  if (duplicate === undefined) throw notFound('party')
  if (target === undefined) throw ruleBroken('unknown-party', '/into', 'This party does not exist.')
  refuseStale(duplicate.version, ifMatch)
  refuseStale(target.version, into.version)
  if (target.archived)
    throw conflict('archived-party', `${target.name} is archived. Unarchive it first, or choose another.`)
  if (duplicate.mergedInto !== null && duplicate.mergedInto !== into.id)
    throw conflict('merged', `${duplicate.name} was merged into another party already.`)
  if (duplicate.taxNumber !== null && target.taxNumber !== null) {
    const { same } = await tx.one(sameTaxNumber, { one: duplicate.taxNumber, other: target.taxNumber })
    if (!same)
      throw ruleBroken(
        'two-tax-numbers',
        '/into',
        `${duplicate.name} has the tax number ${duplicate.taxNumber}, ${target.name} has ${target.taxNumber}: these are two. Correct the wrong one first.`,
      )
  }
  const before = fieldsOf(target)
  const { after, taken } = mergedFields(before, fieldsOf(duplicate))
  tx.write(setMerged, p)
  tx.write(moveOlder, p)
  writeParty(tx, ctx, into.id, after)
  recordEvents(tx, ctx, [
    {
      type: 'party.merged',
      objectKind: 'party',
      objectId: id,
      before: { archived: duplicate.archived },
      after: { archived: true, mergedInto: into.id, name: target.name },
    },
    {
      type: 'party.changed',
      objectKind: 'party',
      objectId: into.id,
      ...difference(before, after),
      reason: `${duplicate.name} was merged into it.`,
    },
  ])
  return { duplicate, kept: target, taken }
}

function fieldsOf(row: PartyRow) {
  const { id: _id, archived: _a, mergedInto: _m, version: _v, createdAt: _c, ...fields } = row
  return completeParty(fields as PartyInput, '')
}

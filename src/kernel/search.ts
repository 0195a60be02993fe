import { escapeLike, fold } from './fold.ts'
import type { Sort } from './keyset.ts'
import { type Sql, empty, join, sql, statement } from './sql.ts'
import type { Transaction } from './transaction.ts'

/**
 * Search without accents, and with them (S40): every word of the question must occur in the row, whatever
 * its case and accents. Rows where it occurs exactly as it is spelled come first.
 */

/**
 * What a table keeps in its `search` column: the folded text and, on a second line, the spelling where it
 * differs. One trigram index serves both.
 */
export function searchText(parts: readonly (string | null | undefined)[]): string {
  const text = parts.filter((part) => part != null && part !== '').join(' ')
  const folded = fold(text)
  const spelled = spell(text)
  return folded === spelled ? folded : `${folded}\n${spelled}`
}

/** The spelling, with accents. Case and the composition of letters are gone. */
function spell(text: string): string {
  return text.normalize('NFC').toLowerCase().replace(/\s+/g, ' ').trim()
}

/** LIKE patterns of the folded words of a question, all of which must occur in a `search` column. */
export function searchPatterns(q: string): string[] {
  return words(fold(q)).map(anywhere)
}

function words(text: string): string[] {
  return [...new Set(text.split(' ').filter((word) => word !== ''))]
}

/** How a list answers a question. */
export interface Search {
  /** `and …`, or nothing when nothing is asked. */
  readonly filter: Sql
  /** Adds `relevance`, exact spelling first; give them to the list's Keyset. */
  readonly sorts: Readonly<Record<string, Sort>>
  /** The sort when none is asked for, of the list's sorts or `relevance`; null: the list's own. */
  readonly fallback: string | null
}

const everything: Search = { filter: empty, sorts: {}, fallback: null }

/** For tables of hundreds of rows, such as taxes and warehouses: looks at each of them. */
export function searchIn(q: string | undefined, search: Sql, name: Sql): Search {
  const patterns = searchPatterns(q ?? '')
  if (patterns.length === 0) return everything
  return {
    filter: sql`and ${each(search, patterns)}`,
    sorts: { relevance: relevance(q!, search, name) },
    fallback: 'relevance',
  }
}

/**
 * Up to this many hits are ranked; they are found by the trigram index. More hits lie so dense that a page
 * of them is found soonest by walking along the ids, the newest first. Not along the names: what is asked
 * for often stands at the beginning of names, so that all hits would lie far down (of a million products,
 * 2,300 ms instead of 10).
 */
const mostRanked = 2000

const findHits = statement(
  'search_ids',
  { ids: 'uuid[]?' },
  (p: { table: string; companyId: string; patterns: string[] }) =>
    sql`select search_ids(${p.table}::text::regclass, ${p.companyId}::uuid, ${p.patterns}::text[], ${mostRanked + 1}::integer) as ids`,
)

/** For tables of any size whose `search` column has a trigram index. Costs a round trip when something is asked. */
export async function searchBig(
  tx: Transaction,
  table: string,
  companyId: string,
  q: string | undefined,
  columns: { id: Sql; search: Sql; name: Sql },
): Promise<Search> {
  const patterns = searchPatterns(q ?? '')
  if (patterns.length === 0) return everything
  const { ids } = await tx.one(findHits, { table, companyId, patterns })
  const sorts = { relevance: relevance(q!, columns.search, columns.name) }
  if (ids !== null && ids.length <= mostRanked) {
    return { filter: sql`and ${columns.id} = any(${ids}::uuid[])`, sorts, fallback: 'relevance' }
  }
  // A question without accents is spelled exactly by nearly all of its hits: there is nothing to rank.
  const plain = fold(q!) === spell(q!)
  return { filter: dense(each(columns.search, patterns)), sorts, fallback: plain ? '-id' : 'relevance' }
}

/**
 * A condition that the planner takes for half of the rows. Behind row-level security it may not look at its
 * statistics of LIKE, expects a handful of hits and reads the whole table to find and sort them.
 */
function dense(condition: Sql): Sql {
  return sql`and case when ${condition} then true else false end`
}

function anywhere(word: string): string {
  return `%${escapeLike(word)}%`
}

function each(column: Sql, patterns: readonly string[]): Sql {
  return join(
    patterns.map((pattern) => sql`${column} like ${pattern}`),
    ' and ',
  )
}

/** LIKE patterns of the words of a question as they are spelled, for `asSpelled`. */
export function spelledPatterns(q: string): string[] {
  return words(spell(q)).map(anywhere)
}

/** Whether all words occur in a `search` column exactly as they are spelled: such rows come first. */
export function asSpelled(search: Sql, patterns: readonly string[]): Sql {
  return sql`split_part(${search}, E'\n', -1) like all(${patterns}::text[])`
}

function relevance(q: string, search: Sql, name: Sql): Sort {
  const exact = asSpelled(search, spelledPatterns(q))
  return { column: sql`(case when ${exact} then '0' else '1' end || ${name})`, type: 'text', notNull: true }
}

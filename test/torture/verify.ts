import { checkCompany } from '../../src/check.ts'
import { openDatabase } from '../../src/database/index.ts'
import { inTransaction } from '../../src/kernel/transaction.ts'
import { query } from '../platform/processes.ts'
import type { Entry, Journal } from './journal.ts'
import { type Server, cents } from './person.ts'

/** Compares what the clients were told with what the server has. Nobody else may write meanwhile. */
export async function differences(
  journal: Journal,
  server: Server,
  ownerUrl: string,
  companyId: string,
  repeat: readonly Entry[],
): Promise<string[]> {
  const found = await Promise.all([
    documents(journal, ownerUrl),
    keys(journal, ownerUrl),
    history(journal, ownerUrl),
    money(journal, ownerUrl),
    goods(journal, ownerUrl),
    gaps(ownerUrl),
    repeats(server, repeat),
    ledgers(ownerUrl, companyId),
  ])
  return [...journal.faults, ...found.flat()]
}

/** Each document that was acknowledged is there once, as it was answered last, and no other is. */
async function documents(journal: Journal, ownerUrl: string): Promise<string[]> {
  const rows = await query(
    ownerUrl,
    `select id, kind, state, number from orders union all select id, kind, state, number from shipments
     union all select id, kind, state, number from invoices
     union all select id, 'payment', state, number from payments
     union all select id, 'stock-reservation', state, number from stock_reservations`,
  )
  const found: string[] = []
  const there = new Map(rows.map((row) => [String(row['id']), row]))
  for (const [id, known] of journal.documents) {
    const row = there.get(id)
    if (row === undefined) found.push(`${known.kind} ${id} was acknowledged and is gone`)
    else if (row['state'] !== known.state || row['number'] !== known.number || row['kind'] !== known.kind)
      found.push(`${known.kind} ${id} was ${JSON.stringify(known)} and is ${JSON.stringify(row)}`)
  }
  for (const [id, row] of there)
    if (!journal.documents.has(id))
      found.push(`${String(row['kind'])} ${id} is there, and nobody was told of it`)
  return found
}

/** A key is kept of what was done, and of nothing else. */
async function keys(journal: Journal, ownerUrl: string): Promise<string[]> {
  const rows = await query(ownerUrl, `select key from idempotency_keys where key like 'torture-%'`)
  const kept = new Set(rows.map((row) => String(row['key'])))
  const done = journal.acknowledged
  const found = done
    .filter(({ key }) => !kept.has(key))
    .map(({ path, key }) => `key ${key} of ${path} is lost`)
  for (const { key, path, text } of journal.refused)
    if (kept.has(key)) found.push(`${path} was refused and is done: ${text}`)
  if (kept.size !== done.length) found.push(`${kept.size} keys are kept, ${done.length} requests were done`)
  return found
}

/** The audit trail tells of each action once. */
async function history(journal: Journal, ownerUrl: string): Promise<string[]> {
  const once = ['created', 'confirmed', 'posted', 'released']
    .map((verb) => `type like '%.${verb}'`)
    .join(' or ')
  const twice = await query(
    ownerUrl,
    `select type, object_id, count(*)::int as times from events where ${once} group by 1, 2 having count(*) > 1`,
  )
  const rows = await query(ownerUrl, `select type, object_id from events where ${once}`)
  const told = new Set(rows.map((row) => `${String(row['type'])} ${String(row['object_id'])}`))
  const found = twice.map((row) => `the audit trail tells ${JSON.stringify(row)}`)
  for (const { path } of journal.acknowledged) {
    const [, , id, action] = path.split('/')
    const verb = { confirm: 'confirmed', post: 'posted', release: 'released' }[action ?? '']
    if (verb === undefined) continue
    const event = `${path.split('/')[1]!.replace(/s$/, '')}.${verb} ${id}`
    if (!told.has(event)) found.push(`the audit trail does not tell of ${event}`)
  }
  return found
}

/** Each payment counts once. */
async function money(journal: Journal, ownerUrl: string): Promise<string[]> {
  const rows = await query(
    ownerUrl,
    `select i.id, i.gross::text as gross, coalesce(sum(s.claim_amount), 0)::text as paid
     from invoices i
     left join settlements s on s.company_id = i.company_id and s.claim_invoice_id = i.id and s.by_payment_id is not null
     where i.kind in ('invoice', 'bill') group by i.company_id, i.id, i.gross`,
  )
  const found: string[] = []
  for (const row of rows) {
    const account = journal.invoices.get(String(row['id']))
    const [gross, paid] = [cents(String(row['gross'])), cents(String(row['paid']))]
    if (account !== undefined && (account.gross !== gross || account.paid !== paid))
      found.push(
        `invoice ${String(row['id'])}: ${JSON.stringify(account)} acknowledged, ${gross} and ${paid} there`,
      )
  }
  return found
}

/** Each piece moved once. */
async function goods(journal: Journal, ownerUrl: string): Promise<string[]> {
  const rows = await query(
    ownerUrl,
    `select product_id, sum(on_hand)::text as pieces from stock_levels group by product_id`,
  )
  const there = new Map(rows.map((row) => [String(row['product_id']), Number(row['pieces'])]))
  return [...journal.pieces]
    .filter(([id, pieces]) => there.get(id) !== pieces)
    .map(([id, pieces]) => `product ${id}: ${pieces} pieces acknowledged, ${there.get(id)} there`)
}

/** Numbers without gap or repeat. */
async function gaps(ownerUrl: string): Promise<string[]> {
  const rows = await query(
    ownerUrl,
    `select kind, count(*)::int as count, count(distinct number)::int as different,
            max(substring(number from '\\d+$')::int) as last
     from invoices where number is not null group by kind`,
  )
  return rows
    .filter((row) => row['count'] !== row['last'] || row['different'] !== row['last'])
    .map((row) => `numbers: ${JSON.stringify(row)}`)
}

/** A repeat gets the first answer, byte by byte, and does nothing. */
async function repeats(server: Server, entries: readonly Entry[]): Promise<string[]> {
  const found: string[] = []
  const rest = [...entries]
  const repeatOne = async (): Promise<void> => {
    for (let entry = rest.pop(); entry !== undefined; entry = rest.pop()) {
      const answer = await fetch(`${server.base}/api/v1${entry.path}`, {
        method: 'POST',
        headers: { ...server.headers, 'content-type': 'application/json', 'idempotency-key': entry.key },
        ...(entry.body !== undefined && { body: JSON.stringify(entry.body) }),
      })
      const text = await answer.text()
      const again = answer.headers.get('idempotency-replayed') === 'true'
      if (answer.status !== entry.status || text !== entry.text || !again)
        found.push(
          `${entry.path} was answered ${entry.status} and, repeated, ${answer.status}: ${text.slice(0, 300)}`,
        )
    }
  }
  await Promise.all(Array.from({ length: 8 }, repeatOne))
  return found
}

/** `zapas check`. */
async function ledgers(ownerUrl: string, companyId: string): Promise<string[]> {
  const db = openDatabase(ownerUrl, { max: 1 })
  try {
    const found = await inTransaction(db, { companyId }, (tx) => checkCompany(tx, companyId), {
      readOnly: true,
    })
    return found.map((difference) => `zapas check: ${JSON.stringify(difference)}`)
  } finally {
    await db.end()
  }
}

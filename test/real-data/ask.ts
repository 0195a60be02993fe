import type { TestApp } from '../support/test-app.ts'

export type Answer = Readonly<Record<string, string>>

/**
 * Asks the database itself, as the owner who sees everything: every sum is made there, exactly. Nothing is
 * answered as an empty text.
 */
export async function ask(app: TestApp, text: string): Promise<Answer[]> {
  const { rows } = await app.ownerDb.query<Record<string, string | number | null>>(text)
  return rows.map((row) =>
    Object.fromEntries(Object.entries(row).map(([key, value]) => [key, value === null ? '' : `${value}`])),
  )
}

/** The only row of an answer. */
export async function askOne(app: TestApp, text: string): Promise<Answer> {
  const rows = await ask(app, text)
  if (rows.length !== 1) throw new Error(`one row expected, ${rows.length} found`)
  return rows[0]!
}

/** Two columns of an answer as names and values. */
export async function askMap(app: TestApp, text: string): Promise<Map<string, string>> {
  const rows = await ask(app, text)
  return new Map(rows.map((row) => [row['key']!, row['value']!]))
}

/** Columns of an answer whose rows have a `key`, as one map: 'key column' to value. */
export async function askTable(
  app: TestApp,
  columns: readonly string[],
  text: string,
): Promise<Map<string, string>> {
  const rows = await ask(app, text)
  return new Map(
    rows.flatMap((row) =>
      columns.map((column): [string, string] => [`${row['key']} ${column}`, row[column] ?? '']),
    ),
  )
}

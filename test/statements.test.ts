import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { snake } from '../src/kernel/sql.ts'
import { type StatementText, allStatements } from './support/all-statements.ts'
import { type TestDatabase, copyDatabase } from './support/databases.ts'
import { type Described, describeStatement } from './support/describe-statement.ts'

/**
 * Every statement that the program has is put before PostgreSQL, on the migrated database, and what it
 * says of the answer's columns is compared with what the code declares.
 */

let database: TestDatabase
let client: Client
let nullable: Set<string>
let statements: readonly StatementText[]

beforeAll(async () => {
  statements = await allStatements()
  database = await copyDatabase()
  client = new Client({ connectionString: database.ownerUrl })
  await client.connect()
  const columns = await client.query<{ place: string }>(
    `select attrelid || '.' || attnum as place from pg_attribute join pg_class on pg_class.oid = attrelid
      where relkind in ('r', 'p') and attnum > 0 and not attnotnull`,
  )
  nullable = new Set(columns.rows.map((row) => row.place))
})
afterAll(async () => {
  await client.end()
  await database.drop()
})

describe('statements', () => {
  it('are found', () => {
    expect(statements.length).toBeGreaterThan(30)
  })

  it('have names of their own, which fit', () => {
    const names = statements.map((statement) => statement.name)
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([])
    expect(names.filter((name) => Buffer.byteLength(name) > 63)).toEqual([])
  })

  it('answer the columns that they declare', async () => {
    const faults: string[] = []
    for (const statement of statements) {
      for (const fault of await faultsOf(statement)) faults.push(`${statement.name}: ${fault}`)
    }
    expect(faults).toEqual([])
  })
})

async function faultsOf(statement: StatementText): Promise<string[]> {
  let described: readonly Described[]
  try {
    described = await describeStatement(client, statement.text)
  } catch (error) {
    return [(error as Error).message]
  }
  const declared = Object.entries(statement.columns)
  if (declared.length !== described.length)
    return [
      `declares ${declared.length} columns, answers ${described.map((column) => column.name).join(', ')}`,
    ]
  return declared.flatMap(([key, type], i) => faultsOfColumn(key, type, described[i]!))
}

function faultsOfColumn(key: string, declaredType: string, column: Described): string[] {
  const faults: string[] = []
  if (column.name !== snake(key) && column.name !== key)
    faults.push(`column ${key} is called ${column.name} in the statement; write: as ${snake(key)}`)
  const type = declaredType.replace('?', '')
  if (!typesOf[type]?.includes(column.typeId))
    faults.push(`column ${key} is declared ${type} and has the type with oid ${column.typeId}`)
  const mayBeNull = declaredType.endsWith('?') || type === 'json'
  if (!mayBeNull && nullable.has(`${column.tableId}.${column.columnId}`))
    faults.push(`column ${key} may be null in its table; declare it ${type}?`)
  return faults
}

/** The oids of built-in types, which never change. */
const typesOf: Readonly<Record<string, readonly number[]>> = {
  uuid: [2950],
  text: [25, 1043, 19],
  bool: [16],
  int: [23, 21],
  bigint: [20],
  numeric: [1700],
  date: [1082],
  timestamptz: [1184],
  'text[]': [1009],
  'uuid[]': [2951],
  json: [114, 3802],
}

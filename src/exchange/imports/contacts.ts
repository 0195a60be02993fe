import { strictSchema } from '../../http/strict-schema.ts'
import { Check } from '../../http/validation.ts'
import { difference } from '../../journal/events.ts'
import {
  PartyBody,
  type PartyInput,
  type PartyRow,
  changeParty,
  completeParty,
  createParties,
  findPartiesByCodeOrName,
} from '../../parties/index.ts'
import { partiesOf, partyField, textOf } from './documents.ts'
import type { Field, ImportRow, Importer, Outcome } from './importer.ts'
import { asFaults, forRecord } from './records.ts'

const fields: readonly Field[] = [
  {
    ...partyField,
    required: false,
    description: 'Code or name of whom the person belongs to. Empty: the person is a customer.',
  },
  { name: 'firstName', title: 'First name', type: 'text', names: ['Given name', 'Imię'] },
  {
    name: 'name',
    title: 'Name',
    type: 'text',
    required: true,
    names: ['Last name', 'Full name', 'Contact', 'Contact name', 'Nazwisko'],
    description: 'The last name, where the first name has a column of its own.',
  },
  { name: 'role', title: 'Role', type: 'text', names: ['Title', 'Position', 'Department', 'Stanowisko'] },
  { name: 'email', title: 'E-mail', type: 'text', names: ['Email', 'Primary email', 'E-mail address'] },
  { name: 'phone', title: 'Phone', type: 'text', names: ['Office phone', 'Mobile', 'Telephone', 'Telefon'] },
]
const check = new Check(strictSchema(PartyBody), 'body')

interface Person {
  readonly index: number
  readonly name: string
  readonly said: {
    readonly role?: string | null
    readonly email?: string | null
    readonly phone?: string | null
  }
}

/** People of customers and vendors, known by their name there. */
export const contactImporter: Importer = {
  what: 'contacts',
  title: 'contacts',
  permission: 'parties:write',
  fields,
  key: ['party', 'firstName', 'name', 'email'],
  async save(tx, ctx, records) {
    const rows = records.map((record) => record.rows[0])
    const [partyOf, alone] = await Promise.all([
      partiesOf(tx, ctx.company.id, rows),
      findPartiesByCodeOrName(
        tx,
        ctx.company.id,
        [],
        rows.filter((row) => textOf(row, 'party') === null).map(fullName),
      ),
    ])
    const outcomes: Outcome[] = []
    const byParty = new Map<PartyRow, Person[]>()
    const created: { index: number; input: PartyInput }[] = []
    for (const [index, row] of rows.entries()) {
      const name = fullName(row)
      const said = Object.fromEntries(
        ['role', 'email', 'phone']
          .filter((each) => each in row.values)
          .map((each) => [each, textOf(row, each)]),
      )
      const problems = check.faults({ name, roles: ['customer'], contacts: [{ name, ...said }] })
      if (problems.length > 0) {
        const here = problems.map((each) => ({
          ...each,
          pointer: each.pointer.replace(/^\/contacts\/0/, ''),
        }))
        outcomes[index] = { faults: asFaults(row, here) }
        continue
      }
      if (textOf(row, 'party') === null) {
        const known = alone.find((party) => party.name === name && party.type === 'person')
        const { email = null, phone = null } = said
        if (known === undefined)
          created.push({ index, input: { name, type: 'person', roles: ['customer'], email, phone } })
        outcomes[index] = known === undefined ? 'new' : 'same'
        continue
      }
      const found = partyOf(row)
      if ('faults' in found) outcomes[index] = found
      else byParty.set(found.found, [...(byParty.get(found.found) ?? []), { index, name, said }])
    }
    const writes = [...byParty].flatMap(([party, people]) => {
      const { contacts, here } = mixedIn(party, people)
      for (const [index, outcome] of here) outcomes[index] = outcome
      if (here.every(([, outcome]) => outcome === 'same')) return []
      return [forRecord(people[0]!.index, () => changeParty(tx, ctx, party.id, { contacts }, null))]
    })
    createParties(
      tx,
      ctx,
      created.map(({ input }) => input),
      (i) => `/${created[i]!.index}`,
    )
    await Promise.all(writes)
    return outcomes
  },
}

function fullName(row: ImportRow): string {
  return [textOf(row, 'firstName'), textOf(row, 'name')].filter((part) => part !== null).join(' ')
}

/** Two people of one name are told apart by their address; one alone may have got another. */
function placeOf(
  contacts: readonly { readonly name: string; readonly email: string | null }[],
  name: string,
  email: string | null | undefined,
): number {
  const named = contacts.filter((contact) => contact.name === name)
  const found =
    named.find((contact) => contact.email === email) ?? (named.length === 1 ? named[0] : undefined)
  return found === undefined ? -1 : contacts.indexOf(found)
}

/** The contacts of a party with those of the file, and what became of each of these. */
function mixedIn(party: PartyRow, people: readonly Person[]) {
  const before = completeParty(party as unknown as PartyInput, '').contacts
  const contacts = [...before]
  const here = people.map(({ index, name, said }): [number, Outcome] => {
    const at = placeOf(contacts, name, said.email)
    const was = contacts[at]
    const is = { ...(was ?? { email: null, phone: null, role: null, purposes: [] }), name, ...said }
    if (was === undefined) {
      contacts.push(is)
      return [index, 'new']
    }
    contacts[at] = is
    return [index, Object.keys(difference(was, is).after).length === 0 ? 'same' : 'changed']
  })
  return {
    contacts: contacts.map((contact) => ({ ...contact })) as NonNullable<PartyInput['contacts']>,
    here,
  }
}

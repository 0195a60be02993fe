import { expect, it } from 'vitest'
import { listQueries } from './query.ts'

const said = (message: string) => ({ id: message, message })

it('a choice asks for what it says, else for its value', () => {
  const asked = (state: string) =>
    listQueries(
      {
        filters: [
          {
            id: 'state',
            label: said('Status'),
            type: 'choice',
            choices: [
              { value: 'draft', label: said('Draft') },
              { value: 'posted', label: said('Received'), query: { state: 'posted', inTransit: 'false' } },
            ],
          },
        ],
      },
      { values: { state }, q: '', sort: '' },
      () => '2026-11-30',
    ).filters
  expect(asked('draft')).toEqual({ state: 'draft' })
  expect(asked('posted')).toEqual({ state: 'posted', inTransit: 'false' })
  // An address may hold a value that is no choice.
  expect(asked('other')).toEqual({ state: 'other' })
})

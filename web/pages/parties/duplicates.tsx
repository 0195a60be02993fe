import { Trans } from '@lingui/react/macro'
import { Alert, Anchor, List } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { fold } from '../../../src/kernel/fold.ts'
import { type OneOf, listQuery } from '../../api/index.ts'
import { inCompany } from '../../patterns/index.ts'
import type { PartyValues } from './form.ts'

type Party = OneOf<'parties'>

/** Milliseconds of rest after a key until it is asked. */
const rest = 400
/** As many are named. */
const most = 3

/** Whether two names may be of one: the same but for case and accents, or one goes on where the other ends. Pure. */
export function alike(one: string, other: string): boolean {
  const [a, b] = [fold(one), fold(other)]
  if (a.length < 4 || b.length < 4) return a !== '' && a === b
  return a.startsWith(b) || b.startsWith(a)
}

/** While a new party is typed: those that may be it, by tax number first. */
export function Duplicates({ name, taxNumber }: Pick<PartyValues, 'name' | 'taxNumber'>) {
  const [asked] = useDebouncedValue(name.trim(), rest)
  const [number] = useDebouncedValue(taxNumber.trim(), rest)
  const byNumber = useQuery({
    ...listQuery('parties', { taxNumber: number, archived: 'all', limit: most }),
    enabled: number.length >= 5,
  })
  const byName = useQuery({ ...listQuery('parties', { q: asked, limit: 10 }), enabled: asked.length >= 3 })
  const found = new Map<string, Party>()
  if (number.length >= 5) for (const party of byNumber.data?.items ?? []) found.set(party.id, party)
  if (asked.length >= 3)
    for (const party of byName.data?.items ?? []) if (alike(party.name, asked)) found.set(party.id, party)
  const shown = [...found.values()].slice(0, most)
  return (
    <div role="status">
      {shown.length > 0 && (
        <Alert color="yellow" title={<Trans>Perhaps it is there already</Trans>}>
          <List size="sm">
            {shown.map((party) => (
              <List.Item key={party.id}>
                <Anchor
                  href={inCompany(`/parties/${party.id}`)}
                  target="_blank"
                  inherit
                  c="var(--mantine-color-text)"
                  underline="always"
                >
                  {[party.name, party.taxNumber, party.addresses[0]?.city].filter(Boolean).join(', ')}
                </Anchor>
                {party.archived && (
                  <>
                    {' '}
                    <Trans>(archived)</Trans>
                  </>
                )}
              </List.Item>
            ))}
          </List>
        </Alert>
      )}
    </div>
  )
}

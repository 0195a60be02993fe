import { Trans, useLingui } from '@lingui/react/macro'
import { Button, Group, Modal, Radio, Table, Text } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useReturnFocus } from '../ui/use-return-focus.ts'
import { type Difference, type Side, compare, merge, proposal } from './compare.ts'

type Fields = Readonly<Record<string, unknown>>

interface Props<Value extends Fields> {
  /** As it was opened, as it is typed here, as somebody else saved it; null: nothing to compare. */
  readonly versions: { readonly base: Fields; readonly mine: Value; readonly theirs: Fields } | null
  /** Fields that are compared; `lines` are matched by id. */
  readonly fields: readonly string[]
  readonly nameOf: (field: readonly string[]) => string
  readonly show: (field: readonly string[], value: unknown) => ReactNode
  /** Who changed it and when, in one sentence, if known. */
  readonly told?: ReactNode
  /** What was put together; it still has to be saved, on their version. */
  readonly onMerged: (value: Value) => void
  readonly onClose: () => void
}

/** After a 412: field by field, keep mine or take theirs. */
export function CompareDialog<Value extends Fields>(props: Props<Value>) {
  const { versions } = props
  return versions === null ? null : <Comparison {...props} versions={versions} />
}

function Comparison<Value extends Fields>({
  versions,
  fields,
  nameOf,
  show,
  told,
  onMerged,
  onClose,
}: Props<Value> & { readonly versions: NonNullable<Props<Value>['versions']> }) {
  const { t } = useLingui()
  const [chosen, setChosen] = useState<Readonly<Record<string, Side>>>({})
  useReturnFocus()
  const { base, mine, theirs } = versions
  const found = compare(base, mine, theirs, fields)
  const sideOf = (each: Difference): Side => chosen[each.field.join(' ')] ?? proposal(base, each)
  const apply = () =>
    onMerged(
      merge(
        mine,
        found.map((difference) => ({ difference, side: sideOf(difference) })),
      ),
    )
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={t`Changed by somebody else meanwhile`}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      <Text size="sm" mb="sm">
        {told ?? <Trans>Somebody saved this document while you were editing it.</Trans>}{' '}
        {found.length === 0 ? (
          <Trans>Nothing of what you changed is concerned.</Trans>
        ) : (
          <Trans>Choose what is to stand, then save again.</Trans>
        )}
      </Text>
      {found.length > 0 && (
        <Table.ScrollContainer minWidth={480}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>
                  <Trans>Field</Trans>
                </Table.Th>
                <Table.Th>
                  <Trans>Keep mine</Trans>
                </Table.Th>
                <Table.Th>
                  <Trans>Take theirs</Trans>
                </Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {found.map((each) => {
                const id = each.field.join(' ')
                return (
                  <Table.Tr key={id}>
                    <Table.Td>{nameOf(each.field)}</Table.Td>
                    {(['mine', 'theirs'] as const).map((side) => (
                      <Table.Td key={side}>
                        <Radio
                          name={id}
                          checked={sideOf(each) === side}
                          onChange={() => setChosen({ ...chosen, [id]: side })}
                          label={
                            each[side] === undefined ? <Trans>Removed</Trans> : show(each.field, each[side])
                          }
                        />
                      </Table.Td>
                    ))}
                  </Table.Tr>
                )
              })}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>
          <Trans>Back</Trans>
        </Button>
        <Button onClick={apply} data-autofocus>
          <Trans>Apply</Trans>
        </Button>
      </Group>
    </Modal>
  )
}

import { Trans } from '@lingui/react/macro'
import { Skeleton, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './why-sum.module.css'

interface Props {
  readonly title: ReactNode
  readonly total: string
  readonly rows: readonly { readonly key: string; readonly label: ReactNode; readonly figure: string }[]
}

/** What a figure of stock consists of: its parts, and what they come to. */
export function WhySum({ title, total, rows }: Props) {
  return (
    <>
      <h3 className={classes.title}>
        {title}
        <span>{total}</span>
      </h3>
      {rows.length === 0 ? (
        <Text size="sm">
          <Trans>Nothing yet.</Trans>
        </Text>
      ) : (
        <table className={classes.reasons}>
          <tbody>
            {rows.map(({ key, label, figure }) => (
              <tr key={key}>
                <th scope="row">{label}</th>
                <td>{figure}</td>
              </tr>
            ))}
            <tr className={classes.sum}>
              <th scope="row">
                <Trans>Together</Trans>
              </th>
              <td>{total}</td>
            </tr>
          </tbody>
        </table>
      )}
    </>
  )
}

/** Until the parts are there. */
export function WhyLoading() {
  return (
    <>
      <Skeleton height={12} width="90%" />
      <Skeleton height={12} width="70%" mt={10} />
      <Skeleton height={12} width="80%" mt={10} />
    </>
  )
}

import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import type { AnyKind } from '../../../src/kinds.ts'
import { chainQuery } from '../../api/index.ts'
import { useFormat } from '../../ui/format.ts'
import { kindWords } from '../../ui/kinds.ts'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { lifecycleStatus } from '../../ui/status.ts'
import { PageLink, documentHref, inCompany } from '../links.tsx'
import { useCarried } from './carried.ts'
import { type Placed, type PlacedEdge, layOut, nodeHeight, nodeWidth } from './chain-layout.ts'
import { type Branch, treeOf } from './chain-tree.ts'
import edgeClasses from './chain-edges.module.css'
import classes from './document.module.css'

/** The chain as a picture; its twin for keys and screen readers is `ChainList`. */
export function ChainPicture({ id }: { readonly id: string }) {
  const { t } = useLingui()
  const { data } = useQuery(chainQuery(id))
  const [unfolded, setUnfolded] = useState<ReadonlySet<AnyKind>>(new Set())
  /** A document or an edge that the pointer is on. */
  const [pointed, setPointed] = useState<string | null>(null)
  const layout = useMemo(() => (data === undefined ? null : layOut(data, id, unfolded)), [data, id, unfolded])
  if (layout === null) return <Skeleton height={nodeHeight} width="60%" />
  if (layout.placed.length < 2) return null
  const edge = 4
  return (
    <section aria-label={t`Chain of documents`}>
      <h2 className={classes.sectionTitle}>
        <Trans>Chain</Trans>
      </h2>
      <div className={classes.chainScroll} aria-hidden>
        <svg
          width={layout.width + 2 * edge}
          height={layout.height + 2 * edge}
          viewBox={`${-edge} ${-edge} ${layout.width + 2 * edge} ${layout.height + 2 * edge}`}
          className={classes.chain}
        >
          {layout.edges.map((each) => (
            <g
              key={each.path}
              className={edgeClasses.edge}
              onPointerEnter={() => setPointed(each.path)}
              onPointerLeave={() => setPointed(null)}
            >
              <path d={each.path} data-near={each.near || undefined} />
              <path d={each.path} className={edgeClasses.reach} data-edge />
            </g>
          ))}
          {layout.placed.map((each) => (
            <PlacedNode
              key={each.type === 'node' ? each.node.id : each.kind}
              placed={each}
              self={id}
              onUnfold={(kind) => setUnfolded((old) => new Set(old).add(kind))}
              onPoint={setPointed}
            />
          ))}
          {labelsOf(layout.edges, pointed).map(([first, ...others]) => (
            <EdgeLabel key={first!.path} edges={[first!, ...others]} width={layout.width} />
          ))}
        </svg>
      </div>
    </section>
  )
}

interface PlacedProps {
  readonly placed: Placed
  readonly self: string
  readonly onUnfold: (kind: AnyKind) => void
  readonly onPoint: (id: string | null) => void
}

/** In pixels, as wide as most figures and letters of its size are. */
const letterWidth = 6.6

/** Edges that are told of, by the place where: that under the pointer, or all of the document under it. */
function labelsOf(edges: readonly PlacedEdge[], pointed: string | null): readonly (readonly PlacedEdge[])[] {
  const told = edges.filter(
    ({ path, carries }) =>
      pointed === path || carries.some(({ from, to }) => [from, to].includes(pointed ?? '')),
  )
  return [...Map.groupBy(told, ({ x, y }) => `${x} ${y}`).values()]
}

interface LabelProps {
  /** All of one place. */
  readonly edges: readonly [PlacedEdge, ...PlacedEdge[]]
  readonly width: number
}

/** What went along edges, above everything else; it never stands beyond the picture. */
function EdgeLabel({ edges, width }: LabelProps) {
  const carried = useCarried()
  const [edge] = edges
  const text = carried(edges.flatMap(({ carries }) => carries))
  if (text === '') return null
  const room = text.length * letterWidth + 12
  const x = Math.min(Math.max(edge.x - room / 2, 0), Math.max(width - room, 0))
  return (
    <g transform={`translate(${x} ${edge.y - 10})`} className={edgeClasses.label} data-edge-label>
      <rect width={room} height={20} rx={4} />
      <text x={room / 2} y={14} textAnchor="middle">
        {text}
      </text>
    </g>
  )
}

function PlacedNode({ placed, self, onUnfold, onPoint }: PlacedProps) {
  const { i18n } = useLingui()
  const navigate = useNavigate()
  const format = useFormat()
  const { x, y } = placed
  if (placed.type === 'fold')
    return (
      <g transform={`translate(${x} ${y})`} className={classes.node} onClick={() => onUnfold(placed.kind)}>
        <rect width={nodeWidth} height={nodeHeight} rx={6} data-folded />
        <text x={10} y={28}>
          + {placed.count} · {i18n._(kindWords[placed.kind].many)}
        </text>
      </g>
    )
  const { node } = placed
  const tone = lifecycleStatus(node.kind, node.state)?.tone ?? 'neutral'
  const ended = node.state === 'cancelled' || node.state === 'reversed'
  const href = inCompany(documentHref(node.kind, node.id))
  const amount =
    node.amount !== null && node.currency !== null
      ? format.money(node.amount, node.currency, 'currency')
      : null
  return (
    <a
      href={href}
      tabIndex={-1}
      className={classes.node}
      onPointerEnter={() => onPoint(node.id)}
      onPointerLeave={() => onPoint(null)}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return
        event.preventDefault()
        void navigate({ to: href })
      }}
    >
      <title>
        {[i18n._(kindWords[node.kind].one), node.number, format.date(node.date), amount]
          .filter(Boolean)
          .join(' · ')}
      </title>
      <g transform={`translate(${x} ${y})`}>
        <rect
          width={nodeWidth}
          height={nodeHeight}
          rx={6}
          data-tone={tone}
          data-self={node.id === self || undefined}
          data-draft={node.state === 'draft' || undefined}
        />
        <rect
          x={0.5}
          y={8}
          width={3}
          height={nodeHeight - 16}
          rx={1.5}
          className={classes.mark}
          data-tone={tone}
        />
        <text x={12} y={19} className={classes.nodeNumber} data-ended={ended || undefined}>
          {node.number ?? i18n._(kindWords[node.kind].one)}
        </text>
        <text x={12} y={36} className={classes.nodeDetail}>
          {amount ?? format.date(node.date)}
        </text>
      </g>
    </a>
  )
}

/** The chain as a nested list: sources, then this document, then what was made from each. */
export function ChainList({ id }: { readonly id: string }) {
  const { t } = useLingui()
  const { data } = useQuery(chainQuery(id))
  const roots = useMemo(() => (data === undefined ? [] : treeOf(data)), [data])
  if (data === undefined) return <Skeleton height={60} />
  return (
    <section aria-label={t`Related documents`}>
      <h2 className={classes.sectionTitle}>
        <Trans>Related documents</Trans>
      </h2>
      {data.nodes.length < 2 ? (
        <p className={classes.quiet}>
          <Trans>None yet.</Trans>
        </p>
      ) : (
        <ul className={classes.chainList}>
          {roots.map((root) => (
            <BranchItem key={root.node.id} branch={root} self={id} />
          ))}
        </ul>
      )}
    </section>
  )
}

const mostInList = 6

function BranchItem({ branch, self }: { readonly branch: Branch; readonly self: string }) {
  const { i18n } = useLingui()
  const format = useFormat()
  const [whole, setWhole] = useState(false)
  const { node, via, children } = branch
  const went = useCarried()(via)
  const shown = whole || children.length <= mostInList ? children : children.slice(0, mostInList - 1)
  const hidden = children.length - shown.length
  const kind = i18n._(kindWords[node.kind].one)
  const amount =
    node.amount !== null && node.currency !== null
      ? format.money(node.amount, node.currency, 'currency')
      : null
  return (
    <li data-self={node.id === self || undefined}>
      <div className={classes.chainItem}>
        <span>
          {node.id === self ? (
            <b aria-current="true">{node.number ?? kind}</b>
          ) : (
            <PageLink href={documentHref(node.kind, node.id)} size="sm">
              {node.number ?? kind}
            </PageLink>
          )}{' '}
          <span className={classes.quiet}>{node.number !== null && kind}</span>
        </span>
        <span className={classes.chainMeta}>
          <span className={classes.quiet} data-figure>
            {[...new Set([went, format.date(node.date), amount ?? ''])]
              .filter((part) => part !== '')
              .join(' · ')}
          </span>
          <StatusBadge kind={node.kind} state={node.state} />
        </span>
      </div>
      {shown.length > 0 && (
        <ul>
          {shown.map((child) => (
            <BranchItem key={child.node.id} branch={child} self={self} />
          ))}
          {hidden > 0 && (
            <li>
              <button type="button" className={classes.textButton} onClick={() => setWhole(true)}>
                <Plural value={hidden} one="# more" other="# more" />
              </button>
            </li>
          )}
        </ul>
      )}
    </li>
  )
}

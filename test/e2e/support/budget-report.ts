/** A budget of the web app and what was measured. */
export interface Budget {
  readonly what: string
  readonly unit: 'ms' | 'kB' | 'MB' | ''
  readonly limit: number
  /** What the limit is held against: the most of a few, or the share of runs that stay below. */
  readonly judged: 'p75' | 'p95' | 'most'
  readonly values: readonly number[]
}

export interface Judged extends Budget {
  readonly p50: number
  readonly p75: number
  readonly p95: number
  readonly ok: boolean
}

/** The value that so many of them do not exceed; that of few runs is the next one that was measured. */
function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}

export function judge(budget: Budget): Judged {
  const [p50, p75, p95] = [0.5, 0.75, 0.95].map((share) => quantile(budget.values, share)) as [
    number,
    number,
    number,
  ]
  const held = { p75, p95, most: quantile(budget.values, 1) }[budget.judged]
  return { ...budget, p50, p75, p95, ok: held <= budget.limit }
}

/** As Markdown, as it stands in docs/performance.md. */
export function budgetTable(budgets: readonly Judged[]): string {
  const rows = budgets.map(({ what, unit, limit, judged, values, p50, p75, p95, ok }) => {
    const shown = (value: number) => (unit === '' ? value.toFixed(3) : value.toFixed(0))
    const by = judged === 'most' ? '' : ` (${judged})`
    return [
      what,
      ...[p50, p75, p95].map(shown),
      `${limit}${unit === '' ? '' : ` ${unit}`}${by}`,
      String(values.length),
      ok ? 'ok' : '**over**',
    ]
  })
  const all = [['What', 'p50', 'p75', 'p95', 'Limit', 'Measured', ''], ...rows]
  const [head, ...body] = all.map((cells) => `| ${cells.join(' | ')} |`)
  return [head, `|${' --- |'.repeat(7)}`, ...body].join('\n')
}

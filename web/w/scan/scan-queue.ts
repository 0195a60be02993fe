/** One code as it came in; what it means is found out later, in order. */
export interface Scan {
  readonly code: string
  /** When it came in, ms since 1970. */
  readonly at: number
}

type Handle = (scan: Scan) => void | Promise<void>

/**
 * Takes scans as fast as they come and hands them on one after the other. Taking is one step and never waits, so
 * no scan is lost while one before it is still looked up or a person decides about it.
 */
export class ScanQueue {
  /** What is not settled, in order: first what was handed on and somebody still decides about, then what waits. */
  private readonly open: Scan[] = []
  private handed = 0
  private handle: Handle | null = null
  private working = false
  private held = false
  private expecting = false
  private readonly watchers = new Set<() => void>()

  /** How many wait, the one at work left out. */
  get length(): number {
    return this.open.length - this.handed
  }

  /** Those of which nothing has come yet, the one at work included: what has to outlive this page. */
  get unsettled(): readonly Scan[] {
    return [...this.open]
  }

  take(code: string, at = Date.now()): void {
    this.open.push({ code, at })
    this.tell()
    void this.work()
  }

  /** Puts what was not settled the last time before what has come in since. */
  again(scans: readonly Scan[]): void {
    this.open.splice(this.handed, 0, ...scans)
    this.tell()
    void this.work()
  }

  /** Who gets them from now on; null: they wait. Returns how to end it. */
  serve(handle: Handle | null): () => void {
    this.handle = handle
    void this.work()
    return () => {
      if (this.handle === handle) this.handle = null
    }
  }

  /** Scanning waits for a person. What comes in meanwhile is kept. */
  hold(): void {
    this.held = true
    this.tell()
  }

  /** Does what a person decided, and goes on unless that asks them anew. */
  release(decided?: () => void): void {
    this.held = false
    decided?.()
    this.settleUnlessAsked()
    this.tell()
    void this.work()
  }

  /** Whether a scan waits for another that belongs to it, a product for its lot: neither is settled before both are. */
  expect(more: boolean): void {
    this.expecting = more
  }

  /** A scan has come to its end, counted, say; one that was made up for a tap leaves those of the scanner alone. */
  done(scan: Scan): void {
    if (this.open.includes(scan)) this.settle()
  }

  /** Drops what is not settled: the page that it was meant for is left. */
  clear(): void {
    this.open.length = 0
    this.handed = 0
    this.held = false
    this.expecting = false
    this.tell()
  }

  watch(told: () => void): () => void {
    this.watchers.add(told)
    return () => this.watchers.delete(told)
  }

  private async work(): Promise<void> {
    if (this.working) return
    this.working = true
    try {
      while (!this.held && this.handle !== null && this.length > 0) {
        const scan = this.open[this.handed++]!
        this.tell()
        try {
          await this.handle(scan)
        } catch (error) {
          // One code that cannot be handled must not stop those behind it.
          reportError(error)
        }
        this.settleUnlessAsked()
      }
    } finally {
      this.working = false
    }
  }

  private settleUnlessAsked(): void {
    if (!this.held && !this.expecting && this.handed > 0) this.settle()
  }

  /** All that was handed on: of two that belong together neither is settled alone. */
  private settle(): void {
    this.open.splice(0, this.handed)
    this.handed = 0
    this.tell()
  }

  private tell(): void {
    for (const told of this.watchers) told()
  }
}

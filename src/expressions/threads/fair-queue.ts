/** A queue that takes from every key in turn, so that whoever has much waiting delays only itself. */
export class FairQueue<Item> {
  /** Keys in the order of their turns; none has an empty list. */
  readonly #waiting = new Map<string, Item[]>();

  get isEmpty(): boolean {
    return this.#waiting.size === 0;
  }

  add(key: string, item: Item): void {
    const list = this.#waiting.get(key);
    if (list) list.push(item);
    else this.#waiting.set(key, [item]);
  }

  /** Takes the first item of the key whose turn it is. */
  take(): Item | undefined {
    for (const [key, list] of this.#waiting) {
      const item = list.shift();
      this.#waiting.delete(key);
      if (list.length > 0) this.#waiting.set(key, list);
      return item;
    }
    return undefined;
  }

  /** Takes an item out before its turn. Returns whether it was there. */
  remove(key: string, item: Item): boolean {
    const list = this.#waiting.get(key) ?? [];
    const at = list.indexOf(item);
    if (at >= 0) list.splice(at, 1);
    if (at >= 0 && list.length === 0) this.#waiting.delete(key);
    return at >= 0;
  }

  /** Takes everything. */
  clear(): Item[] {
    const items = [...this.#waiting.values()].flat();
    this.#waiting.clear();
    return items;
  }
}

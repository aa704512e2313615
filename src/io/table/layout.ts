/** What a column needs, and what it may give. */
export interface Room {
  /** Columns of its widest cell or header. */
  natural: number;
  /** Names, dates, numbers: shortened only when there is nothing else to give; long ones before a column is left out. */
  whole: boolean;
  /** Left out where there is no room, the highest first; null: never. */
  drop: number | null;
}

export interface Layout {
  /** By column; null: left out. */
  widths: (number | null)[];
}

/** Blanks between columns. */
export const GAP = 2;
/** What a cell keeps as long as a less important column can be left out instead. */
const READABLE = 16;
/** What a name keeps so long: a longer one would take the place of several others. */
const WHOLE = 30;
/** And what it keeps in any case: a very narrow terminal breaks lines rather than shows nothing. */
const NARROWEST = 6;

/**
 * Widths that fit `available` columns. First the widest cells are shortened as far as they stay readable, then columns
 * are left out, then cells are shortened further, and last of all those that are to stay whole.
 */
export function layOut(rooms: readonly Room[], available: number): Layout {
  const order = rooms
    .map(({ drop }, index) => ({ index, drop }))
    .filter((each): each is { index: number; drop: number } => each.drop !== null)
    .sort((one, other) => other.drop - one.drop || other.index - one.index);
  for (let dropped = 0; dropped <= order.length; dropped += 1) {
    const left = new Set(order.slice(0, dropped).map(({ index }) => index));
    // Long names are cut as well before a column is left out.
    for (const longest of [Number.POSITIVE_INFINITY, WHOLE]) {
      const floor = (room: Room) => (room.whole ? Math.min(room.natural, longest) : READABLE);
      const widths = shorten(rooms, left, available, floor);
      if (fits(widths, available)) return { widths };
    }
  }
  const left = new Set(order.map(({ index }) => index));
  const widths = shorten(rooms, left, available, (room) => (room.whole ? room.natural : NARROWEST));
  if (fits(widths, available)) return { widths };
  const narrowed = rooms.map((room, index) => ({ ...room, natural: widths[index] ?? 0 }));
  return { widths: shorten(narrowed, left, available, () => NARROWEST) };
}

/** Takes columns off the widest cell that may still give, one at a time, until the line fits. */
function shorten(
  rooms: readonly Room[],
  left: ReadonlySet<number>,
  available: number,
  floorOf: (room: Room) => number,
): (number | null)[] {
  const columns = rooms.map((room, index) => ({
    width: left.has(index) ? null : Math.min(room.natural, Math.max(available, NARROWEST)),
    floor: floorOf(room),
  }));
  for (let excess = total(columns.map(({ width }) => width)) - available; excess > 0; excess -= 1) {
    const widest = columns.reduce<{ width: number | null; floor: number } | null>(
      (best, column) =>
        column.width !== null && column.width > column.floor && column.width > (best?.width ?? 0)
          ? column
          : best,
      null,
    );
    if (widest === null || widest.width === null) break;
    widest.width -= 1;
  }
  return columns.map(({ width }) => width);
}

const fits = (widths: readonly (number | null)[], available: number): boolean => total(widths) <= available;

function total(widths: readonly (number | null)[]): number {
  const shown = widths.filter((width) => width !== null);
  return shown.reduce((sum, width) => sum + width, 0) + GAP * Math.max(0, shown.length - 1);
}

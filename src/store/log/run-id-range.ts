/** Returns the queries, one or none, of what has a member that begins as a run id does. */
export function runIdRange<Name extends string>(text: string, member: Name) {
  if (!/^run_[a-z2-7]{1,26}$/.test(text)) return [];
  return [{ [member]: { $gte: text, $lt: `${text}~` } } as Record<Name, { $gte: string; $lt: string }>];
}

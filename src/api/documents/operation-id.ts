import type { Route } from '../routing/route.ts';

/** The id of a route's operation, such as `listRuns`, `getRun`, `publishWorkflow`; made of its method and path. */
export function operationIdOf({ method, path, query }: Route, listedAs: string = method): string {
  const parts = path.split('/').filter((part) => part !== '' && part !== 'v1');
  const nouns = parts.flatMap((part, index) => {
    if (isParameter(part)) return [];
    const next = parts[index + 1];
    return [wordOf(next !== undefined && isParameter(next) ? singular(part) : part)];
  });
  const last = parts.at(-1) ?? '';
  if (method === 'all') return camel(listedAs, ...nouns);
  if (method === 'post')
    return postId(nouns, { isAction: parts.length > 1, isOnParameter: isParameter(last) });
  if (last === 'stream') return camel('stream', ...nouns.slice(0, -1));
  const isList = method === 'get' && 'cursor' in shapeOf(query);
  return camel(isList ? 'list' : verbs[method], ...nouns);
}

function postId(nouns: string[], given: { isAction: boolean; isOnParameter: boolean }): string {
  if (given.isOnParameter) return camel('use', ...nouns.map(singular));
  if (given.isAction) return camel(nouns.at(-1) ?? '', ...nouns.slice(0, -1));
  return camel('create', ...nouns.map(singular));
}

const verbs = { get: 'get', put: 'save', patch: 'change', delete: 'delete' } as const;

const isParameter = (part: string): boolean => part.startsWith('{');

function shapeOf(query: Route['query']): object {
  return (query as { shape?: object } | undefined)?.shape ?? {};
}

function singular(word: string): string {
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  return word.replace(/(?<!s|u)s$/, '');
}

function wordOf(part: string): string {
  return part.replaceAll(/[-.](\w)/g, (_, letter: string) => letter.toUpperCase());
}

function camel(...words: string[]): string {
  const [first = '', ...rest] = words.map(wordOf);
  return [first, ...rest.map((word) => `${word[0]?.toUpperCase() ?? ''}${word.slice(1)}`)].join('');
}

import { z } from 'zod';
import { AppError } from '../../../errors/app-error.ts';
import { errorCodes } from '../../../errors/registry.ts';
import type { ErrorCode } from '../../../errors/registry.ts';
import { problemCode } from '../answers.ts';
import { route } from '../../routing/route.ts';

/** The page that a problem's `type` leads to. */
export const problemRoutes = [
  route({
    method: 'get',
    path: '/problems/{code}',
    scope: 'public',
    tag: 'Platform',
    summary: 'What a problem code means',
    params: z.object({ code: z.string() }),
    answers: { 200: { is: 'The code, its status and its title.', schema: problemCode } },
    handler: ({ params }) => {
      if (!Object.hasOwn(errorCodes, params.code))
        throw new AppError('not-found', `No problem has the code ${params.code}.`);
      return { body: { code: params.code, ...errorCodes[params.code as ErrorCode] } };
    },
  }),
];

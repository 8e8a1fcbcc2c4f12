import { z } from 'zod';
import { anyValue } from './fields.schema.ts';
import { declareNodeType } from './node-type.schema.ts';

/** Records a message. */
export const logType = declareNodeType({
  type: 'log',
  title: 'Log',
  description: 'Records a message in the run.',
  mode: 'local',
  payload: z.strictObject({ message: anyValue }),
  result: '{ message, loggedAt }',
});

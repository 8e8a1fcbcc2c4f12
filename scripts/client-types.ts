/** The types of `hookloom/client`, from the OpenAPI document. */
import openapiTS, { astToString } from 'openapi-typescript';
import { createOpenApi } from '../src/api/documents/openapi.ts';
import { routes } from '../src/api/routing/routes.ts';

/** Returns the text of `src/client/api-types.ts`. */
export async function describeClientTypes(): Promise<string> {
  const document = createOpenApi(routes, 'http://localhost:3000');
  const types = await openapiTS(JSON.parse(JSON.stringify(document)), {
    alphabetize: false,
    rootTypes: false,
    defaultNonNullable: false,
  });
  return `/** Made from the OpenAPI document by \`npm run generate\`. */\n${astToString(types)}`;
}

import { registerHooks } from 'node:module';
import { json } from 'node:stream/consumers';

// Prints, as JSON, what GitHub's own parser finds wrong with each workflow of a JSON list on standard input. The parser is an ES module
// that Jest cannot load, and it imports its schema without the attribute that Node requires for JSON.
registerHooks({
  load: (url, context, next) =>
    next(url, url.endsWith('.json') ? { ...context, importAttributes: { type: 'json' } } : context),
});
const { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } = await import('@actions/workflow-parser');

async function problemsIn(content) {
  const { context, value } = parseWorkflow({ name: 'workflow.yml', content }, new NoOperationTraceWriter());
  if (value) await convertWorkflowTemplate(context, value);
  return context.errors.getErrors().map(({ message }) => message);
}

const workflows = await json(process.stdin);
console.log(JSON.stringify(await Promise.all(workflows.map(problemsIn))));

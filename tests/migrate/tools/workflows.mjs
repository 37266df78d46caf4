#!/usr/bin/env node
// Reads workflows with GitHub's own parser (@actions/workflow-parser): what is wrong in each, and its jobs.
// usage: node workflows.mjs wf1.yml [wf2.yml ...]   (CHECKER_MODULES: a folder with node_modules)
// prints JSON: {FILE: {errors: [...], jobs: [...]}}
import { createRequire, register } from "node:module";
import fs from "node:fs"; import path from "node:path";
import { pathToFileURL } from "node:url";
// The package imports JSON in the way of bundlers, which Node.js refuses: give it modules instead.
register("data:text/javascript," + encodeURIComponent(`
  import fs from "node:fs";
  import { fileURLToPath } from "node:url";
  export async function load(url, context, next) {
    if (!url.endsWith(".json")) return next(url, context);
    return { format: "module", shortCircuit: true, source: "export default " + fs.readFileSync(fileURLToPath(url), "utf8") };
  }`));
const base = path.resolve(process.env.CHECKER_MODULES || process.cwd());
const where = path.join(base, "node_modules", "@actions", "workflow-parser");
const entry = JSON.parse(fs.readFileSync(path.join(where, "package.json"), "utf8")).exports["."];
const { parseWorkflow, convertWorkflowTemplate, NoOperationTraceWriter } =
  await import(pathToFileURL(path.join(where, entry.import ?? entry.default ?? entry)));
const found = {};
for (const file of process.argv.slice(2)) {
  const content = fs.readFileSync(file, "utf8");
  const read = parseWorkflow({ name: file, content }, new NoOperationTraceWriter());
  const errors = read.context.errors.getErrors().map(error => error.message);
  const template = read.value
    ? await convertWorkflowTemplate(read.context, read.value, undefined, { fetchReusableWorkflowDepth: 0 }) : null;
  errors.push(...(template?.errors ?? []).map(error => error.Message ?? error.message));
  found[file] = { errors: [...new Set(errors)], jobs: (template?.jobs ?? []).map(job => job.id?.value) };
}
console.log(JSON.stringify(found));

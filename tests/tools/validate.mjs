// validate.mjs gitlab|github|cyclonedx|SCHEMA FILE: reads a pipeline, a list of packages or a layer file as another program does, and holds it against the
// engine's, or the format's, own schema, or a JSON Schema in a file.
// Writes what it has read as JSON; with faults, those, a line each, and exit code 1.
import { readFileSync } from "node:fs";
import { load } from "js-yaml";

const [engine, file] = process.argv.slice(2);
const text = readFileSync(file, "utf8");

// Each engine imports for itself what it takes: loading all of it takes longer than most validations.
const ajv = async (options) => new (await import("ajv")).default({ allErrors: true, ...options });

/** GitLab's schema, of the copy that gitlab-ci-local carries. */
async function gitlab() {
    const { schema } = await import("./node_modules/gitlab-ci-local/src/schema/schema.js");
    const validate = (await ajv({ strict: false, logger: false })).compile(schema);
    return validate(load(text)) ? [] : validate.errors.map((e) => `${e.instancePath} ${e.message}`);
}

/** The schema of workflows that schemastore.org publishes, and what needs each other. */
async function github() {
    const { validateWorkflow } = await import("@action-validator/core");
    return validateWorkflow(text).errors.map((e) => JSON.stringify(e));
}

/** A schema in a file, as an editor's plugin would. */
async function ownSchema() {
    const validate = (await ajv({ logger: false })).compile(JSON.parse(readFileSync(engine, "utf8")));
    return validate(load(text)) ? [] : validate.errors.map((e) => `${e.instancePath} ${e.message}`);
}

/** The schema of CycloneDX 1.6, and those that it refers to, of the copy that CycloneDX's own library carries. */
async function cyclonedx() {
    const read = (name) => JSON.parse(readFileSync(new URL(`node_modules/@cyclonedx/cyclonedx-library/res/schema/${name}.SNAPSHOT.schema.json`, import.meta.url), "utf8"));
    const schemas = Object.fromEntries(["spdx", "jsf-0.82"].map((name) => [`http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json`, read(name)]));
    const validate = (await ajv({ strict: false, logger: false, validateFormats: false, schemas })).compile(read("bom-1.6"));
    return validate(JSON.parse(text)) ? [] : validate.errors.map((e) => `${e.instancePath} ${e.message}`);
}

const faults = await ({ cyclonedx, github, gitlab }[engine] ?? ownSchema)();
process.stdout.write(faults.length > 0 ? faults.join("\n") + "\n" : JSON.stringify(load(text)) + "\n");
process.exitCode = faults.length > 0 ? 1 : 0;

// Runs beside the candidate's JavaScript code, in their process; it holds no secret and no expected value.
// "program FILE" runs it as a CommonJS script. "function FILE" reads one JSON request a line from standard
// input and writes each answer to standard output behind NUL, the token of its request and a length.
"use strict";
(() => {
  const fs = require("fs");
  const path = require("path");
  const vm = require("vm");
  const COMPILE_STATUS = 86;
  const { parse, stringify } = JSON;
  const [mode, file] = process.argv.slice(1);
  // For each parameter the name of its class, or an empty string; the last is what the function gives.
  const types = parse(process.argv[3] || "[]");
  const exit = process.exit.bind(process);

  const writeAll = (fd, data) => {
    let rest = Buffer.from(data);
    while (rest.length) {
      try {
        rest = rest.subarray(fs.writeSync(fd, rest));
      } catch (error) {
        if (error.code !== "EAGAIN") throw error;
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
      }
    }
  };

  // Only the candidate's own lines of a stack mean anything to them.
  const describe = (error) => {
    if (!(error instanceof Error)) return "Uncaught " + String(error);
    const stack = String(error.stack || error);
    return stack.split("\n").filter((line) => !/^\s+at /.test(line) || line.includes(file)).join("\n");
  };
  const lineOf = (error) => (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(0, 500);

  const show = (error) => {
    try {
      writeAll(2, describe(error) + "\n");
    } catch {
      // Nobody reads any more.
    }
  };
  process.on("uncaughtException", (error) => {
    show(error);
    exit(1);
  });

  const names = ["exports", "require", "module", "__filename", "__dirname"];
  const full = path.resolve(file);
  const build = (source) => {
    const module = { exports: {}, filename: full, id: ".", loaded: false };
    const inside = vm.compileFunction(source, names, { filename: file });
    return { module, start: () => inside.call(module.exports, module.exports, require, module, full, path.dirname(full)) };
  };

  const runProgram = () => {
    const source = fs.readFileSync(file, "utf8");
    let program;
    try {
      program = build(source);
    } catch (error) {
      show(error);
      exit(COMPILE_STATUS);
    }
    process.argv.splice(1, process.argv.length, full);
    require.main = program.module;
    program.start();
  };

  const plain = (value) => {
    if (value === null || value === undefined) return null;
    switch (typeof value) {
      case "boolean":
      case "string":
        return value;
      case "bigint":
        return { $int: value.toString() };
      case "number":
        return Number.isFinite(value) ? value : { $float: String(value) };
      case "object":
        return plainObject(value);
      default:
        throw new TypeError(`returned a ${typeof value}, which cannot be compared`);
    }
  };
  const natural = (values) => {
    if (values.every((one) => typeof one === "number")) return values.sort((a, b) => a - b);
    const key = (one) => (typeof one === "string" ? one : stringify(one));
    return values.sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
  };
  const plainObject = (value) => {
    if (Array.isArray(value) || ArrayBuffer.isView(value)) return Array.from(value, plain);
    if (value instanceof Set) return natural([...value].map(plain));
    if (!(value instanceof Map) && kindOf(value)) return valuesOf(value).map(plain);
    const entries = value instanceof Map ? [...value] : Object.entries(value);
    if (!(value instanceof Map) && typeof value[Symbol.iterator] === "function") return Array.from(value, plain);
    const text = (key) => (typeof key === "string" ? key : stringify(plain(key)));
    return Object.fromEntries(entries.filter(([, one]) => one !== undefined).map(([key, one]) => [text(key), plain(one)]));
  };
  const fromWire = (value) => {
    if (Array.isArray(value)) return value.map(fromWire);
    if (value === null || typeof value !== "object") return value;
    const keys = Object.keys(value);
    if (keys.length === 1 && keys[0] === "$float") return Number(value.$float);
    return Object.fromEntries(keys.map((key) => [key, fromWire(value[key])]));
  };

  // Linked lists (val, next) and trees (val, left, right): what the parameter is declared to be names their class.
  const kindOf = (node) => {
    if (!("val" in node) && !("value" in node)) return "";
    return "next" in node ? "list" : "left" in node && "right" in node ? "tree" : "";
  };
  const toNode = (value, make) => {
    const node = make(value);
    node["value" in node && !("val" in node) ? "value" : "val"] = value;
    return node;
  };
  const toList = (values, make) =>
    values.reduceRight((head, value) => Object.assign(toNode(value, make), { next: head }), null);
  // A tree is a list of its values level by level, null where a child is missing.
  const toTree = (values, make) => {
    const child = (value) => (value === null || value === undefined ? null : toNode(value, make));
    const root = child(values[0]);
    const parents = root ? [root] : [];
    for (let at = 1, next = 0; next < parents.length; next++) {
      for (const side of ["left", "right"]) {
        const one = child(values[at++]);
        parents[next][side] = one;
        if (one) parents.push(one);
      }
    }
    return root;
  };
  const toNodes = (value, make) => {
    if (!make || !Array.isArray(value)) return value;
    if (value.some(Array.isArray)) return value.map((one) => toNodes(one, make));
    return kindOf(make(0)) === "list" ? toList(value, make) : toTree(value, make);
  };
  const valuesOf = (first) => {
    const isList = kindOf(first) === "list";
    const [found, seen, waiting] = [[], new Set(), [first]];
    for (const node of waiting) {
      if (seen.has(node)) throw new TypeError(`returned a ${isList ? "linked list" : "tree"} that goes round in a circle`);
      found.push(node ? ("val" in node ? node.val : node.value) : null);
      if (!node) continue;
      seen.add(node);
      if (!isList) waiting.push(node.left, node.right);
      else if (node.next) waiting.push(node.next);
    }
    while (found.length && (found.at(-1) === null || found.at(-1) === undefined)) found.pop();
    return found;
  };
  // A type that is no class of the candidate's: objects of that shape.
  const shapes = {
    list: (val) => ({ val, next: null }),
    tree: (val) => ({ val, left: null, right: null }),
  };
  const makerOf = (name, known) => {
    if (!name) return null;
    const make = known ? (value) => new known(value) : shapes[/tree/i.test(name) ? "tree" : /list/i.test(name) ? "list" : ""];
    return make && kindOf(make(0)) ? make : null;
  };

  const failure = (error) => {
    show(error);
    const memory = error instanceof RangeError && /allocation failed|not allocate memory|Invalid (array buffer|string length)/i.test(error.message);
    return { error: memory ? "memory_limit" : "runtime_error", text: lineOf(error) };
  };

  let target = null;
  let makers = [];
  const load = (name) => {
    const source = fs.readFileSync(file, "utf8");
    let program;
    try {
      build(source);
      const find = `typeof ${name} === "function" ? ${name} : module.exports.${name} ?? module.exports`;
      const classes = types.map((one) => (one ? `typeof ${one} === "function" ? ${one} : null` : "null")).join(", ");
      program = build(`${source}\n;return [${find}, ${classes}];`);
    } catch (error) {
      show(error);
      return { error: "compile_error", text: lineOf(error) };
    }
    try {
      const [found, ...classes] = program.start();
      target = found;
      if (typeof target !== "function") throw new ReferenceError(`there is no function ${name}`);
      makers = types.map((one, at) => makerOf(one, classes[at]));
    } catch (error) {
      return failure(error);
    }
    return { value: null };
  };
  const call = async (args) => {
    try {
      const given = args.map((one, at) => toNodes(fromWire(one), at < makers.length - 1 ? makers[at] : null));
      const value = plain(await target(...given));
      // No node at all is an empty list or tree.
      return { value: value === null && makers.at(-1) ? [] : value };
    } catch (error) {
      return failure(error);
    }
  };

  let held = Buffer.alloc(0);
  const readLine = () => {
    const chunk = Buffer.alloc(65536);
    for (;;) {
      const end = held.indexOf(10);
      if (end >= 0) {
        const line = held.subarray(0, end).toString("utf8");
        held = held.subarray(end + 1);
        return line;
      }
      let got = 0;
      try {
        got = fs.readSync(0, chunk);
      } catch (error) {
        if (error.code === "EOF") return null;
        if (error.code !== "EAGAIN") throw error;
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
        continue;
      }
      if (got === 0) return null;
      held = Buffer.concat([held, chunk.subarray(0, got)]);
    }
  };
  const encode = (answer) => {
    try {
      return Buffer.from(stringify(answer));
    } catch (error) {
      return Buffer.from(stringify({ error: "runtime_error", text: `the answer: ${lineOf(error)}` }));
    }
  };
  const serve = async () => {
    for (let line = readLine(); line !== null; line = readLine()) {
      const request = parse(line);
      const payload = encode("load" in request ? load(request.load) : await call(request.call));
      writeAll(1, Buffer.concat([Buffer.from(`\0${request.token} ${payload.length}\n`), payload]));
    }
    exit(0);
  };

  if (mode === "program") runProgram();
  else serve();
})();

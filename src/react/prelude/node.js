// A module of Node.js: packages import some that a render never uses. What uses one
// is refused.
"use strict";
const { refuse } = require("jsxdp:compiler");

const used = () => refuse("a module of Node.js is used here, and does not exist in the kernel", "render this part in user space", "JX1103");

const absent = () =>
  new Proxy(function () {}, {
    get: (target, name) => (name === "prototype" ? target.prototype : name === "__esModule" || name === "then" || typeof name === "symbol" ? undefined : absent()),
    has: () => true,
    apply: used,
    construct: used,
  });

module.exports = absent();

// The `jsxdp` package inside a kernel module.
"use strict";
exports.pass = require("jsxdp:compiler").pass;

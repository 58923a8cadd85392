// The `react` package as a server render sees it: the same shapes and the same
// results as react/cjs/react.production.js with the dispatcher of react-dom's
// server. It is evaluated by the compiler like any other module.
"use strict";
const { refuse } = require("jsxdp:compiler");

const symbol = (name) => Symbol.for("react." + name);
const ELEMENT = symbol("transitional.element");
const PORTAL = symbol("portal");
const LAZY = symbol("lazy");
const CONTEXT = symbol("context");

// ---- elements ----

function element(type, key, props) {
  const ref = props.ref;
  return { $$typeof: ELEMENT, type, key, ref: ref !== undefined ? ref : null, props };
}

const isValidElement = (value) => typeof value === "object" && value !== null && value.$$typeof === ELEMENT;

function withoutReserved({ key, __self, __source, ...props }) {
  return props;
}

function withChildren(props, rest) {
  if (rest.length === 1) props.children = rest[0];
  else if (rest.length > 1) props.children = rest;
}

function createElement(type, config, ...children) {
  let props = {};
  let key = null;
  if (config != null) {
    if (config.key !== undefined) key = "" + config.key;
    props = withoutReserved(config);
  }
  withChildren(props, children);
  if (type && type.defaultProps) {
    for (const name in type.defaultProps) if (props[name] === undefined) props[name] = type.defaultProps[name];
  }
  return element(type, key, props);
}

function cloneElement(original, config, ...children) {
  if (original == null) throw Error("The argument must be a React element, but you passed " + original + ".");
  let props = { ...original.props };
  let key = original.key;
  if (config != null) {
    if (config.key !== undefined) key = "" + config.key;
    const given = withoutReserved(config);
    if (config.ref === undefined) delete given.ref;
    props = { ...props, ...given };
  }
  withChildren(props, children);
  return element(original.type, key, props);
}

// ---- React.Children ----

const escapeKey = (key) => "$" + key.replaceAll("=", "=0").replaceAll(":", "=2");
// A slash of the user's is doubled for every run of them.
const escapeUserKey = (text) => text.replace(/\/+/g, "$&/");

function keyOf(child, index) {
  if (typeof child === "object" && child !== null && child.key != null) return escapeKey("" + child.key);
  return index.toString(36);
}

function invalidChild(child) {
  const text = String(child);
  throw Error(
    "Objects are not valid as a React child (found: " +
      (text === "[object Object]" ? "object with keys {" + Object.keys(child).join(", ") + "}" : text) +
      "). If you meant to render a collection of children, use an array instead.",
  );
}

function collect(child, out, prefix, name, callback) {
  const kind = typeof child;
  if (kind === "undefined" || kind === "boolean") child = null;
  let leaf = child === null || kind === "string" || kind === "number" || kind === "bigint";
  if (!leaf && kind === "object") {
    if (child.$$typeof === ELEMENT || child.$$typeof === PORTAL) leaf = true;
    else if (child.$$typeof === LAZY) return collect(child._init(child._payload), out, prefix, name, callback);
  }
  if (leaf) {
    let mapped = callback(child);
    const childKey = name === "" ? "." + keyOf(child, 0) : name;
    if (Array.isArray(mapped)) {
      collect(mapped, out, escapeUserKey(childKey) + "/", "", (each) => each);
    } else if (mapped != null) {
      if (isValidElement(mapped)) {
        const unchanged = mapped.key == null || (child && child.key === mapped.key);
        mapped = element(mapped.type, prefix + (unchanged ? "" : escapeUserKey("" + mapped.key) + "/") + childKey, mapped.props);
      }
      out.push(mapped);
    }
    return;
  }
  const start = name === "" ? "." : name + ":";
  if (Array.isArray(child)) {
    for (let i = 0; i < child.length; i++) collect(child[i], out, prefix, start + keyOf(child[i], i), callback);
    return;
  }
  if (kind !== "object") return;
  const iterator = child[Symbol.iterator] || child["@@iterator"];
  if (typeof iterator === "function") {
    let i = 0;
    const steps = iterator.call(child);
    for (let step = steps.next(); !step.done; step = steps.next()) collect(step.value, out, prefix, start + keyOf(step.value, i++), callback);
    return;
  }
  if (typeof child.then === "function") refuse("a promise among the children suspends", "await the data first, and pass it in as a prop");
  invalidChild(child);
}

function mapChildren(children, callback, self) {
  if (children == null) return children;
  const out = [];
  let count = 0;
  collect(children, out, "", "", (child) => callback.call(self, child, count++));
  return out;
}

const Children = {
  map: mapChildren,
  forEach(children, callback, self) {
    mapChildren(children, function (...args) { callback.apply(this, args); }, self);
  },
  count(children) {
    let n = 0;
    mapChildren(children, () => { n++; });
    return n;
  },
  toArray: (children) => mapChildren(children, (child) => child) || [],
  only(children) {
    if (!isValidElement(children)) throw Error("React.Children.only expected to receive a single React element child.");
    return children;
  },
};

// ---- classes ----

const noUpdates = { isMounted: () => false, enqueueForceUpdate() {}, enqueueReplaceState() {}, enqueueSetState() {} };
const emptyRefs = {};

function Component(props, context, updater) {
  this.props = props;
  this.context = context;
  this.refs = emptyRefs;
  this.updater = updater || noUpdates;
}
Component.prototype.isReactComponent = {};
Component.prototype.setState = function (partial, callback) {
  if (typeof partial !== "object" && typeof partial !== "function" && partial != null) {
    throw Error("takes an object of state variables to update or a function which returns an object of state variables.");
  }
  this.updater.enqueueSetState(this, partial, callback, "setState");
};
Component.prototype.forceUpdate = function (callback) {
  this.updater.enqueueForceUpdate(this, callback, "forceUpdate");
};

function PureComponent(props, context, updater) {
  this.props = props;
  this.context = context;
  this.refs = emptyRefs;
  this.updater = updater || noUpdates;
}
PureComponent.prototype = Object.create(Component.prototype);
PureComponent.prototype.constructor = PureComponent;
Object.assign(PureComponent.prototype, Component.prototype);
PureComponent.prototype.isPureReactComponent = true;

// ---- hooks: one record for the function component that is being rendered ----

let current = null;

function hooks() {
  if (current === null) throw TypeError("Invalid hook call. Hooks can only be called inside of the body of a function component.");
  return current;
}

// The next hook's cell; `make` fills it in the first pass of a render.
function cell(make) {
  const render = hooks();
  const at = render.at++;
  if (at >= render.cells.length) render.cells.push(make(render));
  return render.cells[at];
}

function useReducer(reducer, initial, init) {
  const it = cell((render) => {
    const made = { state: init !== undefined ? init(initial) : initial, queue: [], dispatch: null };
    made.dispatch = (action) => {
      if (current !== render && (current === null || current.cells !== render.cells)) return;
      made.queue.push(action);
      current.again = true;
    };
    return made;
  });
  const queue = it.queue;
  it.queue = [];
  for (const action of queue) it.state = reducer(it.state, action);
  return [it.state, it.dispatch];
}

const basic = (state, action) => (typeof action === "function" ? action(state) : action);
const useState = (initial) => useReducer(basic, initial, typeof initial === "function" ? (lazy) => lazy() : undefined);

function useMemo(create, deps) {
  const it = cell(() => ({ value: undefined, deps: undefined, filled: false }));
  const same = it.filled && deps != null && it.deps != null && deps.every((dep, i) => Object.is(dep, it.deps[i]));
  if (!same) {
    it.value = create();
    it.deps = deps;
    it.filled = true;
  }
  return it.value;
}

function use(usable) {
  if (usable !== null && typeof usable === "object") {
    if (usable.$$typeof === CONTEXT) return usable._currentValue2;
    if (typeof usable.then === "function") {
      if (usable.status === "fulfilled") return usable.value;
      if (usable.status === "rejected") throw usable.reason;
      refuse("use() of a promise suspends", "await the data first, and pass it in as a prop");
    }
  }
  throw Error("An unsupported type was passed to use(): " + String(usable));
}

function useId() {
  const render = hooks();
  if (render.tree === null) refuse("useId() gives different ids behind children whose number depends on the request", "pass an id in as a prop");
  const local = render.local++;
  return "_R_" + render.tree + (local > 0 ? "H" + local.toString(32) : "") + "_";
}

function useSyncExternalStore(subscribe, getSnapshot, getServerSnapshot) {
  if (getServerSnapshot === undefined) {
    throw Error("Missing getServerSnapshot, which is required for server-rendered content. Will revert to client rendering.");
  }
  return getServerSnapshot();
}

const nothing = () => {};
const effect = () => { hooks(); };
const never = (message) => () => { throw Error(message); };

// ---- what the renderer calls ----

function withHooks(type, props, second, tree) {
  const outer = current;
  const cells = [];
  let children, used;
  for (let rounds = 0; ; rounds++) {
    if (rounds > 25) throw Error("Too many re-renders. React limits the number of renders to prevent an infinite loop.");
    current = { cells, at: 0, local: 0, tree, again: false };
    children = type(props, second);
    used = current.local > 0;
    if (!current.again) break;
  }
  current = outer;
  return [children, used];
}

function renderClass(type, given) {
  let props = given;
  if ("ref" in given) {
    props = {};
    for (const name in given) if (name !== "ref") props[name] = given[name];
  }
  if (type.defaultProps) {
    if (props === given) props = Object.assign({}, given);
    for (const name in type.defaultProps) if (props[name] === undefined) props[name] = type.defaultProps[name];
  }
  const contextual = typeof type.contextType === "object" && type.contextType !== null;
  const instance = new type(props, contextual ? type.contextType._currentValue2 : {});
  const initial = instance.state !== undefined ? instance.state : null;
  let queue = [], replace = false;
  instance.updater = {
    isMounted: () => false,
    enqueueSetState(_, partial) { if (queue !== null) queue.push(partial); },
    enqueueReplaceState(_, state) { replace = true; queue = [state]; },
    enqueueForceUpdate() {},
  };
  instance.props = props;
  instance.state = initial;
  instance.context = contextual ? type.contextType._currentValue2 : {};
  if (typeof type.getDerivedStateFromProps === "function") {
    const partial = type.getDerivedStateFromProps(props, initial);
    instance.state = partial == null ? initial : Object.assign({}, initial, partial);
  }
  const legacy = typeof instance.UNSAFE_componentWillMount === "function" || typeof instance.componentWillMount === "function";
  if (typeof type.getDerivedStateFromProps !== "function" && typeof instance.getSnapshotBeforeUpdate !== "function" && legacy) {
    const before = instance.state;
    if (typeof instance.componentWillMount === "function") instance.componentWillMount();
    if (typeof instance.UNSAFE_componentWillMount === "function") instance.UNSAFE_componentWillMount();
    if (before !== instance.state) {
      replace = true;
      queue = [instance.state];
    }
    const updates = queue;
    queue = null;
    if (updates.length > 0) {
      let state = replace ? updates[0] : instance.state;
      for (let i = replace ? 1 : 0; i < updates.length; i++) {
        const partial = typeof updates[i] === "function" ? updates[i].call(instance, state, props, undefined) : updates[i];
        if (partial != null) state = Object.assign({}, state, partial);
      }
      instance.state = state;
    }
  }
  return instance.render();
}

// The text of an option's children, which select values are compared with.
function optionText(children) {
  let text = "";
  Children.forEach(children, (child) => { if (child != null) text += child; });
  return text;
}

exports.__jsxdp = { withHooks, renderClass, optionText };

exports.Activity = symbol("activity");
exports.Children = Children;
exports.Component = Component;
exports.Fragment = symbol("fragment");
exports.Profiler = symbol("profiler");
exports.PureComponent = PureComponent;
exports.StrictMode = symbol("strict_mode");
exports.Suspense = symbol("suspense");
exports.ViewTransition = symbol("view_transition");
exports.__CLIENT_INTERNALS_DO_NOT_USE_OR_WARN_USERS_THEY_CANNOT_UPGRADE = { H: null, A: null, T: null, S: null };
exports.__COMPILER_RUNTIME = {
  c: (size) => cell(() => new Array(size).fill(symbol("memo_cache_sentinel"))),
};
exports.addTransitionType = nothing;
exports.cache = (fn) => function (...args) { return fn.apply(null, args); };
exports.cacheSignal = () => null;
exports.cloneElement = cloneElement;
exports.createContext = function (value) {
  const context = { $$typeof: CONTEXT, _currentValue: value, _currentValue2: value, _threadCount: 0, Provider: null, Consumer: null };
  context.Provider = context;
  context.Consumer = { $$typeof: symbol("consumer"), _context: context };
  return context;
};
exports.createElement = createElement;
exports.createRef = () => ({ current: null });
exports.forwardRef = (render) => ({ $$typeof: symbol("forward_ref"), render });
exports.isValidElement = isValidElement;
exports.lazy = (load) => ({
  $$typeof: LAZY,
  _payload: { _status: -1, _result: load },
  _init: () => refuse("a lazy component suspends until its module is loaded", "import the component directly"),
});
exports.memo = (type, compare) => ({ $$typeof: symbol("memo"), type, compare: compare === undefined ? null : compare });
exports.startTransition = (scope) => { scope(); };
exports.use = use;
exports.useActionState = (action, initial) => [initial, (payload) => { action(initial, payload); }, false];
exports.useCallback = (callback, deps) => useMemo(() => callback, deps);
exports.useContext = (context) => { hooks(); return context._currentValue2; };
exports.useDebugValue = nothing;
exports.useDeferredValue = (value, initial) => { hooks(); return initial !== undefined ? initial : value; };
exports.useEffect = effect;
exports.useEffectEvent = () => never("A function wrapped in useEffectEvent can't be called during rendering.");
exports.useId = useId;
exports.useImperativeHandle = effect;
exports.useInsertionEffect = effect;
exports.useLayoutEffect = effect;
exports.useMemo = useMemo;
exports.useOptimistic = (value) => { hooks(); return [value, never("Cannot update optimistic state while rendering.")]; };
exports.useReducer = useReducer;
exports.useRef = (initial) => cell(() => ({ current: initial }));
exports.useState = useState;
exports.useSyncExternalStore = useSyncExternalStore;
exports.useTransition = () => { hooks(); return [false, never("startTransition cannot be called during server rendering.")]; };
exports.version = "19.3.1";

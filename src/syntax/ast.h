// The abstract syntax tree: JavaScript with JSX; TypeScript is erased, but for
// the type annotations that tell what the root component's props may be.
// Node names follow ESTree. Nodes live in their Program's arena.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "source/source.h"

namespace jsxdp::syntax {

// An interned string of UTF-16 units; one object for each text, for the process.
using Atom = const std::u16string*;
Atom atom(std::u16string_view text);
Atom atom(std::string_view ascii);

enum class Kind : uint8_t {
  // expressions
  kIdentifier,
  kNumber,
  kString,
  kBoolean,
  kNull,
  kBigInt,
  kRegExp,
  kTemplate,
  kTaggedTemplate,
  kArray,
  kObject,
  kFunction,
  kClass,
  kUnary,
  kUpdate,
  kBinary,
  kLogical,
  kAssign,
  kConditional,
  kCall,
  kNew,
  kMember,
  kOptionalChain,
  kSequence,
  kSpread,
  kYield,
  kAwait,
  kThis,
  kSuper,
  kNewTarget,
  kImportMeta,
  kImportCall,
  kPrivateIn,
  kJSXElement,
  kJSXText,
  kJSXEmpty,
  // patterns
  kArrayPattern,
  kObjectPattern,
  kAssignmentPattern,
  kRestElement,
  // statements
  kVariable,
  kFunctionDeclaration,
  kClassDeclaration,
  kExpression,
  kBlock,
  kIf,
  kFor,
  kForIn,
  kForOf,
  kWhile,
  kDoWhile,
  kReturn,
  kBreak,
  kContinue,
  kThrow,
  kTry,
  kSwitch,
  kLabeled,
  kEmpty,
  kEnum,
  kImport,
  kExportNamed,
  kExportDefault,
  kExportAll,
  kExportAssignment,
};

struct Node {
  Kind kind;
  uint32_t begin = 0;  // byte offsets in the file
  uint32_t end = 0;
  explicit Node(Kind k) : kind(k) {}
  virtual ~Node() = default;
};
using NodeList = std::vector<Node*>;

template <class T>
T* as(Node* node) {
  return static_cast<T*>(node);
}
template <class T>
const T* as(const Node* node) {
  return static_cast<const T*>(node);
}

// ---- scopes ----

// A scope's variables, in slot order. The evaluator's scope pass fills it in.
struct ScopeInfo {
  std::vector<Atom> names;
  std::vector<bool> lexical;  // let, const, class: a temporal dead zone
  std::vector<bool> constant;
  bool needed() const { return !names.empty(); }
};

// ---- types, as far as props need them ----

struct Type {
  enum class K : uint8_t {
    kString,
    kNumber,
    kBoolean,
    kNull,
    kUndefined,
    kAny,
    kOther,
    kUnion,
    kIntersection,
    kObject,
    kReference,
    kArray,
  } k = K::kOther;
  struct Member {
    Atom name;
    bool optional;
    Type* type;  // null: none given
  };
  std::vector<Type*> parts;     // union, intersection; type arguments of a reference
  std::vector<Member> members;  // object
  std::string name;             // reference: "Props", "React.FC"
  std::vector<Type*> extends;   // interface
  std::string literal;          // text of a string literal type (for Pick, Omit)
};

struct TypeDeclaration {
  Atom name;
  Type* type;
};

// ---- expressions ----

struct Identifier : Node {
  Atom name;
  int32_t hops = -2;  // set by the scope pass: scopes outward, or -1 for the global object
  int32_t slot = -1;
  bool constant = false;  // resolved to a const
  Type* type = nullptr;  // where it is a binding with an annotation
  Identifier() : Node(Kind::kIdentifier) {}
};
struct Number : Node {
  double value = 0;
  Number() : Node(Kind::kNumber) {}
};
struct String : Node {
  Atom value = nullptr;
  String() : Node(Kind::kString) {}
};
struct Boolean : Node {
  bool value = false;
  Boolean() : Node(Kind::kBoolean) {}
};
struct BigInt : Node {
  std::string digits;
  BigInt() : Node(Kind::kBigInt) {}
};  // as written, without n
struct RegExp : Node {
  std::u16string pattern, flags;
  RegExp() : Node(Kind::kRegExp) {}
};
struct Template : Node {
  struct Quasi {
    bool valid;
    Atom cooked;
    Atom raw;
  };
  std::vector<Quasi> quasis;  // one more than expressions
  NodeList expressions;
  Template() : Node(Kind::kTemplate) {}
};
struct TaggedTemplate : Node {
  Node* tag;
  Template* quasi;
  TaggedTemplate() : Node(Kind::kTaggedTemplate) {}
};
struct Array : Node {
  NodeList elements;
  Array() : Node(Kind::kArray) {}
};  // null: a hole
struct Function;

enum class PropertyKind : uint8_t { kInit, kGet, kSet, kMethod, kSpread, kField, kStaticBlock };
struct Property {  // of an object literal, object pattern or class body
  PropertyKind kind = PropertyKind::kInit;
  bool computed = false, is_static = false, is_private = false, shorthand = false;
  Atom name = nullptr;    // not computed
  Node* key = nullptr;    // computed
  Node* value = nullptr;  // null: field without initialiser
  uint32_t begin = 0, end = 0;
};
struct Object : Node {
  std::vector<Property> properties;
  Object() : Node(Kind::kObject) {}
};

struct Function : Node {
  enum class F : uint8_t { kNormal, kArrow, kMethod, kGetter, kSetter, kConstructor, kFieldInit };
  F form = F::kNormal;
  bool is_async = false, is_generator = false, strict = false;
  bool expression_body = false;  // arrow: body[0] is an expression
  bool derived = false;          // constructor of a class with `extends`
  bool uses_arguments = false, uses_this = false;
  Identifier* id = nullptr;
  Atom name_hint = nullptr;
  NodeList params;  // patterns
  NodeList body;
  std::vector<Atom> directives;
  Type* props_from_declarator = nullptr;  // type argument of FC<Props> on the variable
  // Filled by the scope pass.
  ScopeInfo scope;         // parameters, var and top-level lexical names, in one scope
  int32_t self_slot = -1;  // a named function expression's own name
  int32_t arguments_slot = -1;
  std::vector<Function*> hoisted;  // function declarations at the top of the body
  bool resolved = false;
  bool simple_params = false;  // plain identifiers in slots 0..n-1
  Function() : Node(Kind::kFunction) {}
};
struct Class : Node {
  Identifier* id = nullptr;
  Atom name_hint = nullptr;
  Node* super_class = nullptr;
  std::vector<Property> members;
  ScopeInfo scope;  // the class's own name and its private names
  Class() : Node(Kind::kClass) {}
};

enum class Op : uint8_t {
  kAdd,
  kSub,
  kMul,
  kDiv,
  kMod,
  kExp,
  kBitAnd,
  kBitOr,
  kBitXor,
  kShl,
  kShr,
  kUshr,
  kEq,
  kNe,
  kStrictEq,
  kStrictNe,
  kLt,
  kLe,
  kGt,
  kGe,
  kIn,
  kInstanceof,
  kAnd,
  kOr,
  kNullish,
  kNot,
  kBitNot,
  kPlus,
  kMinus,
  kTypeof,
  kVoid,
  kDelete,
  kAssign,
};
struct Unary : Node {
  Op op;
  Node* operand;
  Unary() : Node(Kind::kUnary) {}
};
struct Update : Node {
  bool increment, prefix;
  Node* target;
  Update() : Node(Kind::kUpdate) {}
};
struct Binary : Node {
  Op op;
  Node *left, *right;
  Binary() : Node(Kind::kBinary) {}
};
struct Logical : Node {
  Op op;
  Node *left, *right;
  Logical() : Node(Kind::kLogical) {}
};
struct Assign : Node {
  Op op;
  Node *target, *value;
  Assign() : Node(Kind::kAssign) {}
};  // op: kAssign or the operator
struct Conditional : Node {
  Node *test, *then, *otherwise;
  Conditional() : Node(Kind::kConditional) {}
};
struct Call : Node {
  Node* callee;
  NodeList arguments;
  bool optional = false;
  Call() : Node(Kind::kCall) {}
};
struct New : Node {
  Node* callee;
  NodeList arguments;
  New() : Node(Kind::kNew) {}
};
struct Member : Node {
  Node* object;
  Atom name = nullptr;    // .name or .#name
  Node* index = nullptr;  // [index]
  bool is_private = false, optional = false;
  Member() : Node(Kind::kMember) {}
};
struct OptionalChain : Node {
  Node* expression;
  OptionalChain() : Node(Kind::kOptionalChain) {}
};
struct Sequence : Node {
  NodeList expressions;
  Sequence() : Node(Kind::kSequence) {}
};
struct Spread : Node {
  Node* argument;
  Spread() : Node(Kind::kSpread) {}
};
struct Yield : Node {
  Node* argument = nullptr;
  bool delegate = false;
  Yield() : Node(Kind::kYield) {}
};
struct Await : Node {
  Node* argument;
  Await() : Node(Kind::kAwait) {}
};
struct ImportCall : Node {
  Node* source;
  ImportCall() : Node(Kind::kImportCall) {}
};
struct PrivateIn : Node {
  Atom name;
  Node* right;
  Identifier* reference = nullptr;  // set by the scope pass
  PrivateIn() : Node(Kind::kPrivateIn) {}
};
struct Simple : Node {
  explicit Simple(Kind k) : Node(k) {}
};  // this, super, null, new.target, import.meta, empty

// ---- JSX ----

struct JSXAttribute {
  Atom name = nullptr;    // null: {...value}
  Node* value = nullptr;  // null: true
  uint32_t begin = 0, end = 0;
};
struct JSXElement : Node {
  Node* type = nullptr;  // null: fragment; a String for a host element, else an expression
  std::vector<JSXAttribute> attributes;
  NodeList children;  // JSXText, expressions, Spread, elements; what vanishes is left out
  JSXElement() : Node(Kind::kJSXElement) {}
};
struct JSXText : Node {
  Atom value;
  JSXText() : Node(Kind::kJSXText) {}
};

// ---- patterns ----

struct ArrayPattern : Node {
  NodeList elements;
  ArrayPattern() : Node(Kind::kArrayPattern) {}
};
struct ObjectPattern : Node {
  std::vector<Property> properties;  // value: a pattern; kSpread: the rest
  ObjectPattern() : Node(Kind::kObjectPattern) {}
};
struct AssignmentPattern : Node {
  Node *target, *value;
  AssignmentPattern() : Node(Kind::kAssignmentPattern) {}
};
struct RestElement : Node {
  Node* target;
  RestElement() : Node(Kind::kRestElement) {}
};
// A pattern's annotation, by parameter: see Program::types_of.

// ---- statements ----

enum class VarKind : uint8_t { kVar, kLet, kConst };
struct Variable : Node {
  struct Declarator {
    Node* target;
    Node* init;
    uint32_t begin, end;
  };
  VarKind var_kind = VarKind::kVar;
  std::vector<Declarator> declarators;
  Variable() : Node(Kind::kVariable) {}
};
struct FunctionDeclaration : Node {
  Function* function;
  FunctionDeclaration() : Node(Kind::kFunctionDeclaration) {}
};
struct ClassDeclaration : Node {
  Class* klass;
  ClassDeclaration() : Node(Kind::kClassDeclaration) {}
};
struct Expression : Node {
  Node* expression;
  Expression() : Node(Kind::kExpression) {}
};
struct Block : Node {
  NodeList body;
  ScopeInfo scope;
  std::vector<Function*> hoisted;
  Block() : Node(Kind::kBlock) {}
};
struct If : Node {
  Node *test, *then, *otherwise = nullptr;
  If() : Node(Kind::kIf) {}
};
struct For : Node {
  Node *init = nullptr, *test = nullptr, *update = nullptr, *body = nullptr;
  ScopeInfo scope;  // let and const of the head: a fresh copy each turn
  For() : Node(Kind::kFor) {}
};
struct ForEach : Node {  // for-in, for-of
  Node* target;          // Variable with one declarator, or a pattern
  Node* subject;
  Node* body;
  bool is_await = false;
  ScopeInfo scope;
  explicit ForEach(Kind k) : Node(k) {}
};
struct While : Node {
  Node *test, *body;
  explicit While(Kind k) : Node(k) {}
};
struct Return : Node {
  Node* argument = nullptr;
  Return() : Node(Kind::kReturn) {}
};
struct Jump : Node {
  Atom label = nullptr;
  explicit Jump(Kind k) : Node(k) {}
};  // break, continue
struct Throw : Node {
  Node* argument;
  Throw() : Node(Kind::kThrow) {}
};
struct Try : Node {
  Block *block, *handler = nullptr, *finalizer = nullptr;
  Node* param = nullptr;
  ScopeInfo scope;  // of the parameter
  Try() : Node(Kind::kTry) {}
};
struct Switch : Node {
  struct Case {
    Node* test;
    NodeList body;
  };
  Node* subject;
  std::vector<Case> cases;
  ScopeInfo scope;
  std::vector<Function*> hoisted;
  Switch() : Node(Kind::kSwitch) {}
};
struct Labeled : Node {
  Atom label;
  Node* body;
  Labeled() : Node(Kind::kLabeled) {}
};
struct Enum : Node {
  struct Member {
    Atom name;
    Node* init;
  };
  Identifier* id;
  std::vector<Member> members;
  ScopeInfo scope;
  Enum() : Node(Kind::kEnum) {}
};
struct Import : Node {
  struct Specifier {
    Atom imported;
    Identifier* local;
  };  // imported null: namespace
  std::vector<Specifier> specifiers;
  Atom source;
  Import() : Node(Kind::kImport) {}
};
struct ExportNamed : Node {
  struct Specifier {
    Atom local, exported;
    Identifier* reference = nullptr;
  };
  Node* declaration = nullptr;
  std::vector<Specifier> specifiers;
  Atom source = nullptr;  // re-export
  ExportNamed() : Node(Kind::kExportNamed) {}
};
struct ExportDefault : Node {
  Node* declaration;
  ExportDefault() : Node(Kind::kExportDefault) {}
};  // expression or declaration
struct ExportAll : Node {
  Atom exported = nullptr, source;
  ExportAll() : Node(Kind::kExportAll) {}
};
struct ExportAssignment : Node {
  Node* expression;
  ExportAssignment() : Node(Kind::kExportAssignment) {}
};

// ---- a file ----

class Program {
 public:
  std::shared_ptr<source::File> file;
  std::vector<Atom> directives;  // "use kernel", ...
  NodeList body;
  bool is_module = false;              // has import or export declarations
  std::vector<TypeDeclaration> types;  // aliases and interfaces, by name
  ScopeInfo scope;
  std::vector<Function*> hoisted;
  bool resolved = false;
  // Annotation of a parameter or variable pattern.
  std::vector<std::pair<const Node*, Type*>> annotations;

  template <class T, class... Args>
  T* make(Args&&... args) {
    auto owned = std::make_unique<T>(std::forward<Args>(args)...);
    T* raw = owned.get();
    nodes_.push_back(std::move(owned));
    return raw;
  }
  Type* make_type() { return &type_nodes_.emplace_back(); }
  Type* annotation(const Node* pattern) const {
    for (const auto& [node, type] : annotations)
      if (node == pattern) return type;
    return nullptr;
  }

 private:
  std::deque<std::unique_ptr<Node>> nodes_;
  std::deque<Type> type_nodes_;
};

}  // namespace jsxdp::syntax

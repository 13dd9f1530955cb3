// SPDX-License-Identifier: MIT
// Names that need no binding in a module to mean something.
#include "engine/facts/program_state.hpp"

#include <algorithm>
#include <array>

namespace assay::facts {

bool is_builtin(std::string_view name)
{
  constexpr std::array<std::string_view, 67> k_builtins = {"ArithmeticError",
                                                           "AssertionError",
                                                           "AttributeError",
                                                           "BaseException",
                                                           "Exception",
                                                           "ImportError",
                                                           "IndexError",
                                                           "KeyError",
                                                           "KeyboardInterrupt",
                                                           "LookupError",
                                                           "ModuleNotFoundError",
                                                           "NameError",
                                                           "NotImplemented",
                                                           "NotImplementedError",
                                                           "OSError",
                                                           "OverflowError",
                                                           "PermissionError",
                                                           "RuntimeError",
                                                           "StopIteration",
                                                           "SystemExit",
                                                           "TypeError",
                                                           "UnicodeDecodeError",
                                                           "ValueError",
                                                           "ZeroDivisionError",
                                                           "__file__",
                                                           "__name__",
                                                           "__doc__",
                                                           "abs",
                                                           "all",
                                                           "any",
                                                           "bool",
                                                           "bytes",
                                                           "callable",
                                                           "chr",
                                                           "classmethod",
                                                           "delattr",
                                                           "dict",
                                                           "dir",
                                                           "enumerate",
                                                           "eval",
                                                           "exec",
                                                           "filter",
                                                           "float",
                                                           "format",
                                                           "frozenset",
                                                           "getattr",
                                                           "globals",
                                                           "hasattr",
                                                           "hash",
                                                           "id",
                                                           "input",
                                                           "int",
                                                           "isinstance",
                                                           "issubclass",
                                                           "iter",
                                                           "len",
                                                           "list",
                                                           "locals",
                                                           "map",
                                                           "max",
                                                           "min",
                                                           "next",
                                                           "object",
                                                           "open",
                                                           "ord",
                                                           "print",
                                                           "property"};
  constexpr std::array<std::string_view, 21> k_more = {
    "range",     "repr",    "reversed",       "round", "set",        "setattr",
    "slice",     "sorted",  "staticmethod",   "str",   "sum",        "super",
    "tuple",     "type",    "vars",           "zip",   "__import__", "__builtins__",
    "bytearray", "complex", "ConnectionError"};
  return std::ranges::find(k_builtins, name) != k_builtins.end()
         || std::ranges::find(k_more, name) != k_more.end();
}

std::string forgotten_import(std::string_view name)
{
  constexpr std::array<std::string_view, 30> k_core = {"BigInteger",
                                                       "Boolean",
                                                       "CheckConstraint",
                                                       "Column",
                                                       "Date",
                                                       "DateTime",
                                                       "Enum",
                                                       "Float",
                                                       "ForeignKey",
                                                       "ForeignKeyConstraint",
                                                       "Index",
                                                       "Integer",
                                                       "JSON",
                                                       "LargeBinary",
                                                       "MetaData",
                                                       "Numeric",
                                                       "PrimaryKeyConstraint",
                                                       "SmallInteger",
                                                       "String",
                                                       "Table",
                                                       "Text",
                                                       "UniqueConstraint",
                                                       "Uuid",
                                                       "and_",
                                                       "create_engine",
                                                       "desc",
                                                       "func",
                                                       "or_",
                                                       "select",
                                                       "text"};
  constexpr std::array<std::string_view, 18> k_orm = {"DeclarativeBase",
                                                      "Mapped",
                                                      "Session",
                                                      "aliased",
                                                      "backref",
                                                      "contains_eager",
                                                      "declarative_base",
                                                      "immediateload",
                                                      "joinedload",
                                                      "lazyload",
                                                      "load_only",
                                                      "mapped_column",
                                                      "raiseload",
                                                      "registry",
                                                      "relationship",
                                                      "selectinload",
                                                      "sessionmaker",
                                                      "subqueryload"};
  if (std::ranges::find(k_core, name) != k_core.end()) {
    return "sqlalchemy." + std::string(name);
  }
  return std::ranges::find(k_orm, name) != k_orm.end() ? "sqlalchemy.orm." + std::string(name)
                                                       : std::string();
}

} // namespace assay::facts

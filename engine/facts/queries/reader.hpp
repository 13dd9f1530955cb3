// SPDX-License-Identifier: MIT
// What the values of a query function mean: which statement a chain of calls builds, what a call
// sends to the database, and what objects a value holds. Adds to the interpreter what only the
// schema tells: classes of loaded objects, attributes of repositories, methods of entities.
#pragma once

#include "engine/facts/interpreter.hpp"
#include "engine/facts/program.hpp"
#include "engine/facts/queries/schema_index.hpp"
#include "engine/model/query_facts.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace assay::facts::queries {

enum class Shape {
  unknown,
  nothing, ///< None
  scalar,
  entity,     ///< one object of class_name
  collection, ///< objects of class_name
  row,        ///< parts
  rows,       ///< each of parts
  mapping,    ///< dict whose values are parts[0]
  record,     ///< dict written by the candidate
  records,
};

/// Where a loaded object comes from: the call that sent the statement, and the statement's first
/// call.
struct Provenance {
  const syntax::Expr* execution = nullptr;
  const syntax::Expr* root = nullptr;
  auto operator<=>(const Provenance&) const = default;
};

struct Holding {
  Shape shape = Shape::unknown;
  std::string class_name;
  std::vector<Holding> parts;
  std::vector<std::string> names; ///< of parts, where they have one
  bool fresh = false;             ///< made here by calling the class
  bool given = false;             ///< comes from a parameter
  Provenance from;
};

/// A statement as far as its chain has been read.
struct Draft {
  Statement statement;
  const syntax::Expr* root = nullptr;
  std::vector<Holding> yields;   ///< what a row consists of
  std::vector<std::string> from; ///< classes and tables in FROM
  std::string last_joined;       ///< what filter_by speaks about
  std::vector<std::pair<std::string, std::string>>
    links;                                ///< pairs of classes that a condition joins
  std::vector<std::size_t> inner_filters; ///< filters within EXISTS or a subquery
  bool writes = false;                    ///< insert, update, delete
  bool open_root = false;                 ///< what it selects from was not understood
  std::vector<std::string> gaps;
};

enum class Yield { rows, first_column, query_list, query_single, entity, scalar, page };

/// A call that sends a statement.
struct Execution {
  std::string method;
  std::shared_ptr<const Draft> draft; ///< null if the statement was not understood
  ValueRef receiver = nullptr;        ///< the session or connection, if the call names it
  ValueRef text = nullptr;            ///< a string given as statement
  Yield yield = Yield::rows;
  Provenance from;
};

class Reader {
public:
  Reader(Program& program, const SchemaIndex& schema);

  [[nodiscard]] Program& program() const { return program_; }

  [[nodiscard]] const SchemaIndex& schema() const { return schema_; }

  /// Sees through attributes of project instances (`self.model`), getattr and un-inlined methods.
  /// Never null.
  ValueRef resolve(ValueRef value);

  /// The project class (mapped or not) of which `value` is an instance, or null.
  const ClassInfo* instance_class(ValueRef value);

  /// The mapped class or Core table that `value` names (the class itself, an alias of it); empty if
  /// none.
  std::string entity_of(ValueRef value);

  /// The statement that `value` is, or null. Results of sent statements are none.
  std::shared_ptr<const Draft> statement(ValueRef value);

  Holding holding(ValueRef value);

  /// What the call sends, if it sends something.
  std::optional<Execution> execution(const Value& call);

  /// The statement behind iterating over `value`: a Query that sends itself.
  std::optional<Execution> iteration(ValueRef value);

  /// Loader paths of one argument of options().
  std::vector<LoadPath>
  load_paths(ValueRef option, const Draft& draft, std::vector<std::string>& gaps);

  /// Filters of one argument of where().
  void criteria(ValueRef condition, Draft& draft);

  /// The operand as a filter's right-hand side.
  Operand operand(ValueRef value);

  /// Parameters of `function` bound to the arguments of `call`.
  std::map<std::string, ValueRef>
  bind(const FunctionInfo& function, const Value& call, ValueRef self);

  /// The relation that `value` reads on an object: `post.comments`. Null owner if it is none.
  struct RelationRead {
    const Relationship* relation = nullptr;
    Holding owner;
    bool guessed = false;
  };

  std::optional<RelationRead> relation_read(const Value& attribute);

  const ClassInfo* class_info(std::string_view qualified) const;

  /// The method or property of the class of `receiver`, if it is a project class that defines it.
  const FunctionInfo* method_of(ValueRef receiver, std::string_view name);

  /// The entity that a repository class is about: `Repository[Post]`, `model = Post`.
  std::string subject_of(const ClassInfo& info);

  /// A value that stands for an instance of the class.
  ValueRef instance_of(const ClassInfo& info);

private:
  // values.cpp
  ValueRef resolve_attribute(const Value& attribute);
  ValueRef resolve_call(const Value& call);
  ValueRef member(const ClassInfo& info, ValueRef instance, std::string_view name);
  const std::map<std::string, ValueRef>& constructed(const ClassInfo& info, const Value* call);
  const ClassInfo* annotated_class(ValueRef annotation);
  ValueRef run(const FunctionInfo& function, const std::map<std::string, ValueRef>& bindings);

  // holding.cpp
  Holding compute_holding(ValueRef value);
  Holding holding_of_call(const Value& call);
  Holding holding_of_attribute(const Value& attribute);
  Holding holding_of_subscript(const Value& subscript);
  Holding holding_of_annotation(ValueRef annotation);
  Holding holding_of_parameter(const Value& parameter);
  Holding method_holding(const Value& call, std::string_view method, const Holding& receiver);
  Holding execution_holding(const Execution& execution);
  static Holding element_of(const Holding& whole, long long position);

  // statement.cpp
  std::shared_ptr<Draft> compute_statement(ValueRef value);
  std::shared_ptr<Draft> statement_of_call(const Value& call);
  std::shared_ptr<Draft> function_statement(const Value& call, std::string_view name);
  std::shared_ptr<Draft> query_root(const Value& call);
  std::shared_ptr<Draft> relation_root(const Value& attribute);
  std::shared_ptr<Draft> class_query(const Value& attribute);
  std::shared_ptr<Draft> core_method(const Value& call);
  std::shared_ptr<Draft> merged(const Value& either);
  std::shared_ptr<Draft> custom_query_method(const Value& call, const Draft& before);
  std::shared_ptr<Draft> lambda_statement(const Value& call);
  void select_columns(const Value& call, Draft& draft);
  void select_arguments(const Value& call, Draft& draft);
  void select_item(ValueRef item, Draft& draft);
  bool apply(const Value& call, std::string_view method, Draft& draft);
  bool apply_shape(const Value& call, std::string_view method, Draft& draft);
  void apply_join(const Value& call, std::string_view method, Draft& draft);
  void join_to(ValueRef target, bool outer, Draft& draft);
  void apply_order(const Value& call, Draft& draft);
  void select_from(ValueRef source, Draft& draft);

  // criteria.cpp
  void compare(const Value& operation, Draft& draft);
  void comparison(ValueRef column, ValueRef other, const Value& at, Draft& draft);
  void method_criterion(const Value& call, Draft& draft);
  void add_filter(const std::string& owner,
                  std::string_view attribute,
                  Operand operand,
                  const Value& at,
                  Draft& draft);
  void filter_by(const Value& call, Draft& draft);
  void parent_criterion(const Value& call, Draft& draft);

  // loading.cpp
  struct LoadedAttribute {
    std::string class_name;
    std::string attribute;
    std::string target;
  };

  std::optional<LoadedAttribute> loaded_attribute(ValueRef value, const std::string& owner);

  struct LoadChain {
    std::vector<LoadStep> steps;
    std::string owner; ///< class that the next step starts from
    bool known = true;
    bool loads = true; ///< false: load_only, with_loader_criteria and the like alone
    std::vector<LoadPath> branches;
  };

  LoadChain load_chain(const Value& call, const std::string& root, std::vector<std::string>& gaps);
  void load_step(const Value& call,
                 std::string_view strategy,
                 LoadChain& chain,
                 std::vector<std::string>& gaps);

  /// "Post.title" as owner and attribute; sees through col(), func.lower(), cast ...
  struct ColumnName {
    std::string owner;
    std::string attribute;
  };

  std::optional<ColumnName> column_name(ValueRef value);
  std::optional<ColumnName> gathered_column(ValueRef ref, bool gathering, int depth);

  Program& program_;
  const SchemaIndex& schema_;
  std::map<std::string, const ClassInfo*, std::less<>> class_infos_;
  std::unordered_map<ValueRef, ValueRef> resolved_;
  std::unordered_map<ValueRef, Holding> holdings_;
  std::unordered_map<ValueRef, std::shared_ptr<const Draft>> statements_;
  std::map<std::pair<const ClassInfo*, const Value*>, std::map<std::string, ValueRef>> constructed_;
  std::unordered_map<const ClassInfo*, ValueRef> instances_;
  std::vector<const FunctionInfo*> running_;
  int depth_ = 0;
};

/// `text` of a value as the candidate wrote it, on one line, at most 120 characters.
std::string source_text(const Program& program, const Value& value);

/// The last part of a SQLAlchemy name: "orm.selectinload" and "selectinload" are the same.
std::string construct_name(const Value& value);

/// Appends `entry` unless it is empty or there already.
void push_unique(std::vector<std::string>& list, const std::string& entry);

/// True for names of the strategies that a LoadStep may have.
bool is_load_strategy(std::string_view name);

} // namespace assay::facts::queries

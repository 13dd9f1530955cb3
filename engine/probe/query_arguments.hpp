// SPDX-License-Identifier: MIT
// What can be passed for a parameter: by its annotation, its name and its default, in that order.
#pragma once

#include "engine/probe/query_plan.hpp"

#include <initializer_list>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace assay::probe {

/// A parameter as the process describes it.
struct Parameter {
  std::string name;
  std::string annotation;
  bool has_default = false;
  bool variadic = false;
  std::vector<std::string> words; ///< of the name, in the singular
  wire::Value made; ///< how an object of its class is made, where that is one of the submission's
};

std::vector<Parameter> parameters_in(const wire::Value& described, std::string_view key);

/// One value that a parameter can have.
struct Choice {
  wire::Value value;
  std::string says;
  bool asks = false;    ///< it says whose roots are wanted
  bool guessed = false; ///< by its type alone
};

class Binder {
public:
  /// `asynchronous`: sessions are async ones where nothing says otherwise. `source` and `callable`
  /// outlive this.
  Binder(const BindingSource& source, const Callable& callable, bool asynchronous);

  /// Nothing: it keeps its default. No choice at all: it cannot be filled.
  [[nodiscard]] std::optional<std::vector<Choice>> choices_for(const Parameter& parameter) const;

  /// The object of a row, to be loaded in the session of the call; nothing if its role has no
  /// class.
  [[nodiscard]] std::optional<wire::Value> instance_of(const SeedRow& row) const;

  /// A row of the class; `asks`: it is the object whose roots are wanted.
  [[nodiscard]] const SeedRow* row_of_class(const std::string& class_name, bool& asks) const;

  /// What kind of session the parameter is for; nothing if it is for none.
  [[nodiscard]] std::optional<std::string> session_for(const Parameter& parameter) const;

  /// For a parameter whose name says nothing: a column of the object whose roots are wanted, or
  /// what tells that object from others.
  [[nodiscard]] std::vector<Choice> guesses(const Parameter& parameter) const;

  /// For a parameter whose name says nothing: a session, where the code runs its statements on one
  /// that it is given.
  [[nodiscard]] std::vector<Choice> unnamed_session() const;

private:
  [[nodiscard]] std::set<std::string> names_of(const std::string& role) const;
  [[nodiscard]] std::optional<Choice> made_choice(const Parameter& parameter) const;
  [[nodiscard]] std::vector<Choice> object_choices(const Parameter& parameter) const;
  [[nodiscard]] std::vector<Choice> compared_choices(const Parameter& parameter) const;
  [[nodiscard]] std::optional<Choice> compared_with(const Filter& filter,
                                                    const Parameter& parameter) const;
  [[nodiscard]] const SeedRow* row_compared(const Filter& filter, std::string& role) const;
  [[nodiscard]] const SeedRow& target() const;
  [[nodiscard]] const SeedRow* some_row(const std::string& role) const;
  [[nodiscard]] const Table* table_of_row(const SeedRow& row) const;
  [[nodiscard]] std::vector<Choice> choices(const Parameter& parameter,
                                            const std::string& role,
                                            const SeedRow& row,
                                            bool is_key,
                                            bool asks) const;
  [[nodiscard]] std::optional<Choice>
  text_of(const Table& table, const SeedRow& row, const Parameter& parameter) const;

  const BindingSource& source_;
  const Callable& callable_;
  bool asynchronous_;
};

} // namespace assay::probe

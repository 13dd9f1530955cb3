// SPDX-License-Identifier: MIT
// What a callable says about itself: signature, docstring, comments, kind, labels.
#pragma once

#include "engine/facts/program.hpp"
#include "engine/model/query_facts.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace assay::facts::queries {

/// Fills ref, name, owner, kind, signature, docstring, comments, location and labels.
void describe(const Program& program, const FunctionInfo& function, Callable& callable);

/// Comments of the module from line `first` to `last`, and those in an unbroken run directly above
/// `first`.
std::vector<std::string> comments_between(const ModuleInfo& module, int first, int last);

/// True if a decorator or the base class makes it a handler of requests.
bool is_route(const Program& program, const FunctionInfo& function);

/// The value of response_model in the route's decorator, or the return annotation; null if there is
/// none.
const syntax::Expr* response_model(const FunctionInfo& function);

/// True if it turns objects into something to show: to_dict, __repr__, a property, serialize_post.
bool is_renderer(const FunctionInfo& function);

/// A command of click, typer or Flask: @app.command().
bool is_command(const FunctionInfo& function);

/// It returns or yields something other than a constant.
bool gives_something_back(const FunctionInfo& function);

/// Whatever it returns is made in the return: a dictionary, an object, a text.
bool builds_what_it_shows(const FunctionInfo& function);

/// True for a top-level function that needs no arguments and gives nothing back: main(), demo(),
/// seed().
bool stands_alone(const FunctionInfo& function);

/// The text of an expression as written, on one line.
std::string written(const ModuleInfo& module, const syntax::Expr* expression);

} // namespace assay::facts::queries

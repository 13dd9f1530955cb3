// SPDX-License-Identifier: MIT
// Whether a query is about the roots of one object: the posts of one user and not everybody's.
#pragma once

#include "engine/checks/query_view.hpp"

namespace assay::checks {

enum class Restriction {
  none,  ///< the filter is about something else
  loose, ///< it names the object, but nothing joins it to the root: every row matches
  firm,
};

/// What `filter` does to the roots of the view's callable.
Restriction restriction_of(const Subject& subject, const QueryView& view, const Filter& filter);

/// Whether a filter, or the way the root is reached, leaves the roots of one object.
bool restricts(const Subject& subject, const QueryView& view, const Statement& statement);

/// Whether the view's callable means to answer for one object, rightly or not.
bool asks_for_one(const Subject& subject, const QueryView& view);

} // namespace assay::checks

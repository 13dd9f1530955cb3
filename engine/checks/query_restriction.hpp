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

/// What filters do to the roots of one view. The schema is looked through once, when it is made;
/// subject and view outlive it.
class Restrictions {
public:
  Restrictions(const Subject& subject, const QueryView& view);

  [[nodiscard]] Restriction of(const Filter& filter) const;

  /// Whether a filter, or the way the root is reached, leaves the roots of one object.
  [[nodiscard]] bool restricts(const Statement& statement) const;

private:
  [[nodiscard]] bool leads_to_one(const std::string& attribute) const;

  const Subject& subject_;
  const QueryView& view_;
  /// Foreign keys that lead from the root to the object, those of a link table included.
  std::vector<ForeignKeyRef> keys_;
  std::vector<const Table*> linking_;
  std::vector<const Relationship*> to_one_;
};

/// Whether the view's callable means to answer for one object, rightly or not.
bool asks_for_one(const Subject& subject, const QueryView& view);

} // namespace assay::checks

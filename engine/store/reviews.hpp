// SPDX-License-Identifier: MIT
// What people said of stored results: credit they gave, names they had shown to them. Only ever
// added to.
#pragma once

#include "engine/store/store.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay::store {

/// Credit that a person gave a check of a submission.
struct Review {
  std::int64_t id = 0;
  RunId run; ///< the person looked at
  std::string source;
  std::string check;
  std::optional<double> credit; ///< 0..1; nothing: the engine's own verdict counts again
  std::string reason;
  std::string reviewer;
  Instant reviewed_at{};
  std::string basis_digest; ///< of the verdict that was overridden
  bool operator==(const Review&) const = default;
};

/// Digest of what the engine said: outcome, credit, reason and evidence. A review whose digest is
/// another one was made of other facts.
std::string basis_digest(const Verdict& verdict);

/// A view on a Store, which outlives it. Errors of all members: as of Store.
class Reviews {
public:
  explicit Reviews(Store& store)
    : store_(store)
  {
  }

  Result<void> add(const Review& review);

  /// The newest review of each check of `source`, by check.
  Result<std::vector<Review>> current(std::string_view source) const;

  /// All of them, oldest first.
  Result<std::vector<Review>> all() const;

  /// Whether outputs leave out names by default.
  [[nodiscard]] Result<bool> blind() const;
  Result<void> set_blind();

  /// What aliases are made with: 32 hexadecimal digits, drawn once for each database.
  Result<std::string> alias_key() const;

  /// Notes that names were shown.
  Result<void> disclose(std::string_view reviewer, std::string_view what, Instant now);

private:
  Store& store_;
};

} // namespace assay::store

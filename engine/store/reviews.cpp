// SPDX-License-Identifier: MIT
#include "engine/store/reviews.hpp"

#include "engine/base/digest.hpp"
#include "engine/codec/codec.hpp"
#include "engine/store/connection.hpp"
#include "engine/store/statement.hpp"

#include <set>

namespace assay::store {

namespace {

constexpr const char* k_select_reviews =
  "SELECT id, run_id, source, check_id, credit, reason, reviewer, reviewed_at, basis_digest"
  " FROM reviews";

Review read_review(Rows& rows)
{
  Review review;
  rows >> review.id >> review.run.value >> review.source >> review.check >> review.credit
    >> review.reason >> review.reviewer >> review.reviewed_at >> review.basis_digest;
  return review;
}

std::string setting(const SQLite::Database& database, const char* name)
{
  Rows rows(database, "SELECT value FROM settings WHERE name = ?");
  rows.statement().bind(1, name);
  std::string value;
  if (rows.next()) {
    rows >> value;
  }
  return value;
}

} // namespace

std::string basis_digest(const Verdict& verdict)
{
  return sha256(codec::to_json(verdict));
}

Result<void> Reviews::add(const Review& review)
{
  return guarded(store_.connection_->path, store_.connection_->options, [&]() -> Result<void> {
    Command(store_.connection_->database,
            "INSERT INTO reviews (run_id, source, check_id, credit, reason, reviewer, reviewed_at,"
            " basis_digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
      .run(review.run.value,
           review.source,
           review.check,
           review.credit,
           review.reason,
           review.reviewer,
           review.reviewed_at,
           review.basis_digest);
    return {};
  });
}

Result<std::vector<Review>> Reviews::current(std::string_view source) const
{
  return guarded(
    store_.connection_->path, store_.connection_->options, [&]() -> Result<std::vector<Review>> {
      Rows rows(store_.connection_->database,
                std::string(k_select_reviews) + " WHERE source = ? ORDER BY id DESC");
      rows.statement().bind(1, std::string(source));
      std::vector<Review> found;
      std::set<std::string> seen;
      while (rows.next()) {
        Review review = read_review(rows);
        if (seen.insert(review.check).second) {
          found.push_back(std::move(review));
        }
      }
      return found;
    });
}

Result<std::vector<Review>> Reviews::all() const
{
  return guarded(
    store_.connection_->path, store_.connection_->options, [&]() -> Result<std::vector<Review>> {
      Rows rows(store_.connection_->database, std::string(k_select_reviews) + " ORDER BY id");
      std::vector<Review> found;
      while (rows.next()) {
        found.push_back(read_review(rows));
      }
      return found;
    });
}

Result<bool> Reviews::blind() const
{
  return guarded(store_.connection_->path, store_.connection_->options, [&]() -> Result<bool> {
    return setting(store_.connection_->database, "blind") == "yes";
  });
}

Result<void> Reviews::set_blind()
{
  return guarded(store_.connection_->path, store_.connection_->options, [&]() -> Result<void> {
    store_.connection_->database.exec("INSERT INTO settings VALUES ('blind', 'yes')"
                                      " ON CONFLICT DO NOTHING");
    return {};
  });
}

Result<std::string> Reviews::alias_key() const
{
  return guarded(
    store_.connection_->path, store_.connection_->options, [&]() -> Result<std::string> {
      return setting(store_.connection_->database, "alias_key");
    });
}

Result<void> Reviews::disclose(std::string_view reviewer, std::string_view what, Instant now)
{
  return guarded(store_.connection_->path, store_.connection_->options, [&]() -> Result<void> {
    Command(store_.connection_->database,
            "INSERT INTO disclosures (disclosed_at, reviewer, what) VALUES (?, ?, ?)")
      .run(now, reviewer, what);
    return {};
  });
}

} // namespace assay::store

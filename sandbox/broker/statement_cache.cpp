// SPDX-License-Identifier: MIT
#include "sandbox/broker/statement_cache.hpp"

namespace assay::broker {

std::shared_ptr<Prepared> StatementCache::find(std::string_view sql)
{
  const auto found = by_text_.find(sql);
  if (found == by_text_.end() || (*found->second)->in_use) {
    return nullptr;
  }
  recent_.splice(recent_.begin(), recent_, found->second);
  return recent_.front();
}

void StatementCache::add(const std::shared_ptr<Prepared>& prepared)
{
  if (by_text_.contains(prepared->sql)) {
    return;
  }
  if (recent_.size() >= k_most) {
    by_text_.erase(recent_.back()->sql);
    recent_.pop_back();
  }
  recent_.push_front(prepared);
  by_text_.emplace(prepared->sql, recent_.begin());
}

void StatementCache::clear()
{
  by_text_.clear();
  recent_.clear();
}

} // namespace assay::broker

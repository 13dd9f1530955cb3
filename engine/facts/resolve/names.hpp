// SPDX-License-Identifier: MIT
// How well an identifier fits a role. Source: checks.md section 3.
#pragma once

#include "engine/model/rubric.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace assay::facts {

/// Lower-case singular words of an identifier without accents and without affixes that say nothing
/// of the domain (model, entity, orm, db, table, tbl ...): "TblBlogPostModel" -> blog, post.
std::vector<std::string> domain_words(std::string_view identifier);

/// 0..1: canonical name 1.0, first tier 0.9, second tier 0.7; a compound whose head noun fits 0.8
/// of that.
double name_score(const EntitySpec& role, std::string_view class_name, std::string_view table_name);

/// Rank of a column name among the synonyms of a role, 0 best; -1 if it fits none. Underscores and
/// case do not matter; one additional word is allowed ("user_email" for "email"), but a
/// "message_id" is no "message".
int column_rank(const std::vector<std::string>& synonyms, std::string_view column);

} // namespace assay::facts

// SPDX-License-Identifier: MIT
// Private to this module: the parts of the page, in the order in which they stand. A part with
// nothing to say is empty.
#pragma once

#include "engine/report/figures.hpp"
#include "engine/report/html/markup.hpp"
#include "engine/report/report.hpp"

#include <vector>

namespace assay::report::html {

/// What every part needs.
struct View {
  const RunRecord& record;
  Audience audience = Audience::manager;
  std::vector<CheckFigures> checks; ///< that the audience may see
};

/// Who, what, the score with its interval, the band.
Markup headline(const View& view);

/// Gates, integrity flags in plain words, why a person should look.
Markup alarms(const View& view);

/// Bars with weights.
Markup categories(const View& view);

/// What was lost, the most first, with the candidate's lines and how to mend it.
Markup losses(const View& view);

/// What is not certain and why.
Markup uncertain(const View& view);

/// The schema as an entity-relationship diagram, with what is missing or wrong, and as a list.
Markup schema(const View& view);

/// What the chosen queries cost, measured, beside what a constant query costs.
Markup queries(const View& view);

/// Revisions in order, how they ran, where they differ from the models.
Markup migration(const View& view);

/// What else was seen; not part of the score.
Markup signals(const View& view);

Markup interview(const View& view);

/// Every check with its outcome.
Markup every_check(const View& view);

/// How it was graded, and what is needed to grade it again.
Markup receipt(const View& view);

/// A place with the candidate's line, if there is one.
Markup code_line(const Location& where);

/// The last part of an address or a path, without ".git": "blog" of "https://host/ana/blog.git".
std::string short_name(std::string_view source);

/// "strong" and "good" are good, the lowest band is bad, others are in between.
std::string_view tone_of_band(const Rubric& rubric, std::string_view band);

} // namespace assay::report::html

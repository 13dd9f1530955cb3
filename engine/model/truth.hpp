// SPDX-License-Identifier: MIT
#pragma once

namespace assay {

/// Three-valued: what we could not establish is `unknown`, never `no`.
enum class Truth { unknown, no, yes };

constexpr Truth truth(bool value)
{
  return value ? Truth::yes : Truth::no;
}

/// Kleene conjunction.
constexpr Truth both(Truth a, Truth b)
{
  if (a == Truth::no || b == Truth::no) {
    return Truth::no;
  }
  return a == Truth::yes && b == Truth::yes ? Truth::yes : Truth::unknown;
}

/// Kleene disjunction.
constexpr Truth either(Truth a, Truth b)
{
  if (a == Truth::yes || b == Truth::yes) {
    return Truth::yes;
  }
  return a == Truth::no && b == Truth::no ? Truth::no : Truth::unknown;
}

/// How a fact came to be known, weakest first. Source: docs/scoring.md.
enum class Basis { none, claimed, reading, cross_checked, observed };

} // namespace assay

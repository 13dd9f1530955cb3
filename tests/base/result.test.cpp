// SPDX-License-Identifier: MIT
#include "engine/base/result.hpp"

#include "tests/support/catch.hpp"

#include <memory>

using namespace assay;

namespace {

Result<int> half(int number)
{
  if (number % 2 != 0) {
    return Error{ErrorCode::invalid_input, "odd"};
  }
  return number / 2;
}

Result<int> quarter(int number)
{
  ASSAY_ASSIGN(const int once, half(number));
  ASSAY_ASSIGN(const int twice, half(once));
  return twice;
}

Result<void> require_even(int number)
{
  ASSAY_TRY(half(number));
  return {};
}

} // namespace

TEST_CASE("A result holds a value or the error that prevented it")
{
  CHECK(half(4).value() == 2);
  CHECK_FALSE(half(3).has_value());
  CHECK(half(3).error() == Error{ErrorCode::invalid_input, "odd"});
}

TEST_CASE("The first error ends a chain")
{
  CHECK(quarter(8).value() == 2);
  CHECK(quarter(6).error().message == "odd");
  CHECK(require_even(2).has_value());
  CHECK(require_even(1).error().message == "odd");
}

TEST_CASE("Asking a result for what it does not hold is a bug")
{
  CHECK_THROWS_AS(half(3).value(), std::logic_error);
  CHECK_THROWS_AS(half(2).error(), std::logic_error);
  CHECK_THROWS_AS(Result<void>().error(), std::logic_error);
}

TEST_CASE("A result may hold what can only be moved")
{
  Result<std::unique_ptr<int>> result(std::make_unique<int>(7));
  const std::unique_ptr<int> taken = std::move(result).value();
  CHECK(*taken == 7);
}

TEST_CASE("Context is put before the message and keeps the code")
{
  const Error error = with_context(Error{ErrorCode::io, "no space left"}, "writing results.db");
  CHECK(error == Error{ErrorCode::io, "writing results.db: no space left"});
}

TEST_CASE("Every error code has a name of its own")
{
  CHECK(to_string(ErrorCode::invalid_input) == "invalid_input");
  CHECK(to_string(ErrorCode::not_found) == "not_found");
  CHECK(to_string(ErrorCode::limit_exceeded) == "limit_exceeded");
  CHECK(to_string(ErrorCode::unavailable) == "unavailable");
  CHECK(to_string(ErrorCode::conflict) == "conflict");
  CHECK(to_string(ErrorCode::io) == "io");
}

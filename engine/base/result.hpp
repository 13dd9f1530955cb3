// SPDX-License-Identifier: MIT
#pragma once

#include "engine/base/error.hpp"

#include <stdexcept>
#include <utility>
#include <variant>

namespace assay {

/// A value or the Error that kept us from having one; spelled like C++23's std::expected.
///
/// `value()` on an error is a bug in assay and throws std::logic_error.
template<class T>
class [[nodiscard]] Result {
public:
  Result(T value) // NOLINT(google-explicit-constructor): returns read naturally
    : state_(std::in_place_index<0>, std::move(value))
  {
  }

  Result(Error error) // NOLINT(google-explicit-constructor): returns read naturally
    : state_(std::in_place_index<1>, std::move(error))
  {
  }

  [[nodiscard]] bool has_value() const { return state_.index() == 0; }

  explicit operator bool() const { return has_value(); }

  T& value() &
  {
    require();
    return *std::get_if<0>(&state_);
  }

  const T& value() const&
  {
    require();
    return *std::get_if<0>(&state_);
  }

  T&& value() &&
  {
    require();
    return std::move(*std::get_if<0>(&state_));
  }

  T& operator*() & { return value(); }

  const T& operator*() const& { return value(); }

  T&& operator*() && { return std::move(*this).value(); }

  T* operator->() { return &value(); }

  const T* operator->() const { return &value(); }

  [[nodiscard]] const Error& error() const
  {
    if (has_value()) {
      throw std::logic_error("Result::error() on a value");
    }
    return *std::get_if<1>(&state_);
  }

private:
  void require() const
  {
    if (!has_value()) {
      throw std::logic_error("Result::value() on an error: " + std::get_if<1>(&state_)->message);
    }
  }

  std::variant<T, Error> state_;
};

/// Result of an operation that yields nothing but may be refused.
template<>
class [[nodiscard]] Result<void> {
public:
  Result() = default;

  Result(Error error) // NOLINT(google-explicit-constructor): returns read naturally
    : failed_(true),
      error_(std::move(error))
  {
  }

  [[nodiscard]] bool has_value() const { return !failed_; }

  explicit operator bool() const { return !failed_; }

  [[nodiscard]] const Error& error() const
  {
    if (!failed_) {
      throw std::logic_error("Result::error() on a value");
    }
    return error_;
  }

private:
  bool failed_ = false;
  Error error_;
};

} // namespace assay

#define ASSAY_CONCAT_INNER(a, b) a##b
#define ASSAY_CONCAT(a, b) ASSAY_CONCAT_INNER(a, b)

/// Returns the error of `expression` from the enclosing function; goes on otherwise.
#define ASSAY_TRY(expression)                                                                      \
  if (auto assay_result = (expression); !assay_result) {                                           \
    return assay_result.error();                                                                   \
  }

/// `ASSAY_ASSIGN(auto y, f())`: y is the value of f(), or its error is returned.
#define ASSAY_ASSIGN(declaration, expression)                                                      \
  auto ASSAY_CONCAT(assay_result_, __LINE__) = (expression);                                       \
  if (!ASSAY_CONCAT(assay_result_, __LINE__)) {                                                    \
    return ASSAY_CONCAT(assay_result_, __LINE__).error();                                          \
  }                                                                                                \
  declaration = std::move(ASSAY_CONCAT(assay_result_, __LINE__)).value()

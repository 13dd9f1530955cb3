// SPDX-License-Identifier: MIT
// The members of every model type that goes through JSON, once: `members(Of<T>{}, visit)` calls
// `visit("name", &T::name)` for each. Writing, reading and tests use the same lists, and a test
// counts them against the types. A type without a list (Points, Instant, containers) has its own
// form in codec.cpp.
#pragma once

#include "engine/codec/facts_members.hpp"
#include "engine/codec/fingerprint_members.hpp"
#include "engine/codec/location_members.hpp"
#include "engine/codec/migration_members.hpp"
#include "engine/codec/query_members.hpp"
#include "engine/codec/rubric_members.hpp"
#include "engine/codec/run_members.hpp"
#include "engine/codec/schema_members.hpp"

// SPDX-License-Identifier: MIT
#include "tests/support/kind_rows.hpp"

namespace assay {

using test::Row;
using test::State;
using test::World;

TEST_CASE("Passwords are kept as hashes", "[checks][entity.credentials]")
{
  const Row row = GENERATE(values<Row>({
    {"no password column", []([[maybe_unused]] World& world) {}, State::not_applicable, 0.0},
    {"no password column was seen, but something may be hidden",
     []([[maybe_unused]] World& world) { world.hide_something(); },
     State::undetermined,
     1.0},
    {"password_hash",
     []([[maybe_unused]] World& world) {
       world.table("users").columns.push_back(test::string("password_hash"));
       world.roles.entities["user"].columns["password"] = {"password_hash"};
     },
     State::decided,
     1.0},
    {"hashed_password",
     []([[maybe_unused]] World& world) {
       world.table("users").columns.push_back(test::string("hashed_password"));
       world.roles.entities["user"].columns["password"] = {"hashed_password"};
     },
     State::decided,
     1.0},
    {"PasswordType",
     []([[maybe_unused]] World& world) {
       world.table("users").columns.push_back(
         test::ColumnOf("password", TypeFamily::other, "PasswordType(schemes=[])"));
       world.roles.entities["user"].columns["password"] = {"password"};
     },
     State::decided,
     1.0},
    {"a plain password",
     []([[maybe_unused]] World& world) {
       world.table("users").columns.push_back(test::string("password"));
       world.roles.entities["user"].columns["password"] = {"password"};
     },
     State::decided,
     0.5},
    {"a setter that may hash",
     []([[maybe_unused]] World& world) {
       world.table("users").columns.push_back(test::string("password"));
       world.column("users", "password").validators = {"app.User.set_password"};
       world.roles.entities["user"].columns["password"] = {"password"};
     },
     State::undetermined,
     1.0},
    {"a method that hashes",
     []([[maybe_unused]] World& world) {
       world.table("users").columns.push_back(test::string("password"));
       world.column("users", "password").validators = {"generate_password_hash"};
       world.roles.entities["user"].columns["password"] = {"password"};
     },
     State::decided,
     1.0},
    {"a library that hashes is used somewhere",
     []([[maybe_unused]] World& world) {
       world.table("users").columns.push_back(test::string("password"));
       world.roles.entities["user"].columns["password"] = {"password"};
       world.facts.environment.foreign_modules = {"passlib.hash"};
     },
     State::undetermined,
     1.0},
    {"no such entity",
     []([[maybe_unused]] World& world) { world.remove_role("user"); },
     State::not_applicable,
     0.0},
  }));
  expect_row("entity.credentials", {{"column", "user.password"}}, row);
}

} // namespace assay

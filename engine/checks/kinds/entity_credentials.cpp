// SPDX-License-Identifier: MIT
#include "engine/base/text.hpp"
#include "engine/checks/examples.hpp"
#include "engine/checks/lookup.hpp"

#include <algorithm>
#include <array>

namespace assay::checks::entity_credentials {

namespace {

constexpr Param k_params[] = {
  {.name = "column",
   .type = ParamType::column_role,
   .required = true,
   .summary = "The column that holds the password."},
  {.name = "hashed",
   .type = ParamType::text_list,
   .fallback =
     "[hash, hashed, digest, encrypted, cifrada, cifrado, hache, hachee, gehasht, gehashed, "
     "verschluesselt, hasz, hasherad, chiffre, cifrata, criptografada, encriptada, encriptado, "
     "tiiviste, ozeti]",
   .unit = "identifier words",
   .summary = "A name with one of these words says that a hash is kept."},
};

constexpr Level k_levels[] = {
  {"plain", 0.5, "A plain password column."},
  {"exposed", 0.5, "The password is shown by __repr__ or a schema."},
};

constexpr ExampleFile k_hash[] = {{"models.py", R"(
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

class Base(DeclarativeBase):
    pass

class Author(Base):
    __tablename__ = "authors"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str]
    password_hash: Mapped[str]
)"}};

constexpr ExampleFile k_plain[] = {{"models.py", R"(
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

class Base(DeclarativeBase):
    pass

class Author(Base):
    __tablename__ = "authors"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str]
    password: Mapped[str]
)"}};

constexpr Example k_examples[] = {
  {"A hash", k_hash, "{column: author.password}", "pass"},
  {"A plain password", k_plain, "{column: author.password}", "partial"},
  {"No such entity", k_no_models, "{column: author.password}", "not_applicable"},
  {"Classes made from an existing database",
   k_reflected_models,
   "{column: author.password}",
   "unverified"},
};

constexpr FactFamily k_requests[] = {FactFamily::schema, FactFamily::environment};

constexpr std::array<std::string_view, 9> k_hash_libraries = {"bcrypt",
                                                              "passlib",
                                                              "argon2",
                                                              "pwdlib",
                                                              "werkzeug",
                                                              "flask_bcrypt",
                                                              "hashlib",
                                                              "scrypt",
                                                              "libpass"};

bool hashes_somewhere(const Facts& facts)
{
  return std::ranges::any_of(facts.environment.foreign_modules, [](const std::string& module) {
    const std::string root = module.substr(0, module.find('.'));
    return std::ranges::find(k_hash_libraries, root) != k_hash_libraries.end();
  });
}

Finding judge_column(const Subject& subject,
                     const Params& params,
                     const EntityView& view,
                     const ColumnRef& column)
{
  std::vector<Evidence> evidence;
  add_evidence(evidence, column.column->where, label(column));
  const std::vector<std::string> hashed = params.list("hashed");
  const auto says_hash = [&](const std::string& name) { return has_any_words(name, hashed); };
  if (says_hash(column.column->name) || says_hash(column.column->attribute)) {
    return passed(view.confidence, label(column) + " keeps a hash", std::move(evidence));
  }
  if (to_lower(column.column->type_text).find("password") != std::string::npos) {
    return passed(view.confidence, label(column) + " has a type that hashes", std::move(evidence));
  }
  const auto hashing =
    std::ranges::find_if(column.column->validators, [](const std::string& function) {
      return function.find('.') == std::string::npos;
    });
  if (hashing != column.column->validators.end()) {
    return passed(view.confidence, label(column) + " is set by " + *hashing, std::move(evidence));
  }
  if (!column.column->validators.empty() || hashes_somewhere(subject.facts)) {
    return undetermined(
      "Whether " + label(column) + " receives a hash could not be read", 1, std::move(evidence));
  }
  if (view.complete != Truth::yes) {
    return undetermined(label(column)
                          + " looks like a plain password, but not all of the class could be read",
                        0.5,
                        std::move(evidence));
  }
  return at_level("plain",
                  view.confidence,
                  label(column) + ": neither its name nor its type says anything of a hash",
                  std::move(evidence));
}

Finding evaluate(const Subject& subject, const Params& params)
{
  const auto [role, column_role] = split_column_role(params.text("column"));
  const EntityView view = view_entity(subject, role);
  const std::vector<ColumnRef> columns = columns_of(view, column_role);
  if (columns.empty()) {
    return view.complete == Truth::yes || !other_mapper(subject).empty()
             ? not_applicable(label(view) + " has no password column")
             : undetermined("No password column was found, but "
                              + (why_incomplete(subject).empty()
                                   ? "not all of " + label(view) + " was understood"
                                   : why_incomplete(subject)),
                            1);
  }
  for (const ColumnRef& column : columns) {
    Finding finding = judge_column(subject, params, view, column);
    if (finding.state == Finding::State::decided && finding.levels.empty()) {
      return finding;
    }
  }
  return judge_column(subject, params, view, columns.front());
}

} // namespace

extern constinit const Kind kind{
  .id = "entity.credentials",
  .since = "0.1",
  .summary = "Passwords are kept as hashes.",
  .why = "The column is called a hash, has a type that hashes, or is written through a setter that "
         "hashes. "
         "Not applicable without a password column.",
  .blind_spots =
    "Hashing in code far from the model leaves the check undetermined; whether __repr__ or a "
    "response shows the hash is not read.",
  .params = k_params,
  .levels = k_levels,
  .examples = k_examples,
  .requests = k_requests,
  .evaluate = on_schema<evaluate>,
};

} // namespace assay::checks::entity_credentials

// SPDX-License-Identifier: MIT
#include "engine/facts/schema/known_base.hpp"

#include <map>
#include <optional>
#include <utility>

namespace assay::facts {

namespace {

Column column(std::string name, TypeFamily family, DefaultKind standard = DefaultKind::none)
{
  Column made;
  made.attribute = name;
  made.name = std::move(name);
  made.family = family;
  made.nullable = Truth::no;
  made.default_kind = standard;
  return made;
}

Column key(TypeFamily family, DefaultKind standard)
{
  Column made = column("id", family, standard);
  made.primary_key = Truth::yes;
  return made;
}

Column text(std::string name, int length)
{
  Column made = column(std::move(name), TypeFamily::string);
  made.length = length;
  return made;
}

/// Source: fastapi-users-db-sqlalchemy 6 SQLAlchemyBaseUserTable.
KnownBase user_table(std::optional<Column> id)
{
  KnownBase base;
  base.table_name = "user";
  if (id) {
    base.columns.push_back(std::move(*id));
  }
  Column email = text("email", 320);
  email.unique = Truth::yes;
  email.indexed = Truth::yes;
  base.columns.push_back(std::move(email));
  base.columns.push_back(text("hashed_password", 1024));
  for (const char* flag : {"is_active", "is_superuser", "is_verified"}) {
    base.columns.push_back(column(flag, TypeFamily::boolean, DefaultKind::constant));
  }
  return base;
}

KnownBase stamped(const char* created, const char* changed)
{
  KnownBase base;
  base.columns.push_back(column(created, TypeFamily::datetime, DefaultKind::callable));
  base.columns.push_back(column(changed, TypeFamily::datetime, DefaultKind::callable));
  return base;
}

/// Source: advanced-alchemy 0.2x base.py.
KnownBase advanced(Column id, bool audited)
{
  KnownBase base = audited ? stamped("created_at", "updated_at") : KnownBase{};
  base.is_root = true;
  base.names_by_class = true;
  base.columns.insert(base.columns.begin(), std::move(id));
  return base;
}

std::map<std::string, KnownBase, std::less<>> make_bases()
{
  std::map<std::string, KnownBase, std::less<>> bases;
  const Column uuid = key(TypeFamily::uuid, DefaultKind::callable);
  const Column number = key(TypeFamily::big_integer, DefaultKind::none);
  bases["SQLAlchemyBaseUserTable"] = user_table(std::nullopt);
  bases["SQLAlchemyBaseUserTableUUID"] = user_table(uuid);
  bases["UUIDBase"] = advanced(uuid, false);
  bases["UUIDv7Base"] = advanced(uuid, false);
  bases["UUIDAuditBase"] = advanced(uuid, true);
  bases["UUIDv7AuditBase"] = advanced(uuid, true);
  bases["BigIntBase"] = advanced(number, false);
  bases["BigIntAuditBase"] = advanced(number, true);
  bases["Timestamp"] = stamped("created", "updated");             // sqlalchemy-utils models.py
  bases["TimestampsMixin"] = stamped("created_at", "updated_at"); // sqlalchemy-mixins timestamp.py
  return bases;
}

} // namespace

const KnownBase* known_base(std::string_view dotted)
{
  static const std::map<std::string, KnownBase, std::less<>> k_bases = make_bases();
  const std::string_view package = dotted.substr(0, dotted.find('.'));
  const bool known = package == "fastapi_users" || package == "fastapi_users_db_sqlalchemy"
                     || package == "advanced_alchemy" || package == "litestar"
                     || package == "sqlalchemy_utils" || package == "sqlalchemy_mixins";
  const auto dot = dotted.rfind('.');
  if (!known || dot == std::string_view::npos) {
    return nullptr;
  }
  const auto found = k_bases.find(dotted.substr(dot + 1));
  return found == k_bases.end() ? nullptr : &found->second;
}

} // namespace assay::facts

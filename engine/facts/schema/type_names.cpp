// SPDX-License-Identifier: MIT
#include "engine/facts/schema/type_names.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace assay::facts {

namespace {

using Family = TypeFamily;

/// SQLAlchemy's types, its dialects' and those of the usual add-on packages, by their last name.
/// Source: SQLAlchemy 2.0 sqltypes and dialects, sqlmodel AutoString, sqlalchemy_utils types.
constexpr auto k_types = std::to_array<std::pair<std::string_view, Family>>({
  {"Integer", Family::integer},
  {"INTEGER", Family::integer},
  {"INT", Family::integer},
  {"MEDIUMINT", Family::integer},
  {"SERIAL", Family::integer},
  {"YEAR", Family::integer},
  {"BigInteger", Family::big_integer},
  {"BIGINT", Family::big_integer},
  {"BIGSERIAL", Family::big_integer},
  {"SmallInteger", Family::small_integer},
  {"SMALLINT", Family::small_integer},
  {"TINYINT", Family::small_integer},
  {"Boolean", Family::boolean},
  {"BOOLEAN", Family::boolean},
  {"BOOL", Family::boolean},
  {"String", Family::string},
  {"VARCHAR", Family::string},
  {"VARCHAR2", Family::string},
  {"NVARCHAR", Family::string},
  {"NVARCHAR2", Family::string},
  {"CHAR", Family::string},
  {"NCHAR", Family::string},
  {"Unicode", Family::string},
  {"AutoString", Family::string},
  {"CITEXT", Family::string},
  {"CIText", Family::string},
  {"EmailType", Family::string},
  {"PasswordType", Family::string},
  {"ChoiceType", Family::string},
  {"PhoneNumberType", Family::string},
  {"StringEncryptedType", Family::string},
  {"EncryptedType", Family::string},
  {"EncryptedString", Family::string},
  {"LocaleType", Family::string},
  {"CountryType", Family::string},
  {"ColorType", Family::string},
  {"TimezoneType", Family::string},
  {"URLType", Family::text},
  {"Text", Family::text},
  {"TEXT", Family::text},
  {"UnicodeText", Family::text},
  {"CLOB", Family::text},
  {"NCLOB", Family::text},
  {"NTEXT", Family::text},
  {"LONGTEXT", Family::text},
  {"MEDIUMTEXT", Family::text},
  {"TINYTEXT", Family::text},
  {"LONG", Family::text},
  {"Uuid", Family::uuid},
  {"UUID", Family::uuid},
  {"UUIDType", Family::uuid},
  {"GUID", Family::uuid},
  {"UNIQUEIDENTIFIER", Family::uuid},
  {"DateTime", Family::datetime},
  {"DATETIME", Family::datetime},
  {"DATETIME2", Family::datetime},
  {"SMALLDATETIME", Family::datetime},
  {"DATETIMEOFFSET", Family::datetime},
  {"TIMESTAMP", Family::datetime},
  {"ArrowType", Family::datetime},
  {"UtcDateTime", Family::datetime},
  {"UTCDateTime", Family::datetime},
  {"DateTimeUTC", Family::datetime},
  {"TIMESTAMPAware", Family::datetime},
  {"TZDateTime", Family::datetime},
  {"Date", Family::date},
  {"DATE", Family::date},
  {"Time", Family::time},
  {"TIME", Family::time},
  {"Interval", Family::interval},
  {"INTERVAL", Family::interval},
  {"Float", Family::real},
  {"FLOAT", Family::real},
  {"REAL", Family::real},
  {"Double", Family::real},
  {"DOUBLE", Family::real},
  {"DOUBLE_PRECISION", Family::real},
  {"Numeric", Family::numeric},
  {"NUMERIC", Family::numeric},
  {"DECIMAL", Family::numeric},
  {"MONEY", Family::numeric},
  {"JSON", Family::json},
  {"JSONB", Family::json},
  {"HSTORE", Family::json},
  {"JSONType", Family::json},
  {"JsonB", Family::json},
  {"ARRAY", Family::array},
  {"ScalarListType", Family::array},
  {"Enum", Family::enumeration},
  {"ENUM", Family::enumeration},
  {"SET", Family::enumeration},
  {"LargeBinary", Family::binary},
  {"BLOB", Family::binary},
  {"BYTEA", Family::binary},
  {"BINARY", Family::binary},
  {"VARBINARY", Family::binary},
  {"LONGBLOB", Family::binary},
  {"PickleType", Family::binary},
  {"TSVECTOR", Family::other},
  {"TSVectorType", Family::other},
  {"INET", Family::other},
  {"LTREE", Family::other},
  {"Geometry", Family::other},
});

} // namespace

std::optional<Family> family_named(std::string_view name)
{
  const auto* const found =
    std::ranges::find(k_types, name, &std::pair<std::string_view, Family>::first);
  return found == k_types.end() ? std::nullopt : std::optional(found->second);
}

} // namespace assay::facts

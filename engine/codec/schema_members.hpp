// SPDX-License-Identifier: MIT
#pragma once

#include "engine/codec/of.hpp"
#include "engine/model/schema_facts.hpp"

namespace assay::codec {

template<class Visit>
void members(Of<Column>, Visit&& visit)
{
  using T = Column;
  visit("name", &T::name);
  visit("attribute", &T::attribute);
  visit("family", &T::family);
  visit("type_text", &T::type_text);
  visit("length", &T::length);
  visit("nullable", &T::nullable);
  visit("nullable_explicit", &T::nullable_explicit);
  visit("primary_key", &T::primary_key);
  visit("unique", &T::unique);
  visit("indexed", &T::indexed);
  visit("default_kind", &T::default_kind);
  visit("default_text", &T::default_text);
  visit("onupdate_kind", &T::onupdate_kind);
  visit("server_default_kind", &T::server_default_kind);
  visit("generated", &T::generated);
  visit("enum_labels", &T::enum_labels);
  visit("validators", &T::validators);
  visit("where", &T::where);
}

template<class Visit>
void members(Of<ForeignKey>, Visit&& visit)
{
  using T = ForeignKey;
  visit("columns", &T::columns);
  visit("target_table", &T::target_table);
  visit("target_columns", &T::target_columns);
  visit("ondelete", &T::ondelete);
  visit("onupdate", &T::onupdate);
  visit("name", &T::name);
  visit("target_known", &T::target_known);
  visit("where", &T::where);
}

template<class Visit>
void members(Of<Key>, Visit&& visit)
{
  using T = Key;
  visit("kind", &T::kind);
  visit("columns", &T::columns);
  visit("name", &T::name);
  visit("functional", &T::functional);
  visit("partial", &T::partial);
  visit("where", &T::where);
}

template<class Visit>
void members(Of<Check>, Visit&& visit)
{
  using T = Check;
  visit("name", &T::name);
  visit("text", &T::text);
  visit("where", &T::where);
}

template<class Visit>
void members(Of<Table>, Visit&& visit)
{
  using T = Table;
  visit("name", &T::name);
  visit("schema", &T::schema);
  visit("metadata", &T::metadata);
  visit("columns", &T::columns);
  visit("foreign_keys", &T::foreign_keys);
  visit("keys", &T::keys);
  visit("checks", &T::checks);
  visit("classes", &T::classes);
  visit("complete", &T::complete);
  visit("where", &T::where);
}

template<class Visit>
void members(Of<MappedClass>, Visit&& visit)
{
  using T = MappedClass;
  visit("name", &T::name);
  visit("table", &T::table);
  visit("style", &T::style);
  visit("metadata", &T::metadata);
  visit("bases", &T::bases);
  visit("inherits", &T::inherits);
  visit("single_table", &T::single_table);
  visit("has_repr", &T::has_repr);
  visit("has_docstring", &T::has_docstring);
  visit("annotated", &T::annotated);
  visit("explicit_tablename", &T::explicit_tablename);
  visit("soft_delete", &T::soft_delete);
  visit("proxies", &T::proxies);
  visit("complete", &T::complete);
  visit("where", &T::where);
}

template<class Visit>
void members(Of<Relationship>, Visit&& visit)
{
  using T = Relationship;
  visit("owner", &T::owner);
  visit("name", &T::name);
  visit("target", &T::target);
  visit("target_text", &T::target_text);
  visit("target_exists", &T::target_exists);
  visit("direction", &T::direction);
  visit("uselist", &T::uselist);
  visit("lazy", &T::lazy);
  visit("secondary", &T::secondary);
  visit("back_populates", &T::back_populates);
  visit("backref", &T::backref);
  visit("reverse", &T::reverse);
  visit("reverse_ok", &T::reverse_ok);
  visit("from_backref", &T::from_backref);
  visit("cascade", &T::cascade);
  visit("passive_deletes", &T::passive_deletes);
  visit("viewonly", &T::viewonly);
  visit("overlaps", &T::overlaps);
  visit("remote_side", &T::remote_side);
  visit("custom_join", &T::custom_join);
  visit("foreign_annotated", &T::foreign_annotated);
  visit("ordered", &T::ordered);
  visit("collection", &T::collection);
  visit("where", &T::where);
}

template<class Visit>
void members(Of<ImportEffect>, Visit&& visit)
{
  using T = ImportEffect;
  visit("kind", &T::kind);
  visit("detail", &T::detail);
  visit("where", &T::where);
}

template<class Visit>
void members(Of<MetadataFacts>, Visit&& visit)
{
  using T = MetadataFacts;
  visit("id", &T::id);
  visit("naming_convention", &T::naming_convention);
  visit("where", &T::where);
}

template<class Visit>
void members(Of<MappingProblem>, Visit&& visit)
{
  using T = MappingProblem;
  visit("id", &T::id);
  visit("subject", &T::subject);
  visit("detail", &T::detail);
  visit("where", &T::where);
}

template<class Visit>
void members(Of<SchemaFacts>, Visit&& visit)
{
  using T = SchemaFacts;
  visit("basis", &T::basis);
  visit("confidence", &T::confidence);
  visit("classes", &T::classes);
  visit("tables", &T::tables);
  visit("relationships", &T::relationships);
  visit("metadata", &T::metadata);
  visit("import_effects", &T::import_effects);
  visit("problems", &T::problems);
  visit("complete", &T::complete);
  visit("gaps", &T::gaps);
  visit("disagreements", &T::disagreements);
}

} // namespace assay::codec

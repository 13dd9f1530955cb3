// SPDX-License-Identifier: MIT
// Hand-written facts for tests of kinds: columns, tables, classes and relationships in a few words,
// and a sound submission (users write posts, users comment on posts, posts and tags are
// many-to-many) to change from.
#pragma once

#include "engine/checks/kind.hpp"

#include <initializer_list>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace assay::test {

/// A column under construction; converts to Column.
struct ColumnOf {
  Column value;

  ColumnOf(std::string name, TypeFamily family, std::string type_text = {})
  {
    value.name = name;
    value.attribute = std::move(name);
    value.family = family;
    value.type_text = std::move(type_text);
    value.nullable = Truth::no;
    value.where = {"app/models.py", 10, 5, 10, value.name};
  }

  ColumnOf& nullable(Truth truth = Truth::yes)
  {
    value.nullable = truth;
    return *this;
  }

  ColumnOf& unique()
  {
    value.unique = Truth::yes;
    return *this;
  }

  ColumnOf& indexed()
  {
    value.indexed = Truth::yes;
    return *this;
  }

  ColumnOf& primary()
  {
    value.primary_key = Truth::yes;
    return *this;
  }

  ColumnOf& length(int characters)
  {
    value.length = characters;
    return *this;
  }

  ColumnOf& filled(DefaultKind kind, std::string text = {})
  {
    value.default_kind = kind;
    value.default_text = std::move(text);
    return *this;
  }

  operator Column() const
  {
    return value;
  } // NOLINT(google-explicit-constructor): reads as a column
};

inline ColumnOf integer(std::string name)
{
  return {std::move(name), TypeFamily::integer, "Integer"};
}

inline ColumnOf string(std::string name)
{
  return {std::move(name), TypeFamily::string, "String"};
}

inline ColumnOf text(std::string name)
{
  return {std::move(name), TypeFamily::text, "Text"};
}

inline ColumnOf moment(std::string name)
{
  return {std::move(name), TypeFamily::datetime, "DateTime"};
}

inline ColumnOf flag(std::string name)
{
  return {std::move(name), TypeFamily::boolean, "Boolean"};
}

inline ColumnOf identity()
{
  return integer("id").primary();
}

inline ForeignKey
foreign_key(std::string column, std::string target_table, std::string ondelete = {})
{
  ForeignKey key;
  key.columns = {std::move(column)};
  key.target_table = std::move(target_table);
  key.target_columns = {"id"};
  key.ondelete = std::move(ondelete);
  key.where = {"app/models.py", 20, 5, 20, key.columns.front()};
  return key;
}

inline Key key_of(KeyKind kind, std::vector<std::string> columns)
{
  Key key;
  key.kind = kind;
  key.columns = std::move(columns);
  key.where = {"app/models.py", 30, 5, 30, "key"};
  return key;
}

inline Table
table_of(std::string name, std::vector<Column> columns, std::vector<ForeignKey> keys = {})
{
  Table table;
  table.name = std::move(name);
  table.metadata = "app.models.Base";
  table.columns = std::move(columns);
  table.foreign_keys = std::move(keys);
  table.where = {"app/models.py", 5, 1, 40, table.name};
  return table;
}

/// Calls a kind on facts that a test has written.
struct Judged {
  checks::Finding::State state = checks::Finding::State::undetermined;
  double credit = 0; ///< share times the credit of its levels
  double confidence = 0;
  std::vector<std::string> levels; ///< multiplied and noted
  std::string reason;
  std::vector<Evidence> evidence;

  [[nodiscard]] bool decided() const { return state == checks::Finding::State::decided; }

  [[nodiscard]] bool open() const { return state == checks::Finding::State::undetermined; }

  [[nodiscard]] bool void_() const { return state == checks::Finding::State::not_applicable; }
};

/// Parameters as in YAML: "[post.title, post.body]" or "both"; what is not given has the kind's
/// fallback.
using Given = std::map<std::string, std::string>;

inline ParamValue param_value(checks::ParamType type, const std::string& written)
{
  ParamValue value;
  const bool is_list =
    type == checks::ParamType::text_list || type == checks::ParamType::entity_list
    || type == checks::ParamType::relation_list || type == checks::ParamType::query_list
    || type == checks::ParamType::column_role_list || type == checks::ParamType::path_list;
  if (!is_list) {
    value.text = written == "\"\"" ? "" : written;
    return value;
  }
  value.kind = ParamValue::Kind::list;
  std::string item;
  for (const char c : written) {
    if (c == ',' || c == ']') {
      if (!item.empty()) {
        value.items.emplace_back();
        value.items.back().text = item;
      }
      item.clear();
    } else if (c != '[' && c != ' ' && c != '\n') {
      item += c;
    }
  }
  return value;
}

inline checks::Params bind_params(const checks::Kind& kind,
                                  const Given& given,
                                  const std::map<std::string, double>& credits = {})
{
  std::vector<std::pair<std::string, ParamValue>> values;
  for (const checks::Param& param : kind.params) {
    const auto found = given.find(std::string(param.name));
    const std::string written = found == given.end() ? std::string(param.fallback) : found->second;
    values.emplace_back(std::string(param.name), param_value(param.type, written));
  }
  std::map<std::string, double> all = credits;
  for (const checks::Level& level : kind.levels) {
    all.emplace(std::string(level.name), level.credit);
  }
  return checks::Params(std::move(values), std::move(all));
}

inline EntitySpec entity_spec(std::string id, std::string title, std::vector<std::string> synonyms)
{
  EntitySpec spec;
  spec.id = id;
  spec.title = std::move(title);
  spec.names = {{std::move(id)}, std::move(synonyms)};
  return spec;
}

inline RelationSpec relation_spec(std::string id,
                                  std::string from,
                                  std::string to,
                                  Cardinality cardinality,
                                  std::vector<std::string> names)
{
  RelationSpec spec;
  spec.id = std::move(id);
  spec.from = std::move(from);
  spec.to = std::move(to);
  spec.cardinality = cardinality;
  spec.names = std::move(names);
  return spec;
}

/// A submission, its roles and a rubric: what a Subject refers to.
class World {
public:
  Facts facts;
  Resolution roles;
  Rubric rubric;

  /// Nothing but a rubric with user, post, comment, tag and the relations authored, comments_on,
  /// written_by, tagged.
  World()
  {
    facts.schema.basis = Basis::reading;
    facts.schema.confidence = 0.75;
    facts.environment.uses_sqlalchemy = true;
    facts.environment.dialect = Dialect::sqlite;
    facts.queries.basis = Basis::reading;
    facts.queries.confidence = 0.75;
    MetadataFacts metadata;
    metadata.id = "app.models.Base";
    facts.schema.metadata.push_back(metadata);
    rubric.entities = {entity_spec("user", "User", {"account", "author"}),
                       entity_spec("post", "Post", {"article"}),
                       entity_spec("comment", "Comment", {"reply"}),
                       entity_spec("tag", "Tag", {"label", "topic"})};
    rubric.relations = {
      relation_spec("authored", "post", "user", Cardinality::many_to_one, {"author", "user"}),
      relation_spec("comments_on", "comment", "post", Cardinality::many_to_one, {"post"}),
      relation_spec("written_by", "comment", "user", Cardinality::many_to_one, {"author", "user"}),
      relation_spec("tagged", "post", "tag", Cardinality::many_to_many, {"tags"})};
  }

  [[nodiscard]] checks::Subject subject() const { return {facts, roles, rubric}; }

  [[nodiscard]] Judged judge(const checks::Kind& kind,
                             const Given& given,
                             const std::map<std::string, double>& credits = {}) const
  {
    const checks::Params params = bind_params(kind, given, credits);
    const checks::Finding finding = kind.evaluate(subject(), params);
    Judged judged{finding.state,
                  finding.share,
                  finding.confidence,
                  finding.levels,
                  finding.reason,
                  finding.evidence};
    for (const std::string& level : finding.levels) {
      judged.credit *= params.credit(level);
    }
    judged.levels.insert(judged.levels.end(), finding.noted.begin(), finding.noted.end());
    return judged;
  }

  /// A mapped class "app.models.<name>" that plays `role` (none if empty).
  World& add(const std::string& role,
             const std::string& name,
             Table table,
             std::map<std::string, std::vector<std::string>> columns = {})
  {
    MappedClass mapped;
    mapped.name = "app.models." + name;
    mapped.table = table.name;
    mapped.metadata = table.metadata;
    mapped.has_repr = true;
    mapped.has_docstring = true;
    mapped.where = table.where;
    table.classes = {mapped.name};
    if (!role.empty()) {
      ResolvedEntity entity;
      entity.role = role;
      entity.class_name = mapped.name;
      entity.table = table.name;
      entity.confidence = 0.9;
      entity.columns = std::move(columns);
      entity.where = table.where;
      roles.entities[role] = entity;
    }
    facts.schema.classes.push_back(mapped);
    facts.schema.tables.push_back(std::move(table));
    return *this;
  }

  World& add_table(Table table)
  {
    facts.schema.tables.push_back(std::move(table));
    return *this;
  }

  /// A table without a class, known from where `origin` says, that plays `role`.
  World& add_bare(const std::string& role,
                  EntityOrigin origin,
                  Table table,
                  std::map<std::string, std::vector<std::string>> columns = {})
  {
    ResolvedEntity entity;
    entity.role = role;
    entity.table = table.name;
    entity.origin = origin;
    entity.confidence = 0.9;
    entity.columns = std::move(columns);
    entity.where = table.where;
    roles.entities[role] = entity;
    if (origin == EntityOrigin::raw_sql) {
      facts.raw_sql_schema.basis = Basis::reading;
      facts.raw_sql_schema.confidence = 0.75;
      facts.raw_sql_schema.tables.push_back(std::move(table));
    } else if (origin == EntityOrigin::migration) {
      add_migrated(std::move(table));
    } else {
      facts.schema.tables.push_back(std::move(table));
    }
    return *this;
  }

  /// A table that migrations make.
  World& add_migrated(Table table)
  {
    facts.migration.basis = Basis::reading;
    facts.migration.confidence = 0.75;
    facts.migration.kind = MigrationKind::alembic;
    facts.migration.tables.push_back(std::move(table));
    return *this;
  }

  /// "User.posts" leads to "Post".
  Relationship& relate(const std::string& attribute, const std::string& target, Direction direction)
  {
    const std::size_t dot = attribute.find('.');
    Relationship relationship;
    relationship.owner = "app.models." + attribute.substr(0, dot);
    relationship.name = attribute.substr(dot + 1);
    relationship.target = "app.models." + target;
    relationship.target_text = target;
    relationship.target_exists = Truth::yes;
    relationship.direction = direction;
    relationship.where = {"app/models.py", 50, 5, 50, attribute};
    facts.schema.relationships.push_back(relationship);
    return facts.schema.relationships.back();
  }

  /// Links two relationships by back_populates.
  World& link(const std::string& first, const std::string& second)
  {
    Relationship& a = relationship(first);
    Relationship& b = relationship(second);
    a.back_populates = a.reverse = b.name;
    b.back_populates = b.reverse = a.name;
    a.reverse_ok = b.reverse_ok = Truth::yes;
    return *this;
  }

  /// Undoes link().
  World& unlink(const std::string& first, const std::string& second)
  {
    for (const std::string& name : {first, second}) {
      Relationship& one = relationship(name);
      one.back_populates.clear();
      one.reverse.clear();
      one.reverse_ok = Truth::unknown;
    }
    return *this;
  }

  /// The test names something that is not there: std::out_of_range.
  Relationship& relationship(const std::string& attribute)
  {
    for (Relationship& one : facts.schema.relationships) {
      if (one.owner + "." + one.name == "app.models." + attribute) {
        return one;
      }
    }
    throw std::out_of_range("no relationship " + attribute);
  }

  World& remove_relationship(const std::string& attribute)
  {
    std::erase_if(facts.schema.relationships, [&](const Relationship& one) {
      return one.owner + "." + one.name == "app.models." + attribute;
    });
    return *this;
  }

  Table& table(const std::string& name)
  {
    for (std::vector<Table>* tables :
         {&facts.schema.tables, &facts.raw_sql_schema.tables, &facts.migration.tables}) {
      for (Table& one : *tables) {
        if (one.name == name) {
          return one;
        }
      }
    }
    throw std::out_of_range("no table " + name);
  }

  MappedClass& mapped(const std::string& name)
  {
    for (MappedClass& one : facts.schema.classes) {
      if (one.name == "app.models." + name) {
        return one;
      }
    }
    throw std::out_of_range("no class " + name);
  }

  Column& column(const std::string& table_name, const std::string& name)
  {
    for (Column& one : table(table_name).columns) {
      if (one.name == name) {
        return one;
      }
    }
    throw std::out_of_range("no column " + table_name + "." + name);
  }

  World& remove_column(const std::string& table_name, const std::string& name)
  {
    std::erase_if(table(table_name).columns, [&](const Column& one) { return one.name == name; });
    return *this;
  }

  /// The role is played by nothing, and its class and table are gone.
  World& remove_role(const std::string& role)
  {
    const ResolvedEntity entity = roles.entities.at(role);
    roles.entities.erase(role);
    std::erase_if(facts.schema.tables, [&](const Table& one) { return one.name == entity.table; });
    std::erase_if(facts.schema.classes,
                  [&](const MappedClass& one) { return one.name == entity.class_name; });
    std::erase_if(facts.schema.relationships, [&](const Relationship& one) {
      return one.owner == entity.class_name || one.target == entity.class_name;
    });
    return *this;
  }

  /// Reading could not see everything: absence proves nothing.
  World& hide_something(std::string gap = "a base class could not be followed")
  {
    facts.schema.complete = Truth::no;
    facts.schema.gaps.push_back(std::move(gap));
    return *this;
  }

  ReadmeStatement& state(std::string topic)
  {
    ReadmeStatement statement;
    statement.topic = std::move(topic);
    statement.where = {"README.md", 1, 1, 1, "design"};
    facts.readme.push_back(statement);
    return facts.readme.back();
  }
};

/// A submission to which every kind gives full credit.
inline World sound_world()
{
  World world;
  world.add("user",
            "User",
            table_of("users",
                     {identity(),
                      string("email").length(200).unique(),
                      string("name").length(80),
                      moment("created_at").filled(DefaultKind::callable, "now")}),
            {{"identity", {"email"}}});
  world.add("post",
            "Post",
            table_of("posts",
                     {identity(),
                      string("title").length(200),
                      text("body"),
                      moment("created_at").filled(DefaultKind::callable, "now"),
                      integer("user_id").indexed()},
                     {foreign_key("user_id", "users", "CASCADE")}),
            {{"title", {"title"}}, {"body", {"body"}}, {"created", {"created_at"}}});
  world.add("comment",
            "Comment",
            table_of("comments",
                     {identity(),
                      text("body"),
                      moment("created_at").filled(DefaultKind::callable, "now"),
                      integer("post_id").indexed(),
                      integer("user_id").indexed()},
                     {foreign_key("post_id", "posts", "CASCADE"),
                      foreign_key("user_id", "users", "CASCADE")}),
            {{"body", {"body"}}, {"created", {"created_at"}}});
  world.add("tag",
            "Tag",
            table_of("tags", {identity(), string("name").length(50).unique()}),
            {{"name", {"name"}}});
  world.add_table(table_of(
    "post_tags",
    {integer("post_id").primary(), integer("tag_id").primary().indexed()},
    {foreign_key("post_id", "posts", "CASCADE"), foreign_key("tag_id", "tags", "CASCADE")}));
  world.facts.schema.metadata.front().naming_convention = Truth::yes;
  const auto owned = [&](const std::string& down,
                         const std::string& target,
                         const std::string& up,
                         const std::string& owner) {
    Relationship& relationship = world.relate(down, target, Direction::one_to_many);
    relationship.cascade = {"all", "delete-orphan"};
    relationship.passive_deletes = "true";
    world.relate(up, owner, Direction::many_to_one);
    world.link(down, up);
  };
  owned("User.posts", "Post", "Post.author", "User");
  owned("Post.comments", "Comment", "Comment.post", "Post");
  owned("User.comments", "Comment", "Comment.author", "User");
  world.relate("Post.tags", "Tag", Direction::many_to_many).secondary = "post_tags";
  world.relate("Tag.posts", "Post", Direction::many_to_many).secondary = "post_tags";
  world.link("Post.tags", "Tag.posts");
  ResolvedRelation tagged;
  tagged.id = "tagged";
  tagged.links = {"post_tags"};
  world.roles.relations["tagged"] = tagged;
  return world;
}

} // namespace assay::test
